"""Looking behind a mask: which full values of a child this user opens of her own accord, and which she asks for.

In words. County officers and county staff open what is masked of the children of their own county; a prefecture's staff
opens it in all its counties. Each value is opened by a click with a reason, and leaves an event. The province opens
nothing of its own accord: one of its people asks for some values of one child, another agrees, and for 24 hours the
click works. A township's staff, leaders, auditors and system administrators open nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from children.field_classes import CLASSES, HIDDEN, FieldClass
from children.models import Child, UnmaskRequest, UnmaskState
from children.models.unmasking import GOOD_FOR, WAITS_FOR
from children.naming import sees_full_names
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import standing
from gansu_care.pages.record_forms import label_of, shown
from gansu_care.sealed.masks import mask_all, mask_birth_date, mask_name
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

RIGHTS = {
    FieldClass.PERSONAL: (Right.PERSONAL_INSIDE, Right.PERSONAL_BEYOND),
    FieldClass.SENSITIVE: (Right.SENSITIVE_INSIDE, Right.SENSITIVE_BEYOND),
}


# --- the values


@dataclass(frozen=True)
class Covered:
    """A value that is not sealed in the database, but masked where it is shown; read like a Sealed."""

    text: str
    masked: str

    def open(self) -> str:
        return self.text


def _covered(name: str, mask: Callable[[str], str]) -> Callable[[Child], Covered | None]:
    def value(child: Child) -> Covered | None:
        text = shown(child, name)
        return Covered(text, mask(text)) if text else None

    return value


def _parent(kind: str, name: str) -> Callable[[Child], Any]:
    return lambda child: next((getattr(p, name) for p in child.parents.all() if p.kind == kind), None)


def _carer(name: str) -> Callable[[Child], Any]:
    return lambda child: next((getattr(c, name) for c in child.carers.all() if c.until is None), None)


# The values of a child's record that are opened one by one, by their name in the address.
VALUES: dict[str, Callable[[Child], Any]] = {
    "name": _covered("name", mask_name),
    "birth_date": _covered("birth_date", mask_birth_date),
    "id_number": lambda child: child.id_number,
    "address": lambda child: child.address,
    "household_address": lambda child: child.household_address,
    "disability_card": lambda child: child.disability_card,
    "village_contact_phone": lambda child: child.village_contact_phone,
    "father_id_number": _parent("father", "id_number"),
    "father_phone": _parent("father", "phone"),
    "mother_id_number": _parent("mother", "id_number"),
    "mother_phone": _parent("mother", "phone"),
    "carer_id_number": _carer("id_number"),
    "carer_phone": _carer("phone"),
    "carer_address": _carer("address"),
    **{name: _covered(name, mask_all) for name in HIDDEN},
}
# Of a draft, whose data nobody has consented to yet: by whom her parents can be asked.
TO_ASK = frozenset({"father_phone", "mother_phone", "carer_phone"})


def may_be_opened(child: Child, value: str) -> bool:
    """Whether anybody may look at the full value: of a restricted child at none, of a draft at what it takes to ask."""
    return value in VALUES and not child.is_restricted and (not child.is_draft or value in TO_ASK)


def value_label(child: Child, value: str) -> str:
    """What a value is called: 身份证号, 父亲联系电话."""
    whose = {"father": _("父亲"), "mother": _("母亲"), "carer": _("照护人")}
    what = {"id_number": _("身份证号"), "phone": _("联系电话"), "address": _("住址")}
    holder, _underscore, field = value.partition("_")
    if holder in whose:
        return _("%(whose)s%(what)s") % {"whose": whose[holder], "what": what[field]}
    return label_of(child, value)


# --- who opens them


def opens_alone(user: Any, value: str) -> bool:
    """Whether a reason is enough. The children that she sees are all of her own county, or all beyond one."""
    inside, beyond = RIGHTS[CLASSES[value]]
    return bool(user.may(inside if sees_full_names(user) else beyond))


def may_reach(user: Any) -> bool:
    """Whether the pages of unmasking are for her at all."""
    return bool(user.may(Right.UNMASK) or user.may(Right.UNMASK_ASKED))


@dataclass(frozen=True)
class Opening:
    """What a user may open of one child: asked for once a page."""

    user: Any
    child: Child
    granted: frozenset[str]

    def opens(self, value: str) -> bool:
        granted = value in self.granted or opens_alone(self.user, value)
        return granted and may_be_opened(self.child, value)

    def asks(self, value: str) -> bool:
        may_ask = self.user.may(Right.UNMASK_ASKED) and may_be_opened(self.child, value)
        return may_ask and not self.opens(value)


def opening(user: Any, child: Child) -> Opening:
    granted: set[str] = set()
    if user.may(Right.UNMASK_ASKED):
        for request in UnmaskRequest.objects.good_for(user, child.number):
            granted.update(request.values)
    return Opening(user, child, frozenset(granted))


# --- asking and agreeing


class AlreadyDecided(Exception):
    """Somebody has decided meanwhile, or it has waited too long."""


def ask_to_open(user: Any, child: Child, values: list[str], reason: str) -> UnmaskRequest:
    """Raises PermissionDenied."""
    division = standing(user)
    if division is None or not user.may(Right.UNMASK_ASKED):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        request = UnmaskRequest.objects.create(
            user=user, division=division, child_number=child.number, values=values, reason=reason, asked_at=now,
            until=now + WAITS_FOR,
        )  # fmt: skip
        _tell(Action.REQUEST, user, "unmask.ask", request, reason)
    return request


def agree_to_open(request: UnmaskRequest, user: Any) -> None:
    """For 24 hours. Raises PermissionDenied, AlreadyDecided."""
    _decide(request, user, UnmaskState.APPROVED)


def refuse_to_open(request: UnmaskRequest, user: Any, reason: str) -> None:
    _decide(request, user, UnmaskState.REFUSED, reason)


def _decide(request: UnmaskRequest, user: Any, state: UnmaskState, reason: str = "") -> None:
    with transaction.atomic():
        held = UnmaskRequest.objects.visible_to(user).select_for_update(of=("self",)).get(pk=request.pk)
        if not held.is_waiting:
            raise AlreadyDecided
        if not UnmaskRequest.objects.to_be_decided_by(user).filter(pk=held.pk).exists():
            raise PermissionDenied
        held.state, held.decided_by, held.decided_at, held.refusal = state, user, timezone.now(), reason
        if state == UnmaskState.APPROVED:
            held.until = timezone.now() + GOOD_FOR
        held.save()
        kind = "unmask.approve" if state == UnmaskState.APPROVED else "unmask.refuse"
        _tell(Action.REVIEW, user, kind, held, reason or held.reason)


def _tell(action: str, user: Any, kind: str, request: UnmaskRequest, reason: str) -> None:
    record_event(action, user, kind=kind, number=request.child_number, rows=1, reason=reason)
