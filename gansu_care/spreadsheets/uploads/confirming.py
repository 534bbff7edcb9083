"""The officer has seen the counts and the differences, and says yes: the whole file, or only its good rows."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import enqueue
from gansu_care.spreadsheets.models import Upload, UploadState

from .refusals import REFUSALS, Refusal

UNDER_WAY = (UploadState.CHECKING, UploadState.APPLYING)


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
    seen_check: int | None = None,
    queue: bool = True,
) -> Upload:
    """Turn a checked upload into one being applied, once. Raises CannotApply.

    By default all or nothing: with refused or doubtful rows only `good_rows` gets through. `seen_check` is the
    `check_no` of the result that the officer saw. Confirming again what is applied, or being applied, changes nothing
    and is no error: a double click and a page sent twice find it done.
    """
    if not user.may(Right.UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state in (UploadState.APPLIED, UploadState.APPLYING) and not _given_up(held):
            return held
        _refuse_unless_ready(held, good_rows, warnings_acknowledged, seen_check)
        held.state, held.refusal = UploadState.APPLYING, ""
        held.good_rows_only = good_rows and bool(held.bad)
        held.warnings_acknowledged = warnings_acknowledged
        held.applied_by = user
        held.save()
        if queue:
            enqueue("apply_upload", held.pk, user)
    return held


def _refuse_unless_ready(upload: Upload, good_rows: bool, acknowledged: bool, seen_check: int | None) -> None:
    if upload.state not in (UploadState.CHECKED, UploadState.APPLYING):
        raise CannotApply(Refusal.NOT_CHECKED)
    if seen_check is not None and seen_check != upload.check_no:
        raise CannotApply(Refusal.SEEN_OTHER_CHECK)
    if upload.bad and not good_rows:
        raise CannotApply(Refusal.BAD_ROWS)
    if upload.warnings and not acknowledged:
        raise CannotApply(Refusal.WARNINGS)


def recheck(upload: Upload, user: Any, *, queue: bool = True) -> Upload:
    """Check a kept file anew: the register has changed, or the last check broke off. Raises CannotApply."""
    if not user.may(Right.UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state == UploadState.APPLIED or (held.state in UNDER_WAY and not _given_up(held)):
            raise CannotApply(Refusal.NOT_CHECKED)
        held.state = UploadState.RECEIVED
        held.save()
        if queue:
            enqueue("check_upload", held.pk, user)
    return held


def _given_up(upload: Upload) -> bool:
    """Its job failed, or broke off three times: nobody works on it any more."""
    jobs = Job.objects.filter(kind__in=("check_upload", "apply_upload"), object_id=upload.pk)
    last = jobs.first()
    return last is not None and last.state == JobState.FAILED and upload.state in UNDER_WAY
