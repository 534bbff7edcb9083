"""A child registered elsewhere is asked for, and the county that has her agrees or not.

Asking proves no more than the held row did: it is possible for each such row, wherever the child is, and answered
alike. It is limited, and each request is an event. To agree moves the child: her division becomes the asking one; her
episode, her parts and her history stay. The asking county finds her in its register then, and its row changes her.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from children.change_reasons import TRANSFERRED
from children.facts import write_name_keys
from children.models import Child, TransferRequest, TransferState
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import covers, known, standing
from gansu_care.pages.reasons import coded
from gansu_care.spreadsheets.models import StagedRow, Upload
from gansu_care.spreadsheets.uploads.staging import keys_of
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action
from gansu_care.trail.registry import StaleRow

MOST_A_DAY = 50
"""Requests of one county: more ask for children one by one, or try out numbers."""
KEYS = ("id_number", "division")
CODE = "W_TRANSFER_CANDIDATE"


class CannotAsk(Exception):
    """The row does not say where the child would live, the register has changed, or enough was asked today."""

    MOVED_ON, NO_PLACE, TOO_MANY = "moved_on", "no_place", "too_many"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def can_be_asked_for(upload: Upload, row: StagedRow) -> bool:
    """Whether the row was held because its child is registered elsewhere."""
    return upload.problems.filter(sheet=row.sheet, row=row.row, code=CODE).exists()


def place_of(row: StagedRow) -> Division | None:
    """Where the child would live; None when the row does not say."""
    division = keys_of(row.values, KEYS).get("division")
    return known(division).current if isinstance(division, Division) and known(division).county else None


def ask(upload: Upload, row: StagedRow, user: Any, why: str) -> TransferRequest:
    """Ask for the child of a held row; what waits already is given back. Raises CannotAsk."""
    division, number = place_of(row), keys_of(row.values, KEYS).get("id_number")
    if division is None:
        raise CannotAsk(CannotAsk.NO_PLACE)
    with transaction.atomic():
        child = _elsewhere(str(number or ""), division)
        waiting = TransferRequest.objects.waiting().filter(child=child, county=division.county).first()
        if waiting is not None:
            return waiting
        if _asked_today(division) >= MOST_A_DAY:
            raise CannotAsk(CannotAsk.TOO_MANY)
        made = TransferRequest(
            child=child,
            division=division,
            why=why,
            asked_from=upload.number,
            asked_row=f"{row.sheet} {row.row}",
            asked_by=user,
        )
        made.hold()
        made.save()
        record_event(
            Action.ADD, user, kind="transferrequest", number=made.number, rows=1, reason=upload.number
        )
    return made


def _elsewhere(number: str, division: Division) -> Child:
    """The child of this ID number, held outside the county that asks. Raises CannotAsk."""
    child = (
        Child.objects.in_force().select_for_update(of=("self",)).filter(id_number=number).first()
        if number
        else None
    )
    county = division.county
    if child is None or county is None or child.county_id == county.pk:
        raise CannotAsk(CannotAsk.MOVED_ON)
    return child


def _asked_today(division: Division) -> int:
    since = timezone.now() - timedelta(days=1)
    return TransferRequest.objects.filter(county=division.county, created_at__gt=since).count()


# --- the answer


def holds(user: Any, request: TransferRequest) -> bool:
    """Whether the user stands on the holding side or above both, and may know whose record it is."""
    own = standing(user)
    return own is not None and user.may(Right.SEE_PERSONS) and covers(own, request.held_division)


def may_decide(user: Any, request: TransferRequest) -> bool:
    """The county that has her, and whoever stands above both counties."""
    if not holds(user, request):
        return False
    if user.may(Right.WRITE_CHILDREN):
        return True
    own = standing(user)
    return own is not None and user.may(Right.ACCEPT_UPLOAD) and covers(own, request.division)


def agree(request: TransferRequest, user: Any, *, version: int) -> None:
    """The child moves to the asking division. Raises StaleRow if the request was decided, or the child has moved."""
    with transaction.atomic():
        held = _held(request, version)
        child = held.child
        reason = coded(TRANSFERRED, held.number)
        child.division, child._change_reason = held.division, reason
        child.save_version(child.version)
        write_name_keys(child)
        _answer(held, user, TransferState.AGREED)
        record_event(Action.CHANGE, user, kind="child", number=child.number, rows=1, reason=reason)


def refuse(request: TransferRequest, user: Any, refusal: str, *, version: int) -> None:
    """The child stays; the asking county reads the coded reason and nothing else. Raises StaleRow."""
    with transaction.atomic():
        held = _held(request, version)
        held.refusal = refusal
        _answer(held, user, TransferState.REFUSED)


def _held(request: TransferRequest, version: int) -> TransferRequest:
    """Request and child, locked, as they were shown."""
    held = TransferRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not held.is_waiting or held.version != version:
        raise StaleRow(held)
    held.child = Child.objects.select_for_update(of=("self",)).get(pk=held.child_id)
    if held.child.voided_on or held.child.county_id != held.held_county_id:
        raise StaleRow(held)
    return held


def _answer(held: TransferRequest, user: Any, state: str) -> None:
    held.state, held.decided_by, held.decided_at = state, user, timezone.now()
    held.save_version(held.version)
    record_event(Action.REVIEW, user, kind=f"transfer.{state}", number=held.number, rows=1)
