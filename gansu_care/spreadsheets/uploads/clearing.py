"""What an upload brought is deleted when it has served: its file, its staged rows, the cells quoted in problems.

    checked, or waiting for what its headings mean or for a second person, for UPLOAD_EXPIRES_DAYS: it expires, all goes
    applied, undone, refused or broken off for UPLOAD_KEPT_DAYS: all goes

What stays is the upload with its counts, which problems stood in which cells, and the history of the register. The
worker looks once an hour; `manage.py clear_uploads` does the same by hand.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from gansu_care.jobs.rounds import every
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.models import MendedRow, Upload, UploadFile, UploadState
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .confirming import given_up

WAITING = (UploadState.ASKING, UploadState.CHECKED, UploadState.REVIEWING)
# A check, or a confirmed application, that broke off three times waits for somebody too.
BROKEN_OFF = (UploadState.RECEIVED, UploadState.CHECKING, UploadState.APPLYING)
PROBLEMS_AT_ONCE = 2_000


class Cleared(NamedTuple):
    expired: int
    over: int


def clear_due(*, dry_run: bool = False) -> Cleared:
    """Delete what is due; with `dry_run` only count it."""
    now = timezone.now()
    expired, over = _expired(now), list(_over(now).values_list("pk", flat=True))
    if dry_run:
        return Cleared(len(expired), len(over))
    return Cleared(sum(_clear(pk, now) for pk in expired), sum(_clear(pk, now) for pk in over))


@every(timedelta(hours=1))
def clear_each_hour() -> None:
    clear_due()


def kept_until(upload: Upload) -> datetime | None:
    """Until when file and staged rows are there; None for what is under way, or gone already."""
    since = upload.undone_at if upload.state == UploadState.UNDONE else upload.applied_at
    since = since or upload.accepted_at or upload.checked_at or upload.received_at
    if upload.cleared_at is not None or not upload.is_over:
        return None
    return since + (expires_after() if upload.state in WAITING else kept_for())


def expires_after() -> timedelta:
    return timedelta(days=settings.UPLOAD_EXPIRES_DAYS)


def kept_for() -> timedelta:
    return timedelta(days=settings.UPLOAD_KEPT_DAYS)


# --- what is due


def _expired(now: datetime) -> list[int]:
    last = now - expires_after()
    waiting = Upload.objects.filter(state__in=WAITING, checked_at__lt=last)
    broken = Upload.objects.filter(state__in=BROKEN_OFF, received_at__lt=last, cleared_at=None)
    return [*waiting.values_list("pk", flat=True), *(upload.pk for upload in broken if given_up(upload))]


def _over(now: datetime) -> QuerySet[Upload]:
    ended = Upload.objects.filter(cleared_at=None).annotate(
        ended_at=Coalesce("accepted_at", "checked_at", "received_at")
    )
    last = now - kept_for()
    return ended.filter(
        Q(state=UploadState.APPLIED, applied_at__lt=last)
        | Q(state=UploadState.UNDONE, undone_at__lt=last)
        | Q(state__in=(UploadState.REFUSED, UploadState.FAILED), ended_at__lt=last)
    ).order_by("pk")


# --- deleting


def _clear(pk: int, now: datetime) -> bool:
    """One upload in one transaction, if it is still due: somebody may have confirmed it this moment."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).get(pk=pk)
        if pk in _expired(now):
            upload.state, why = UploadState.EXPIRED, f"{settings.UPLOAD_EXPIRES_DAYS}天没有确认"
        elif _over(now).filter(pk=pk).exists():
            why = f"结束满{settings.UPLOAD_KEPT_DAYS}天"
        else:
            return False
        delete_contents(upload)
        upload.cleared_at = now
        upload.save(update_fields=("state", "cleared_at"))
        record_event(Action.CLEAR, None, kind=upload.kind, number=upload.number, rows=upload.rows, reason=why)
    return True


def delete_contents(upload: Upload) -> None:
    """File, staged rows, and the cells quoted in problems; which problems stood where is kept."""
    UploadFile.objects.filter(upload=upload).delete()
    MendedRow.objects.filter(upload=upload).delete()
    upload.staged.all().delete()
    upload.asked.update(samples_json=None)
    last = 0
    while problems := list(upload.problems.filter(order__gt=last).order_by("order")[:PROBLEMS_AT_ONCE]):
        for stored in problems:
            stored.packed = json.dumps(stored.problem.without_cell().pack(), ensure_ascii=False).encode()
        bulk.update(problems)
        last = problems[-1].order
