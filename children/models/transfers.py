"""A county asks for a child who is registered in another county.

The asking side knows its own row and what became of the request, and nothing of the record: not where it is, not its
number. The holding side sees the request beside its own record. Whose the record was is kept when the request is made
and again when it is decided: the child moves, the request stays with both.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.models.child import Child
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import scope_lookup
from gansu_care.trail.registry import RegistryQuerySet, RegistryRow, history


class TransferState(models.TextChoices):
    WAITING = "waiting", _("等待答复")
    AGREED = "agreed", _("已同意")
    REFUSED = "refused", _("未同意")


class TransferReason(models.TextChoices):
    """Why the child is asked for."""

    MOVED = "moved", _("随父母或照护人搬到本地")
    SCHOOL = "school", _("转到本地就学")
    HOUSEHOLD = "household", _("户口迁到本地")
    ALWAYS = "always", _("一直在本地居住，登记有误")


class TransferRefusal(models.TextChoices):
    """Why the request is not agreed to: in words that tell the asking county nothing of the record."""

    STILL_HERE = "still_here", _("核实后，孩子没有转到申请地")
    OTHER_PERSON = "other_person", _("核实后，不是同一个孩子")
    UNCLEAR = "unclear", _("情况还不清楚，请核对后再申请")


class TransferQuerySet(RegistryQuerySet):
    """Seen by both sides: the division that asks, and the one that holds the child."""

    right = Right.UPLOAD

    def within(self, division: Division) -> Self:
        own = scope_lookup(division)
        return self.filter(Q(**own) | Q(**_held(own))) if own else self.all()

    def held_within(self, division: Division) -> Self:
        return self.filter(**_held(scope_lookup(division)))

    def asked_within(self, division: Division) -> Self:
        return self.filter(**scope_lookup(division))

    def waiting(self) -> Self:
        return self.filter(state=TransferState.WAITING)


def _held(lookup: dict[str, Any]) -> dict[str, Any]:
    """The same comparison on the holding side."""
    return {f"held_{name}": value for name, value in lookup.items()}


class TransferRequest(RegistryRow):
    """`division` is the one that the child would move to; `held_…` the one that has her, not shown to who asks."""

    child = models.ForeignKey(
        Child, models.PROTECT, editable=False, related_name="transfer_requests", verbose_name=_("留守儿童")
    )
    held_division = models.ForeignKey(
        Division, models.PROTECT, editable=False, related_name="+", verbose_name=_("原登记地")
    )
    held_county = models.ForeignKey(
        Division, models.PROTECT, null=True, editable=False, related_name="+", db_index=False,
        verbose_name=_("原登记县区"),
    )  # fmt: skip
    held_prefecture = models.ForeignKey(
        Division, models.PROTECT, null=True, editable=False, related_name="+", db_index=False,
        verbose_name=_("原登记市州"),
    )  # fmt: skip
    state = models.CharField(
        _("状态"), max_length=10, choices=TransferState, default=TransferState.WAITING, editable=False
    )
    why = models.CharField(_("申请原因"), max_length=10, choices=TransferReason)
    # The row that asked: its upload, sheet and row number. Nothing of what it says.
    asked_from = models.CharField(_("申请的批次"), max_length=40, editable=False)
    asked_row = models.CharField(_("申请的行"), max_length=120, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("申请人")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("答复人"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("答复时间"), null=True, editable=False)
    refusal = models.CharField(_("不同意的原因"), max_length=20, choices=TransferRefusal, blank=True)

    detail_route = "children:transfer"

    objects = TransferQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("转入申请")
        verbose_name_plural = pgettext_lazy("名单", "转入申请")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("child", "county"), condition=Q(state="waiting"), name="transfer_asked_once"
            ),
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="transfer_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | Q(decided_at__isnull=False),
                name="transfer_decided_at",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") ^ Q(refusal=""), name="transfer_refusal_has_reason"
            ),
        )
        indexes = (
            models.Index(fields=("county", "state", "-id"), name="transfer_county"),
            models.Index(fields=("prefecture", "state", "-id"), name="transfer_prefecture"),
            models.Index(fields=("held_county", "state", "-id"), name="transfer_held_county"),
            models.Index(fields=("held_prefecture", "state", "-id"), name="transfer_held_prefecture"),
        )

    @property
    def is_waiting(self) -> bool:
        return self.state == TransferState.WAITING

    def hold(self) -> None:
        """Remember whose record it is now."""
        self.held_division_id = self.child.division_id
        self.held_county_id, self.held_prefecture_id = self.child.county_id, self.child.prefecture_id
