"""Somebody else decides on a request: never who asked, always of the same unit or one above it.

Who agrees is given the file's password, this once, and tells it to the requester by another way, such as the telephone.
So neither of the two has file and password by herself, and nobody reads both in one place.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from gansu_care.accounts.one_time import new_password
from gansu_care.jobs.queue import enqueue
from gansu_care.spreadsheets.models import ExportRequest, ExportState
from gansu_care.spreadsheets.models.export_request import GOOD_FOR, JOB
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class AlreadyDecided(Exception):
    """Somebody has decided meanwhile, the requester has taken it back, or it has waited too long."""


def approve(request: ExportRequest, user: Any) -> str:
    """Agree; returns the password of the file. Raises PermissionDenied, AlreadyDecided."""
    password, now = new_password(), timezone.now()
    with transaction.atomic():
        held = _held(request, user)
        held.state, held.decided_by, held.decided_at = ExportState.APPROVED, user, now
        held.expires_at, held.password = now + GOOD_FOR, password.encode()
        held.save()
        _tell(user, "export.approve", held, held.purpose)
        enqueue(JOB, held.pk, held.user)
    return password


def refuse(request: ExportRequest, user: Any, reason: str) -> None:
    """Raises PermissionDenied, AlreadyDecided."""
    with transaction.atomic():
        held = _held(request, user)
        held.state, held.decided_by, held.decided_at = ExportState.REFUSED, user, timezone.now()
        held.refusal = reason
        held.save()
        _tell(user, "export.refuse", held, reason)


def withdraw(request: ExportRequest, user: Any) -> None:
    """Who asked takes it back, as long as nobody has decided. Raises PermissionDenied, AlreadyDecided."""
    if request.user_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        taken = ExportRequest.objects.filter(pk=request.pk, state=ExportState.WAITING)
        if not taken.update(state=ExportState.WITHDRAWN):
            raise AlreadyDecided
        _tell(user, "export.withdraw", request, "")


def may_decide(request: ExportRequest, user: Any) -> bool:
    return ExportRequest.objects.to_be_decided_by(user).filter(pk=request.pk).exists()


def _held(request: ExportRequest, user: Any) -> ExportRequest:
    rows = ExportRequest.objects.visible_to(user).select_for_update(of=("self",))
    held = rows.filter(pk=request.pk).first()
    if held is None or held.state != ExportState.WAITING or not held.is_in_time:
        raise AlreadyDecided
    if not may_decide(held, user):
        raise PermissionDenied
    return held


def _tell(user: Any, kind: str, request: ExportRequest, reason: str) -> None:
    action = Action.REQUEST if kind == "export.withdraw" else Action.REVIEW
    record_event(action, user, kind=kind, number=request.number, rows=request.rows_asked, reason=reason)
