"""Two persons erase a record: one proposes, another of the same or a higher unit confirms; never the same."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children.code_tables import ErasureGround
from children.erasing import erase
from children.models import Child, ChildStatus, Erasure, ErasureState
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import user_covers
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KIND = "child.erasure"


class CannotErase(Exception):
    """Why not: a sentence for whoever asked."""


def propose(child: Child, ground: str, user: Any, note: str = "") -> Erasure:
    """Raises CannotErase for a record that is in the register, erased, or proposed already."""
    with transaction.atomic():
        child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
        if child.erased_on:
            raise CannotErase(_("%(number)s 的个人信息已经删除。") % {"number": child.number})
        if child.status == ChildStatus.ACTIVE and child.voided_on is None:
            raise CannotErase(
                _("%(number)s 还在册。请先办理退出，或登记撤回同意。") % {"number": child.number}
            )
        if child.erasures.open().exists():
            raise CannotErase(_("%(number)s 已经提出删除，等待确认。") % {"number": child.number})
        erasure = Erasure.objects.create(child=child, ground=ground, proposed_by=user, note=note)
        reason = str(ErasureGround(ground).label)
        record_event(Action.CHANGE, user, kind=KIND, number=child.number, reason=reason)
    return erasure


def may_decide(erasure: Erasure, user: Any) -> bool:
    """Another person than who proposed it, of her unit or one above it."""
    proposer = erasure.proposed_by
    if not user.may(Right.CONFIRM_ERASURE) or proposer.pk == user.pk or proposer.division is None:
        return False
    return user_covers(user, proposer.division)


def confirm(erasure: Erasure, user: Any) -> list[str]:
    """Erases for good; returns the numbers. Raises CannotErase, forgetting.UploadUnderWay."""
    with transaction.atomic():
        held = _open(erasure, user)
        _decide(held, ErasureState.ERASED, user)
        return erase(held.child, held.ground, user)


def decline(erasure: Erasure, user: Any, why: str) -> None:
    """The record stays as it is; a restricted one is only kept and protected. Raises CannotErase."""
    with transaction.atomic():
        held = _open(erasure, user)
        held.note = why
        _decide(held, ErasureState.DECLINED, user)
        record_event(Action.CHANGE, user, kind=KIND, number=held.child.number, reason=why)


def _open(erasure: Erasure, user: Any) -> Erasure:
    """The proposal, held; of two who decide at once the second is told."""
    held = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if held.state != ErasureState.PROPOSED:
        raise CannotErase(_("这份删除申请已经处理过了。"))
    if not may_decide(held, user):
        raise CannotErase(_("删除要由另一个人确认，她在同一单位或上级单位。"))
    return held


def _decide(erasure: Erasure, state: str, user: Any) -> None:
    erasure.state, erasure.decided_by, erasure.decided_at = state, user, timezone.now()
    erasure.save()
