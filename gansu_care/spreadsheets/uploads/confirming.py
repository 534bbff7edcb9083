"""The officer has seen the counts and the differences, and says yes: the whole file, or only its good rows.

Where her division, or one above it, asks for a second person, the yes sends it on to be reviewed (reviewing.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import JobState
from gansu_care.jobs.queue import enqueue
from gansu_care.spreadsheets.models import ProblemLevel, SecondPerson, Upload, UploadState
from gansu_care.spreadsheets.rows import HOLDING

from .refusals import REFUSALS, Refusal

UNDER_WAY = (UploadState.CHECKING, UploadState.APPLYING, UploadState.UNDOING)
# A yes that was said is not said again.
SAID = (UploadState.REVIEWING, UploadState.APPLYING, UploadState.APPLIED)


class CannotApply(Exception):
    """Nothing was written. `refusal` is a code of REFUSALS, `message` says why and what to do."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    @property
    def message(self) -> str:
        return str(REFUSALS[self.refusal])


def confirm(
    upload: Upload,
    user: Any,
    *,
    good_rows: bool = False,
    warnings_acknowledged: bool = False,
    acknowledged: Collection[str] = (),
    seen_check: int | None = None,
    queue: bool = True,
) -> Upload:
    """Turn a checked upload into one being applied, or reviewed, once. Raises CannotApply.

    By default all or nothing: with refused or doubtful rows only `good_rows` gets through. Warnings are acknowledged
    kind by kind (`acknowledged`: their codes), or all at once where nobody looks at a page. `seen_check` is the
    `check_no` of the result that the officer saw. Confirming again what is applied, or being applied, changes nothing
    and is no error: a double click and a page sent twice find it done.
    """
    if not user.may(Right.UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state in SAID and not given_up(held):
            return held
        _refuse_unless_ready(held, good_rows, seen_check)
        kinds = kinds_of_warnings(held)
        if not warnings_acknowledged and kinds.keys() - set(acknowledged):
            raise CannotApply(Refusal.WARNINGS)
        asked = SecondPerson.objects.asked_at(held.division) is not None and not _is_accepted(held)
        if asked:
            held.accepted_by = held.accepted_at = None
        held.state, held.refusal = UploadState.REVIEWING if asked else UploadState.APPLYING, ""
        held.good_rows_only = good_rows and bool(held.bad)
        held.acknowledged, held.warnings_acknowledged = kinds, bool(kinds)
        held.applied_by, held.confirmed_at = user, timezone.now()
        held.save()
        if queue and not asked:
            enqueue("apply_upload", held.pk, user)
    return held


def _is_accepted(upload: Upload) -> bool:
    """A second person has agreed, and only the job broke off."""
    return upload.state == UploadState.APPLYING and upload.accepted_by_id is not None


def kinds_of_warnings(upload: Upload) -> dict[str, int]:
    """How many of each kind of warning wait for a yes, by code; what holds its row back waits for nothing."""
    warnings = upload.problems.filter(level=ProblemLevel.WARNING).exclude(code__in=HOLDING)
    return dict(warnings.order_by("code").values_list("code").annotate(n=Count("pk")))


def _refuse_unless_ready(upload: Upload, good_rows: bool, seen_check: int | None) -> None:
    if upload.state not in (UploadState.CHECKED, UploadState.APPLYING):
        raise CannotApply(Refusal.NOT_CHECKED)
    if seen_check is not None and seen_check != upload.check_no:
        raise CannotApply(Refusal.SEEN_OTHER_CHECK)
    if upload.bad and not good_rows:
        raise CannotApply(Refusal.BAD_ROWS)


def recheck(upload: Upload, user: Any, *, sheets: Sequence[str] | None = None, queue: bool = True) -> Upload:
    """Check a kept file anew: the register has changed, a check broke off, it was undone. Raises CannotApply.

    `sheets`: the ones ticked from now on; None keeps to what was chosen.
    """
    if not user.may(Right.UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state == UploadState.APPLIED or (held.state in UNDER_WAY and not given_up(held)):
            raise CannotApply(Refusal.NOT_CHECKED)
        if held.cleared_at is not None:
            raise CannotApply(Refusal.FILE_GONE)
        held.check_anyway = held.check_anyway or held.refusal == Refusal.APPLIED_BEFORE
        held.state = UploadState.RECEIVED
        held.chosen_sheets = held.chosen_sheets if sheets is None else list(sheets)
        forget_what_was_said(held)
        held.save()
        if queue:
            enqueue("check_upload", held.pk, user)
    return held


def forget_what_was_said(upload: Upload) -> None:
    """Of an earlier result: its yes, its second person, what it had written before it was undone."""
    upload.confirmed_at = upload.accepted_by = upload.accepted_at = upload.applied_at = upload.same_as = None
    upload.sent_back_why, upload.written, upload.acknowledged = "", 0, {}


def given_up(upload: Upload) -> bool:
    """Its job failed, or broke off three times: nobody works on it any more."""
    job = upload.job
    return job is not None and job.state == JobState.FAILED and upload.state in UNDER_WAY
