"""Whether two files say the same: a keyed digest of their rows as read, whatever the order of rows and sheets.

It is taken before the rows are judged, so it does not depend on what the register holds; on the day of the upload only
in so far as a day may lie in the future.
What the lines around a table say for all its rows (填报单位, 填报日期) belongs to each row. A key is needed: the values
are personal, and of a file of one row they could else be guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from gansu_care.divisions.models import Division
from gansu_care.sealed import cipher
from gansu_care.spreadsheets.columns import INVALID, UNSET, Blank, PartialDate
from gansu_care.spreadsheets.file_rows import Reading
from gansu_care.spreadsheets.reading import shown
from gansu_care.spreadsheets.rows import Rows, SheetPart

NAME = "spreadsheets.upload.rows"
# Of these classes equal values read alike; of others True is 1, and some cannot be looked up.
_REPEATING = frozenset({str, PartialDate, Blank})


def rows_digest(reading: Reading) -> str:
    """32 hexadecimal digits; empty for a file without rows."""
    lines = sorted(line for rows in reading.batches for line in _lines(rows))
    return cipher.digest("".join(lines), NAME) if lines else ""


def _lines(rows: Rows) -> Iterator[str]:
    """One digest a row: its cells by field, and what holds for its whole sheet."""
    heads = {id(part): _of_sheet(rows, part) for part in rows.parts}
    columns = [
        _texts(rows, name, values)
        for name, values in rows.values.items()
        if any(value is not UNSET for value in values)
    ]
    for index, cells in enumerate(zip(*columns, strict=True)):
        text = f"{heads[id(rows.part(index))]}{''.join(cells)}"
        yield hashlib.sha256(text.encode()).hexdigest()


def _of_sheet(rows: Rows, part: SheetPart) -> str:
    return f"{rows.resource.code} {part.filled_on} {part.division.pk if part.division else part.unit}"


def _texts(rows: Rows, name: str, values: Sequence[Any]) -> Iterator[str]:
    """What each row says in one column, behind the mark that parts columns; nothing where it says nothing."""
    known: dict[Any, str] = {UNSET: ""}
    for index, value in enumerate(values):
        if value is INVALID:
            yield f"\0{name}={_as_it_stands(rows, index, name)}"
            continue
        if value.__class__ not in _REPEATING:
            yield f"\0{name}={_text(value)}"
            continue
        if (text := known.get(value)) is None:
            text = known[value] = f"\0{name}={value!r}"
        yield text


def _text(value: Any) -> str:
    """A value as it was read."""
    return str(value.pk) if isinstance(value, Division) else repr(value)


def _as_it_stands(rows: Rows, index: int, name: str) -> str:
    """A cell that was refused."""
    column = rows.part(index).header.fields[name]
    return shown(rows.cells(index)[column.index])
