"""Whether anything that is sealed also stands somewhere in clear: in the database, in files, in logs.

What is sealed is opened, and everything that is kept is searched for it: each value of each table, on SQLite the
database's own files with what is deleted and not yet overwritten, and all files in VAR_DIR, TRAIL_DIR, BACKUP_DIR; in
UTF-8, in UTF-16 and as JSON escapes it. Numbers are found inside longer runs of digits, since nothing parts the columns
of a row in a file. Texts are looked for whole, from LONG_ENOUGH characters on: a village's name is no secret.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from gansu_care.keeping.reading_apart import pieces_of
from gansu_care.keeping.sealed_columns import quoted, sealed_tables
from gansu_care.sealed import cipher
from gansu_care.sealed.fields import SealedTextField

LONG_ENOUGH = 8
ROWS_AT_ONCE = 2_000
OVERLAP = 4_096  # bytes of the piece before that are looked at together with the next
RUN = re.compile(rb"[0-9]{7,}[Xx]?")
ESCAPED = re.compile(rb"(?:\\u[0-9a-f]{4}|[ -!#-\[\]-~])*\\u[0-9a-f]{4}(?:\\u[0-9a-f]{4}|[ -!#-\[\]-~])*")


class Sought:
    """The clear values of all sealed columns, so laid out that any amount of bytes is searched for all at once."""

    def __init__(self, values: Iterator[str]) -> None:
        self.numbers: set[bytes] = set()
        self.texts: dict[str, set[str]] = defaultdict(set)  # by their first LONG_ENOUGH characters
        for value in values:
            for part in value.split("、"):
                compact = part.replace("-", "").replace(" ", "").upper()
                if re.fullmatch(r"\d{6,}[\dX]", compact):
                    self.numbers.add(compact.encode())
            if len(value) >= LONG_ENOUGH and not value.isascii():
                self.texts[value[:LONG_ENOUGH]].add(value)
        self.lengths = sorted({len(number) for number in self.numbers})
        # Where a text may begin: found by the regular expression's own loop, ten times quicker than place by place.
        first, second = ("".join(map(re.escape, {text[place] for text in self.texts})) for place in (0, 1))
        self.beginning = re.compile(f"[{first}](?=[{second}])" if self.texts else "(?!)")

    def __len__(self) -> int:
        return len(self.numbers) + sum(map(len, self.texts.values()))

    def standing_in(self, data: bytes) -> int:
        """How many of the values stand in it, one that stands there twice counted twice."""
        narrow = data.replace(b"\0", b"").replace(b"-", b"")
        found = sum(self._numbers_in(run.group().upper()) for run in RUN.finditer(narrow))
        return found + sum(self._texts_in(text) for text in _readings(data))

    def _numbers_in(self, run: bytes) -> int:
        return sum(
            run[start : start + length] in self.numbers
            for length in self.lengths
            for start in range(len(run) - length + 1)
        )

    def _texts_in(self, text: str) -> int:
        return sum(
            text.startswith(whole, found.start())
            for found in self.beginning.finditer(text)
            for whole in self.texts.get(text[found.start() : found.start() + LONG_ENOUGH], ())
        )


def _readings(data: bytes) -> Iterator[str]:
    """The bytes as text: UTF-8, JSON's escapes, UTF-16 from an even and from an odd place."""
    yield data.decode("utf-8", "ignore")
    if b"\\u" in data:
        yield "\n".join(json.loads(b'"%s"' % part) for part in ESCAPED.findall(data))
    for start in (0, 1) if len(data) > 2 * LONG_ENOUGH else ():
        yield data[start:].decode("utf-16-le", "ignore")


def sought_values() -> Sought:
    return Sought(_opened())


def _opened() -> Iterator[str]:
    """Every sealed text of every table. One that cannot be opened is named by rotate_keys."""
    for table in sealed_tables():
        for field in table.fields:
            for (token,) in _rows(table.name, field.column) if isinstance(field, SealedTextField) else ():
                try:
                    yield cipher.unseal(bytes(token), field.logical_name).decode()
                except cipher.CannotOpen:
                    continue


def _rows(table: str, column: str | None) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted(column)} FROM {quoted(table)} WHERE {quoted(column)} IS NOT NULL")
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


# --- where it is looked for


def search_everything(sought: Sought) -> Counter[str]:
    """Hits by place: a column, `children_child.village`, or a file. Never the value itself."""
    hits: Counter[str] = Counter()
    for table in connection.introspection.table_names():
        hits.update(_search_table(table, sought))
    for file in kept_files():
        hits[str(file)] = _search_file(file, sought)
    return +hits


def _search_table(table: str, sought: Sought) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(table)}")
        columns = [f"{table}.{column[0]}" for column in cursor.description]
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                yield from [column] * sought.standing_in(b"\n".join(map(_bytes, values)))


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "ignore")
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def kept_files() -> list[Path]:
    """All files in which this site keeps anything; not the demo's samples, which are there to be sent in."""
    folders = {Path(folder) for folder in (settings.VAR_DIR, settings.TRAIL_DIR, settings.BACKUP_DIR)}
    files = {path.resolve() for folder in folders for path in folder.rglob("*") if path.is_file()}
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"])).resolve()
        files |= {path for path in name.parent.glob(f"{name.name}*") if path.is_file()}
    samples = Path(settings.VAR_DIR).resolve() / "samples"
    return sorted(path for path in files if samples not in path.parents)


def _search_file(file: Path, sought: Sought) -> int:
    found, before = 0, b""
    for piece in pieces_of(file):
        found += sought.standing_in(before + piece)
        before = piece[-OVERLAP:]
    return found
