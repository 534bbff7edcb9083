"""What the long runs stand on: children without end, files of them, and the invariant that must hold at each moment.

Invariant: of an upload's rows all are in the register or none, its state says which, history and trail agree; the same
file again finds all of them the same; the database is whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from children.models import Child, Parent
from gansu_care.jobs.models import Job
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import check_upload, receive
from gansu_care.trail.models import Action, Event
from tests.uploading import children_file, counts, fresh, id_number, no_progress

A_DAY = 400  # children born on one day, at most 500: the sequence has three digits, and girls even ones
FIRST_DAY = date(2012, 1, 1)
CHARACTERS = "花草树木山水云月风雨江河湖海星辰春夏秋冬"


def child(place: int) -> dict[str, Any]:
    """The child of this place in the endless row: no two share a name, a birthday and an ID number."""
    born = FIRST_DAY + timedelta(days=place // A_DAY)
    first, second = divmod(place % A_DAY, len(CHARACTERS))
    return {
        "姓名": "王" + CHARACTERS[first] + CHARACTERS[second],
        "出生日期": born.isoformat(),
        "身份证号": id_number(f"620100{born:%Y%m%d}{place % A_DAY * 2 + 1:03d}"),
        "性别": "男",
    }


def file_of(places: Sequence[int]) -> bytes:
    return children_file(*(child(place) for place in places))


def faults_of(upload: Upload, rows: int, *, over: bool) -> list[str]:
    """What of the invariant does not hold for an upload of `rows` new children; `over`: its work has ended."""
    held = fresh(upload)
    children, past = Child.objects.filter(upload_number=held.number), Child.history
    found = {
        "children": children.count(),
        "parents": Parent.objects.filter(child__upload_number=held.number).count() // 2,
        "history": past.filter(upload_number=held.number).count(),
        "written": held.written,
        "events": Event.objects.filter(action=Action.APPLY, number=held.number).count() * rows,
    }
    is_applied = held.state == UploadState.APPLIED
    wanted = rows if is_applied else 0
    faults = [
        f"{held.number} {held.state}: {name} {count}" for name, count in found.items() if count != wanted
    ]
    if over and not is_applied:
        faults.append(
            f"{held.number} ended as {held.state} {held.refusal}, job {held.job and held.job.state}"
        )
    return faults


def faults_of_the_same_file_again(data: bytes, user: Any, rows: int) -> list[str]:
    again = receive(data, "again.xlsx", "children", user, again=True, queue=False).upload
    check_upload(again.pk, no_progress)
    found = counts(fresh(again))
    return [] if found == {"same": rows} else [f"the same file again: {found}"]


def faults_of_the_database() -> list[str]:
    return list(_faults_of_the_database())


def _faults_of_the_database() -> Iterator[str]:
    numbers, ids = Child.objects.count(), Child.objects.values("id_number_digest").distinct().count()
    if numbers != ids:
        yield f"{numbers - ids} children stand twice in the register"
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, good in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            cursor.execute(f"PRAGMA {pragma}")
            if (said := cursor.fetchall()) != good:
                yield f"{pragma}: {said[:3]}"


def unfinished() -> list[str]:
    """Jobs that nobody ended."""
    return [f"job {job.pk} {job.kind} is {job.state}" for job in Job.objects.all() if not job.is_over]
