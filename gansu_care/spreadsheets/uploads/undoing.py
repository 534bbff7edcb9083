"""An administrator of the scope takes an applied upload back: asked for once, done by a job, in one transaction.

As with applying, the state `undoing` is left exactly once, in the very transaction that undoes the rows: a job that
runs twice, or after its worker was killed, does nothing a second time. What can be undone, and what is left as it is
and why, is decided in undoing/planning.py; the three lists are kept with the upload.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from gansu_care.accounts.roles import Right
from gansu_care.jobs.queue import enqueue, handler
from gansu_care.pages.reasons import coded
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.change_reasons import UNDO
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import UndoLine, Upload, UploadState
from gansu_care.spreadsheets.undoing.course import Applied, Course, Incomplete, Watch
from gansu_care.spreadsheets.undoing.lines import Lines
from gansu_care.spreadsheets.undoing.planning import Reading
from gansu_care.spreadsheets.writing_rows import Batch
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .applying import one_at_a_time, reason_of
from .checking import Step, setting_of
from .confirming import CannotApply, given_up
from .refusals import Refusal

LOOKING, WRITING = gettext_noop("核对记录"), gettext_noop("恢复登记册")


class NotHers(Exception):
    """Whoever asked may not undo this upload by now."""


class Survey(NamedTuple):
    """What an undo would come to: how many records are removed and put back, and the lines of what is left."""

    removed: int
    restored: int
    left: list[UndoLine]


def survey(upload: Upload, user: Any) -> Survey:
    """Looks, and writes nothing. Raises Incomplete."""
    course = Course(_resources(upload), _applied(upload), Reading(user))
    lines = _lines(upload, course, lambda done: None)
    undone = [line for line in lines if line.outcome == "undone"]
    removed = sum(1 for line in undone if line.act == "remove")
    return Survey(removed, len(undone) - removed, [line for line in lines if line.outcome != "undone"])


def ask_undo(upload: Upload, user: Any, reason: str, *, queue: bool = True) -> Upload:
    """Have an applied upload undone, once. Raises CannotApply. Asking again while it is under way changes nothing."""
    if not user.may(Right.ACCEPT_UPLOAD):
        raise CannotApply(Refusal.OUT_OF_SCOPE)
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state in (UploadState.UNDOING, UploadState.UNDONE) and not given_up(held):
            return held
        if held.state not in (UploadState.APPLIED, UploadState.UNDOING) or not held.written:
            raise CannotApply(Refusal.NOT_APPLIED)
        held.state, held.refusal = UploadState.UNDOING, ""
        held.undone_by, held.undo_reason = user, reason
        held.save(update_fields=("state", "refusal", "undone_by", "undo_reason"))
        if queue:
            enqueue("undo_upload", held.pk, user)
    return held


def undo_stopped(upload_id: int, cancelled: bool) -> None:
    """The job ended without its work: the upload is applied as before."""
    _put_back(upload_id, Refusal.UNDO_CANCELLED if cancelled else Refusal.UNDO_BROKEN_OFF)


@handler("undo_upload", stopped=undo_stopped)
def undo_upload(upload_id: int, progress: Step) -> None:
    """The job. It looks first, so that somebody can see how far it is: what happens in a transaction nobody sees."""
    try:
        _look(upload_id, progress)
        with transaction.atomic():
            _undo(upload_id, progress)
    except NotHers:
        _put_back(upload_id, Refusal.OUT_OF_SCOPE)
    except Incomplete:
        _put_back(upload_id, Refusal.NO_TRACE)


def _look(upload_id: int, progress: Step) -> None:
    upload = Upload.objects.select_related("division", "undone_by").get(pk=upload_id)
    if upload.state == UploadState.UNDOING:
        total = upload.written
        progress(LOOKING, 0, total, force=True)
        course = Course(_resources(upload), _applied(upload), Reading(upload.undone_by))
        _lines(upload, course, lambda done: progress(LOOKING, done, total))


def _undo(upload_id: int, progress: Step) -> None:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("division").get(pk=upload_id)
    if upload.state != UploadState.UNDOING:
        return
    user = upload.undone_by
    if user is None or not user.may(Right.ACCEPT_UPLOAD) or not _sees(user, upload):
        raise NotHers
    one_at_a_time()
    now = timezone.now()
    batch = Batch(upload.number, setting_of(upload, user), now, coded(UNDO, upload.number))
    course = Course(_resources(upload), _applied(upload), Reading(user, lock=True), batch)
    lines = _lines(upload, course, lambda done: progress(WRITING, done, upload.written))
    upload.undo_lines.all().delete()
    bulk.insert(lines)
    upload.state, upload.refusal, upload.undone_at = UploadState.UNDONE, "", now
    upload.save(update_fields=("state", "refusal", "undone_at"))
    undone = sum(1 for line in lines if line.outcome == "undone")
    record_event(
        Action.UNDO, user, kind=upload.kind, number=upload.number, rows=undone, reason=upload.undo_reason
    )


def _sees(user: Any, upload: Upload) -> bool:
    return Upload.objects.visible_to(user).filter(pk=upload.pk).exists()


def _resources(upload: Upload) -> list[Any]:
    return [resource() for resource in kind_of(upload.kind).resources]


def _applied(upload: Upload) -> Applied:
    assert upload.applied_at is not None
    return Applied(upload.number, reason_of(upload), upload.applied_at)


def _lines(upload: Upload, course: Course, watch: Watch) -> list[UndoLine]:
    if len(course) != upload.written:
        raise Incomplete
    return Lines(upload, course.run(watch)).all()


def _put_back(upload_id: int, refusal: str) -> None:
    """Nothing was undone: the upload is applied as before, and may be undone again."""
    Upload.objects.filter(pk=upload_id, state=UploadState.UNDOING).update(
        state=UploadState.APPLIED, refusal=refusal
    )
