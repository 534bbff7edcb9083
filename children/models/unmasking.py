"""A request to look at full values of one child, of somebody who may not open them of her own accord."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.roles import Right
from gansu_care.divisions.placing import Divided
from gansu_care.divisions.scoping import ScopedQuerySet

GOOD_FOR = timedelta(hours=24)
WAITS_FOR = timedelta(days=7)


class UnmaskState(models.TextChoices):
    WAITING = "waiting", _("待审批")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class UnmaskRequestQuerySet(ScopedQuerySet):
    """One's own, and those of the units that one may approve for."""

    right = Right.SEE_PERSONS

    def visible_to(self, user: Any) -> Self:
        inside = super().visible_to(user)
        return inside if user.may(Right.APPROVE_UNMASK) else inside.filter(user=user.pk)

    def to_be_decided_by(self, user: Any) -> Self:
        if not user.may(Right.APPROVE_UNMASK):
            return self.none()
        waiting = self.visible_to(user).filter(state=UnmaskState.WAITING, until__gt=timezone.now())
        return waiting.exclude(user=user.pk)

    def good_for(self, user: Any, number: str) -> Self:
        """Those that open values of this child to this user now."""
        return self.filter(
            user=user.pk, child_number=number, state=UnmaskState.APPROVED, until__gt=timezone.now()
        )


class UnmaskRequest(Divided):
    """`division` is the requester's own unit. The child is named by her number: a request outlives her record."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    child_number = models.CharField(_("档案编号"), max_length=12)
    values = models.JSONField(_("要看的内容"), default=list)
    reason = models.CharField(_("原因"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=UnmaskState, default=UnmaskState.WAITING)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now, editable=False)
    # Until when it waits for an answer; once agreed to, until when it holds.
    until = models.DateTimeField(_("有效期至"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    refusal = models.CharField(_("未批准的原因"), max_length=200, blank=True)

    objects = UnmaskRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("查看申请")
        verbose_name_plural = pgettext_lazy("名单", "查看申请")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=UnmaskState.values), name="unmask_state_known"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")), name="unmask_never_by_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "refused")) | Q(decided_by__isnull=False),
                name="unmask_decided_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("user", "child_number", "-id"), name="unmask_user_child"),
            models.Index(fields=("state", "-id"), name="unmask_state"),
        )

    def __str__(self) -> str:
        return f"{self.child_number} {self.pk}"

    @property
    def is_good(self) -> bool:
        return self.state == UnmaskState.APPROVED and timezone.now() < self.until

    @property
    def is_waiting(self) -> bool:
        return self.state == UnmaskState.WAITING and timezone.now() < self.until
