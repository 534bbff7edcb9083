"""Confirmed rows into the register: one transaction, all or nothing, once.

However often the job runs (a double click, two officers, a worker killed and its job taken up again), the state
`applying` is left exactly once, in the very transaction that writes the rows. Whoever finds another state does nothing.

A record that was changed since the check is not overwritten, and a record that was made meanwhile is not made twice:
then nothing is written, the file is checked anew, and the officer sees the new result.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from gansu_care.accounts.roles import Right
from gansu_care.jobs.queue import handler
from gansu_care.pages.reasons import coded
from gansu_care.spreadsheets.acknowledged import as_reason
from gansu_care.spreadsheets.by_hand import Answer, Spot
from gansu_care.spreadsheets.change_reasons import UPLOAD
from gansu_care.spreadsheets.declaration import decided
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import Outcome, Upload, UploadState
from gansu_care.spreadsheets.resources import RegistryResource
from gansu_care.spreadsheets.writing_rows import DAY, Batch, StaleRows, Written
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, RecordNumberCounter

from .checking import BEING_CHECKED, Step, check_stopped, check_upload, setting_of
from .collecting import rarely_collected
from .mending import answers_of
from .refusals import Refusal
from .staging import keys_of, taken_out_of

GOOD = (Outcome.NEW, Outcome.CHANGED)
PREPARING, WRITING = gettext_noop("核对登记册"), gettext_noop("写入登记册")
ROWS_A_STEP = 500
READ = (
    "sheet_no", "row", "outcome", "resource", "target_id", "target_version", "values_json", "changes_json",
)  # fmt: skip
"""What is read of each staged row."""


class OutOfScope(Exception):
    """Some of the rows would not be the writer's to see: nothing may be written."""


def apply_stopped(upload_id: int, cancelled: bool) -> None:
    """The job ended without its work: nothing was written, and the check may be confirmed again."""
    if Upload.objects.filter(pk=upload_id, state__in=BEING_CHECKED).exists():
        check_stopped(upload_id, cancelled)
    _put_back(upload_id, Refusal.APPLY_CANCELLED if cancelled else Refusal.BROKEN_OFF)


@handler("apply_upload", stopped=apply_stopped)
def apply_upload(upload_id: int, progress: Step) -> None:
    """The job: write a confirmed upload, or check it anew and say why."""
    _write_or_check_again(upload_id, progress, "")


def apply_confirmed(upload_id: int, progress: Step, *, system_user: str = "") -> None:
    """Without a job: what fails puts the upload back at once. `system_user` is who ran the command."""
    try:
        _write_or_check_again(upload_id, progress, system_user)
    except Exception:
        apply_stopped(upload_id, cancelled=False)
        raise


@rarely_collected()
def _write_or_check_again(upload_id: int, progress: Step, system_user: str) -> None:
    try:
        with transaction.atomic():
            state = _apply(upload_id, progress, system_user)
    except StaleRows as stale:
        _check_again(upload_id, progress, Refusal.STALE, stale.count)
    except IntegrityError:
        _check_again(upload_id, progress, Refusal.CONFLICT, 0)
    except OutOfScope:
        _put_back(upload_id, Refusal.OUT_OF_SCOPE)
    else:
        if state in BEING_CHECKED:  # an earlier attempt broke off while it checked anew
            _check_now(upload_id, progress, Refusal.STALE, 0)


