"""A record is erased: whatever uploads still hold of it goes at once, before its time.

A file cannot be kept without one of its rows, so it goes whole, with all staged rows and quoted cells; what was written
into the register from it stays. One that waited for somebody ends and says why: the office sends it again, without the
row. So does one that nobody has looked into yet, or not into all its sheets: nobody can say that she is not in it, and
what is checked after she is gone would bring her back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gansu_care.jobs.models import Job
from gansu_care.spreadsheets.kinds import WORKBOOK, kind_of
from gansu_care.spreadsheets.models import StagedRow, Upload, UploadState
from gansu_care.spreadsheets.models.upload import JOBS
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .checking import BEING_CHECKED
from .clearing import WAITING, delete_contents
from .refusals import Refusal

UNDECIDED = (*BEING_CHECKED, *WAITING)
BEING_WRITTEN = (UploadState.APPLYING, UploadState.UNDOING)


class UploadUnderWay(Exception):
    """An upload that holds the record is being written or undone this moment; its number is the argument."""


def forget_records(
    kind: str,
    places: set[int],
    ids: set[int],
    numbers: set[str],
    is_meant: Callable[[dict[str, Any]], bool],
) -> int:
    """Clear every upload with rows of this kind that holds one of the records; returns how many, in the caller's
    transaction.

    Args:
        places: the counties where the records are and were; uploads of other counties cannot hold them.
        ids: keys of the records, which staged rows name.
        numbers: numbers of uploads known to have written them.
        is_meant: whether the values of a staged row, as packed, speak of them.
    Raises UploadUnderWay.
    """
    codes = {resource.code for resource in kind_of(kind).resources}
    held = Upload.objects.filter(kind__in=(kind, WORKBOOK), cleared_at=None)
    around = held.filter(Q(county__in=places) | Q(county=None) | Q(number__in=numbers)).order_by("pk")
    found = [
        upload
        for upload in around
        if upload.number in numbers or _is_unread(upload, codes) or _holds(upload, codes, ids, is_meant)
    ]
    for upload in Upload.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in found]):
        _forget(upload)
    return len(found)


def _is_unread(upload: Upload, codes: set[str]) -> bool:
    """Its file has never been read, or has sheets of these resources that were left out and may be ticked yet."""
    if not upload.staged.exists():
        return True
    return any(sheet.get("held") and sheet["resource"] in codes for sheet in upload.sheets)


def _holds(
    upload: Upload, codes: set[str], ids: set[int], is_meant: Callable[[dict[str, Any]], bool]
) -> bool:
    staged = StagedRow.objects.filter(upload=upload, resource__in=codes).order_by("pk")
    if staged.filter(target_id__in=ids).exists():
        return True
    return any(is_meant(row.values) for row in staged.iterator(chunk_size=2_000))


def _forget(upload: Upload) -> None:
    if upload.state in BEING_WRITTEN:
        raise UploadUnderWay(upload.number)
    delete_contents(upload)
    Job.objects.filter(kind__in=JOBS, object_id=upload.pk).update(result=None)
    if upload.state in UNDECIDED:
        upload.state, upload.refusal = UploadState.EXPIRED, Refusal.RECORD_ERASED
    upload.cleared_at = timezone.now()
    upload.save(update_fields=("state", "refusal", "cleared_at"))
    record_event(
        Action.CLEAR,
        None,
        kind=upload.kind,
        number=upload.number,
        rows=upload.rows,
        reason="其中一条记录已删除",
    )
