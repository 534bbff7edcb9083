"""The numbers of erased records outside the database: what a restored backup no longer knows.

One line each: number, ground, day. The file is only ever added to, and holds nothing else of anybody. It belongs beside
the keys, not into the backup.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings

from children.code_tables import ErasureGround
from children.models import ErasedNumber
from gansu_care.jobs.rounds import every
from gansu_care.trail.record_numbers import is_record_number

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def noted_erased() -> Iterator[tuple[str, str, date]]:
    """(number, ground, day) of each line; a line that was cut off, or is none, is passed over."""
    if not settings.ERASED_LIST.exists():
        return
    for line in settings.ERASED_LIST.read_text().splitlines():
        number, _space, rest = line.partition(" ")
        ground, _space, day = rest.partition(" ")
        if is_record_number(number) and ground in ErasureGround.values and DAY.fullmatch(day):
            yield number, ground, date.fromisoformat(day)


def note_erased(rows: Iterable[ErasedNumber]) -> int:
    """Add those that the list lacks; returns how many."""
    known = {number for number, _ground, _day in noted_erased()}
    lines = [f"{row.number} {row.ground} {row.erased_on}\n" for row in rows if row.number not in known]
    if lines:
        settings.ERASED_LIST.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(settings.ERASED_LIST, flags, 0o600), "a") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    return len(lines)


@every(timedelta(hours=1))
def note_each_hour() -> None:
    """What could not be written when it was due: a full disk, a folder that was away."""
    note_erased(ErasedNumber.objects.order_by("pk"))