def _apply(upload_id: int, progress: Step, system_user: str) -> str:
    """Returns the state in which it found the upload."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("division").get(pk=upload_id)
    if upload.state != UploadState.APPLYING:
        return upload.state
    user, second = upload.applied_by, upload.accepted_by
    if user is None or not user.may(Right.UPLOAD) or not (second is None or second.may(Right.ACCEPT_UPLOAD)):
        raise OutOfScope
    progress(PREPARING, 0, upload.good)
    one_at_a_time()
    # All that is written bears the same moment: by it the history tells this application from any other.
    upload.applied_at = timezone.now()
    written = [_write(upload, taken, progress) for taken in _take_all(upload, progress)]
    upload.written = sum(one.added + one.changed for one in written)
    if upload.written != upload.good:
        raise AssertionError("other rows were written than were checked")
    upload.state, upload.refusal, upload.stale = UploadState.APPLIED, "", 0
    upload.save()
    record_event(
        Action.APPLY,
        user,
        kind=upload.kind,
        number=upload.number,
        rows=upload.written,
        system_user=system_user,
        reason=as_reason(upload.acknowledged),
    )
    return UploadState.APPLYING


def reason_of(upload: Upload) -> str:
    """What stands in the history of every row that the upload writes."""
    return coded(UPLOAD, upload.number)


def one_at_a_time() -> None:
    """Applications go through one by one, held at the counter of record numbers until they are committed.

    So no two of them make the same child at once, nor wait for each other crosswise.
    """
    RecordNumberCounter.objects.get_or_create(pk=1)
    RecordNumberCounter.objects.select_for_update().get(pk=1)


@dataclass
class Taken:
    """The staged rows of one resource: what they write, and of each the keys by which its record was looked for."""

    resource: RegistryResource
    batch: Batch
    keys: list[dict[str, Any]] = field(default_factory=list)
    # Of each row that is to be written, where it stands and which record it meant at the check.
    meant: list[tuple[Spot, int | None] | None] = field(default_factory=list)


def _take_all(upload: Upload, progress: Step) -> list[Taken]:
    """All rows of the check by resource, each in the order of the file; taken in one by one as they are read."""
    assert upload.applied_at is not None
    setting, reason = setting_of(upload, upload.applied_by), reason_of(upload)
    by_code = {
        resource.code: Taken(resource(), Batch(upload.number, setting, upload.applied_at, reason))
        for resource in kind_of(upload.kind).resources
    }
    good = rows = 0
    for row in upload.staged.values_list(*READ, named=True).iterator(ROWS_A_STEP):
        if rows % ROWS_A_STEP == 0:
            progress(PREPARING, good, upload.good)
        rows += 1
        good += row.outcome in GOOD
        _take(by_code[row.resource], row)
    if good != upload.good or rows != upload.rows:
        raise AssertionError("other rows are staged than were checked")
    return [taken for taken in by_code.values() if taken.keys]


def _take(taken: Taken, row: Any) -> None:
    """Put what the row would write into the batch."""
    resource, batch = taken.resource, taken.batch
    packed = json.loads(row.values_json)
    if row.outcome == Outcome.NEW:
        values = taken_out_of(row, packed)
        values.pop("number", None)
        batch.new.append(values)
    elif row.outcome == Outcome.CHANGED:
        # What the row changes, and what it takes to read that.
        changes = json.loads(row.changes_json or b"[]")
        kept = {change["field"] for change in changes} | resource.context | {DAY}
        values = taken_out_of(row, packed, kept)
        batch.changed.append((row.target_id or 0, row.target_version or 0, values))
    taken.keys.append(keys_of(packed, resource.keys))
    taken.meant.append(((row.sheet_no, row.row), row.target_id) if row.outcome in GOOD else None)


def _write(upload: Upload, taken: Taken, progress: Step) -> Written:
    _refuse_if_known_by_now(taken, answers_of(upload))
    taken.keys, taken.meant = [], []
    # From here on it is one writing: whoever asks to cancel now asks too late.
    progress(WRITING)
    written = taken.resource.write(taken.batch)
    _count_in_scope(taken.resource, upload, written)
    return written


def _refuse_if_known_by_now(taken: Taken, answers: dict[Spot, Answer]) -> None:
    """The rows must still mean what they meant: somebody may have made a record since the check."""
    moved = 0
    found_now = taken.resource.find(taken.keys, taken.batch.setting)
    for meant, one in zip(taken.meant, found_now, strict=True):
        if meant is not None:
            spot, target = meant
            found = decided(one, answers.get(spot))
            moved += found.target != target or found.elsewhere or found.is_doubtful
    if moved:
        raise StaleRows(moved)


def _count_in_scope(resource: RegistryResource, upload: Upload, written: Written) -> None:
    """The rows inside the writer's scope must be the rows written."""
    records = resource.records(setting_of(upload, upload.applied_by))
    if records.filter(upload_number=upload.number).count() != len(written.ids):
        raise OutOfScope


def _check_again(upload_id: int, progress: Step, refusal: str, stale: int) -> None:
    changed = Upload.objects.filter(pk=upload_id, state=UploadState.APPLYING).update(
        state=UploadState.RECEIVED
    )
    if changed:
        _check_now(upload_id, progress, refusal, stale)


def _check_now(upload_id: int, progress: Step, refusal: str, stale: int) -> None:
    check_upload(upload_id, progress)
    Upload.objects.filter(pk=upload_id, state=UploadState.CHECKED).update(refusal=refusal, stale=stale)


def _put_back(upload_id: int, refusal: str) -> None:
    """The check still stands, nothing was written: officer or second person may say yes again."""
    held = Upload.objects.filter(pk=upload_id, state=UploadState.APPLYING)
    held.filter(accepted_by=None).update(state=UploadState.CHECKED, refusal=refusal)
    held.update(state=UploadState.REVIEWING, refusal=refusal, accepted_by=None, accepted_at=None)
