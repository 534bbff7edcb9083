"""Power loss under SQLite: the write-ahead log cut at any byte, or with a page never written, opens to whole uploads.

A writer applies uploads one after the other, as the worker does. What has reached the disk at a moment when the power
goes is the database as it was at the start and the log up to some byte; after an answer was given, at least up to
where the log stood then. Each cut is opened by a process that knows nothing, and asked:

    for every upload all rows, parents, history and the event of the trail are there and it says "applied", or none
    what was answered before the cut is there
    integrity_check and foreign_key_check find nothing

The log is kept from being folded into the database meanwhile, so that one writing gives every cut.
"""

import random
import shutil
import sqlite3
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.db import connection

from gansu_care.keeping.reading_apart import pieces_of
from tests.long.ground import file_of
from tests.people import person
from tests.uploading import written

UPLOADS, ROWS = 8, 40
FULL = 2  # of PRAGMA synchronous
WHOLE = """
SELECT upload.number, upload.state = 'applied', upload.written,
  (SELECT count(*) FROM children_child c WHERE c.upload_number = upload.number),
  (SELECT count(*) FROM children_parent p JOIN children_child c ON c.id = p.child_id
    WHERE c.upload_number = upload.number),
  (SELECT count(*) FROM children_historicalchild h WHERE h.upload_number = upload.number),
  (SELECT count(*) FROM trail_event e WHERE e.number = upload.number AND e.action = 'apply')
FROM spreadsheets_upload upload ORDER BY upload.id
"""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cuts", type=int, default=500, help="(500)")
    parser.add_argument(
        "--rows", type=int, default=ROWS, help=f"children in each of {UPLOADS} files ({ROWS})"
    )


def run(options: Namespace) -> dict[str, Any]:
    if connection.vendor != "sqlite":
        raise SystemExit("Only SQLite keeps its log in a file of ours.")
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        writing = Writing(Path(folder), options.rows)
        violations = writing.write()
        seen = []
        for number in range(options.cuts):
            found, faults = writing.cut(chance, torn=number % 3 == 2)
            seen.append(found)
            violations += faults
    return {
        "cuts": options.cuts,
        "uploads": UPLOADS,
        "log in KB": writing.log_bytes // 1024,
        "applied after a cut": {count: seen.count(count) for count in sorted(set(seen))},
        "synchronous": "FULL",
        "violations": violations,
    }


class Writing:
    """What was on the disk at the start, the log as it grew, and where it stood at each answer."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows = folder, rows
        self.base, self.log = folder / "base", folder / "log"
        self.answers: list[tuple[str, int]] = []

    def write(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            faults = [] if cursor.fetchone() == (FULL,) else ["PRAGMA synchronous is not FULL"]
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA wal_autocheckpoint = 0")
        place = Path(connection.settings_dict["NAME"])
        log = place.with_name(place.name + "-wal")
        self.base.write_bytes(b"".join(pieces_of(place)))
        for number in range(UPLOADS):
            data = file_of(range(number * self.rows, (number + 1) * self.rows))
            upload = written(person("officer"), data, "children")
            self.answers.append((upload.number, log.stat().st_size))
        self.log.write_bytes(b"".join(pieces_of(log)))
        self.log_bytes = self.log.stat().st_size
        return faults

    def cut(self, chance: random.Random, *, torn: bool) -> tuple[int, list[str]]:
        """How many uploads are applied after a cut, and what is wrong; `torn`: its last page was never written."""
        at = chance.randrange(self.log_bytes + 1)
        place = self.folder / "cut"
        for old in self.folder.glob("cut*"):
            old.unlink()
        shutil.copy(self.base, place)
        kept = bytearray(self.log.read_bytes()[:at])
        if torn and at > 4096:
            kept[-4096:] = bytes(4096)
            at -= 4096
        (self.folder / "cut-wal").write_bytes(kept)
        applied, faults = whole(place)
        faults += [
            f"{number} was answered, and is not there"
            for number, stood in self.answers
            if stood <= at and number not in applied
        ]
        return len(applied), [f"cut at {at}: {fault}" for fault in faults]


def whole(place: Path) -> tuple[set[str], list[str]]:
    """The numbers of the uploads that are applied, and what is half."""
    database = sqlite3.connect(place)
    try:
        faults = []
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            faults.append("integrity_check")
        if database.execute("PRAGMA foreign_key_check").fetchall():
            faults.append("foreign_key_check")
        applied = set()
        for number, is_applied, written_rows, children, parents, past, events in database.execute(WHOLE):
            wanted = (written_rows, written_rows * 2, written_rows, 1) if is_applied else (0, 0, 0, 0)
            if (children, parents, past, events) != wanted:
                faults.append(
                    f"{number}: {children} children, {parents} parents, {past} snapshots, {events} events"
                )
            if is_applied:
                applied.add(number)
        return applied, faults
    except sqlite3.DatabaseError as error:
        return set(), [str(error)]
    finally:
        database.close()
