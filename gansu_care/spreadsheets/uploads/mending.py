"""An officer mends a row on a page, or decides what a doubtful one is: kept beside the file, and all is checked again.

The file itself stays as it was sent. What was done by hand is taken in by every check of it: the same columns and
rules, duplicates and totals among them, so that the counts are those of the whole file. A file of the usual size is
checked at once, a large one by the worker; the job is the same, and is taken up again if its process dies.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from gansu_care.accounts.roles import Right
from gansu_care.jobs.queue import enqueue, run
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.by_hand import Answer, ByHand, Decision, Spot
from gansu_care.spreadsheets.models import MendedRow, Outcome, RowAnswer, StagedRow, Upload, UploadState
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .confirming import CannotApply, forget_what_was_said
from .refusals import Refusal

OPEN = (UploadState.CHECKED, UploadState.REFUSED)


# --- what was done


def by_hand(upload: Upload) -> ByHand:
    mended = MendedRow.objects.filter(upload=upload)
    return ByHand({(row.sheet_no, row.row): row.cells for row in mended}, answers_of(upload))


def answers_of(upload: Upload) -> dict[Spot, Answer]:
    return {
        (row.sheet_no, row.row): Answer(row.decision, row.target_id, frozenset(row.candidates))
        for row in RowAnswer.objects.filter(upload=upload)
    }


def can_be_mended(upload: Upload) -> bool:
    """Whether a row of it may be mended or decided: its result stands, its file is there."""
    return upload.state in OPEN and bool(upload.rows) and upload.cleared_at is None


# --- doing it


def mend(upload: Upload, user: Any, spot: Spot, cells: Mapping[int, str], *, seen_check: int) -> Upload:
    """Type cells of a row anew, on top of those mended before. Raises CannotApply."""

    def keep(held: Upload) -> None:
        before = MendedRow.objects.filter(upload=held, sheet_no=spot[0], row=spot[1]).first()
        typed = {**(before.cells if before else {}), **cells}
        packed = json.dumps({str(place): text for place, text in typed.items()}, ensure_ascii=False).encode()
        _keep(MendedRow, held, user, spot, cells_json=packed)
        record_event(Action.CHANGE, user, kind="upload.mend", number=held.number, rows=1)

    return _again(upload, user, spot, seen_check, keep)


def decide(
    upload: Upload, user: Any, spot: Spot, decision: str, target: int | None = None, *, seen_check: int
) -> Upload:
    """Say what a doubtful row is: one of its candidates, another record, or nothing to be taken over."""

    def keep(held: Upload) -> None:
        row = held.staged.get(sheet_no=spot[0], row=spot[1])
        candidates = list(row.candidates or ())
        if not _fits(decision, target, candidates):
            raise CannotApply(Refusal.NO_SUCH_ANSWER)
        _keep(RowAnswer, held, user, spot, decision=decision, target_id=target, candidates=candidates)
        record_event(Action.REVIEW, user, kind=f"upload.{decision}", number=held.number, rows=1)

    return _again(upload, user, spot, seen_check, keep)


def take_back(upload: Upload, user: Any, spot: Spot, *, seen_check: int) -> Upload:
    """Open the question again."""

    def keep(held: Upload) -> None:
        RowAnswer.objects.filter(upload=held, sheet_no=spot[0], row=spot[1]).delete()
        record_event(Action.REVIEW, user, kind="upload.reopen", number=held.number, rows=1)

    return _again(upload, user, spot, seen_check, keep)


def _fits(decision: str, target: int | None, candidates: list[int]) -> bool:
    if decision == Decision.SAME:
        return target in candidates
    return target is None and (
        decision == Decision.LEAVE_OUT or (decision == Decision.ANOTHER and bool(candidates))
    )


def _keep(model: type[MendedRow | RowAnswer], upload: Upload, user: Any, spot: Spot, **values: Any) -> None:
    model.objects.update_or_create(
        upload=upload, sheet_no=spot[0], row=spot[1], defaults={"user": user, **values}
    )


def _again(upload: Upload, user: Any, spot: Spot, seen_check: int, keep: Callable[[Upload], None]) -> Upload:
    """Keep it and have the file checked again. Raises CannotApply, and then nothing was kept."""
    if not user.may(Right.UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if not can_be_mended(held):
            raise CannotApply(Refusal.NOT_CHECKED)
        if seen_check != held.check_no:
            raise CannotApply(Refusal.SEEN_OTHER_CHECK)
        keep(held)
        held.state = UploadState.RECEIVED
        forget_what_was_said(held)
        held.save()
        job = enqueue("check_upload", held.pk, user)
    if held.rows <= limits.ROWS_AT_ONCE:
        run(job.pk)
    return Upload.objects.get(pk=upload.pk)


def doubtful_rows(upload: Upload) -> Any:
    """The rows that wait for a decision, in the order of the file."""
    return StagedRow.objects.filter(upload=upload, outcome=Outcome.DOUBTFUL).order_by("sheet_no", "row")
