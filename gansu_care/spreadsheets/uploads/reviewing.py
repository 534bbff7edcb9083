"""A second person looks at the same comparison: keeps rows out with a reason, agrees to the rest, or sends all back.

She is somebody else than the uploader and than whoever confirmed. A row that she keeps out becomes a refused row with a
problem that says why, like any other: it stands in the lists that the officer mends by.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gansu_care.accounts.roles import Right
from gansu_care.jobs.queue import enqueue
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.models import Outcome, StagedRow, StoredProblem, Upload, UploadState
from gansu_care.spreadsheets.problems import Problem
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .confirming import CannotApply
from .refusals import Refusal

GOOD = (Outcome.NEW, Outcome.CHANGED)
KEPT_OUT = "E_KEPT_OUT"


def keep_out(upload: Upload, user: Any, rows: Collection[int], reason: str) -> int:
    """Keep some good rows out, each with this reason; an empty one lets them in again. Returns how many."""
    with transaction.atomic():
        held = _held(upload, user)
        found = list(held.staged.filter(pk__in=rows, outcome__in=GOOD))
        for row in found:
            row.kept_out = reason.encode() or None
        StagedRow.objects.bulk_update(found, ["kept_out"])
    return len(found)


def accept(upload: Upload, user: Any, *, seen_check: int | None = None, queue: bool = True) -> Upload:
    """Agree to the rows that are not kept out: they are written. Raises CannotApply. A second click changes nothing."""
    with transaction.atomic():
        if _is_accepted_by(upload, user):
            return upload
        held = _held(upload, user)
        if seen_check is not None and seen_check != held.check_no:
            raise CannotApply(Refusal.SEEN_OTHER_CHECK)
        _refuse_kept_out(held)
        if not held.good:
            raise CannotApply(Refusal.NO_ROWS_LEFT)
        held.state, held.refusal = UploadState.APPLYING, ""
        held.good_rows_only = bool(held.bad)
        held.accepted_by, held.accepted_at = user, timezone.now()
        held.save()
        record_event(Action.REVIEW, user, kind="upload.accept", number=held.number, rows=held.good)
        if queue:
            enqueue("apply_upload", held.pk, user)
    return held


def send_back(upload: Upload, user: Any, reason: str) -> Upload:
    """The whole file goes back to the uploader, with the reason. Raises CannotApply."""
    with transaction.atomic():
        held = _held(upload, user)
        held.state, held.refusal = UploadState.REFUSED, Refusal.SENT_BACK
        held.accepted_by, held.accepted_at, held.sent_back_why = user, timezone.now(), reason
        held.save()
        record_event(Action.REVIEW, user, kind="upload.send_back", number=held.number, reason=reason)
    return held


def may_review(upload: Upload, user: Any) -> bool:
    return upload.state == UploadState.REVIEWING and not _why_not(upload, user)


def _held(upload: Upload, user: Any) -> Upload:
    """The upload, locked, if this user may decide on it."""
    held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if held.state != UploadState.REVIEWING:
        raise CannotApply(Refusal.NOT_REVIEWING)
    if why := _why_not(held, user):
        raise CannotApply(why)
    return held


def _why_not(upload: Upload, user: Any) -> str:
    if not user.may(Right.ACCEPT_UPLOAD):
        return Refusal.OUT_OF_SCOPE
    return Refusal.SAME_PERSON if user.pk in (upload.user_id, upload.applied_by_id) else ""


def _is_accepted_by(upload: Upload, user: Any) -> bool:
    held = Upload.objects.filter(pk=upload.pk, accepted_by=user)
    return held.filter(state__in=(UploadState.APPLYING, UploadState.APPLIED)).exists()


def _refuse_kept_out(upload: Upload) -> None:
    """Rows that are kept out are refused from now on; the counts, of the file and of each sheet, still add up."""
    rows = list(upload.staged.filter(kept_out__isnull=False, outcome__in=GOOD))
    for row in rows:
        _count(upload, row, -1)
        row.outcome = Outcome.REFUSED
        _count(upload, row, 1)
    upload.errors += len(rows)
    StagedRow.objects.bulk_update(rows, ["outcome"])
    bulk.insert(_problems(upload, rows))


def _count(upload: Upload, row: StagedRow, by: int) -> None:
    setattr(upload, row.outcome, getattr(upload, row.outcome) + by)
    of_sheet = upload.sheets[row.sheet_no]
    of_sheet[row.outcome] = of_sheet.get(row.outcome, 0) + by


def _problems(upload: Upload, rows: Iterable[StagedRow]) -> list[StoredProblem]:
    last = upload.problems.aggregate(last=Max("order"))["last"] or 0
    found = []
    for order, row in enumerate(rows, last + 1):
        problem = Problem(KEPT_OUT, sheet=row.sheet, row=row.row, params={"why": row.kept_out_why})
        packed = json.dumps(problem.pack(), ensure_ascii=False).encode()
        values = {"level": problem.level, "code": KEPT_OUT, "sheet": row.sheet, "row": row.row}
        found.append(StoredProblem(upload=upload, order=order, packed=packed, **values))
    return found
