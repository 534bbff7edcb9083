"""A record is erased: whatever uploads still hold of it goes at once, before its time.

A file cannot be kept without one of its rows, so it goes whole, with all staged rows and quoted cells; what was written
into the register from it stays. One that waited for somebody expires: the office sends it again, without the row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gansu_care.jobs.models import Job
from gansu_care.spreadsheets.models import StagedRow, Upload, UploadState
from gansu_care.spreadsheets.models.upload import JOBS, UNDER_WAY
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .clearing import WAITING, delete_contents


class UploadUnderWay(Exception):
    """An upload that holds the record is being written or undone this moment; its number is the argument."""


def forget_records(
    kind: str,
    county_id: int | None,
    ids: set[int],
    numbers: set[str],
    is_meant: Callable[[dict[str, Any]], bool],
) -> int:
    """Clear every upload of this kind that holds one of the records; returns how many, in the caller's transaction.

    Args:
        county_id: where the records are; uploads of other counties cannot hold them.
        ids: keys of the records, which staged rows name.
        numbers: numbers of uploads known to have written them.
        is_meant: whether the values of a staged row, as packed, speak of them.
    Raises UploadUnderWay.
    """
    held = Upload.objects.filter(kind=kind, cleared_at=None)
    around = held.filter(Q(county=county_id) | Q(county=None) | Q(number__in=numbers)).order_by("pk")
    found = [upload for upload in around if _holds(upload, ids, numbers, is_meant)]
    for upload in Upload.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in found]):
        _forget(upload)
    return len(found)


def _holds(
    upload: Upload, ids: set[int], numbers: set[str], is_meant: Callable[[dict[str, Any]], bool]
) -> bool:
    if upload.number in numbers or _staged(upload).filter(target_id__in=ids).exists():
        return True
    return any(is_meant(row.values) for row in _staged(upload).iterator(chunk_size=2_000))


def _staged(upload: Upload) -> QuerySet[StagedRow]:
    return StagedRow.objects.filter(upload=upload).order_by("pk")


def _forget(upload: Upload) -> None:
    if upload.state in UNDER_WAY:
        raise UploadUnderWay(upload.number)
    delete_contents(upload)
    Job.objects.filter(kind__in=JOBS, object_id=upload.pk).update(result=None)
    upload.state = UploadState.EXPIRED if upload.state in WAITING else upload.state
    upload.cleared_at = timezone.now()
    upload.save(update_fields=("state", "cleared_at"))
    record_event(
        Action.CLEAR,
        None,
        kind=upload.kind,
        number=upload.number,
        rows=upload.rows,
        reason="其中一条记录已删除",
    )
