"""A standing grant: what an account was given, by whom, for how long."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Division


def _somebody(title: Any) -> models.ForeignKey:
    """Who did something to a grant; nobody where the program itself did."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(
        user, on_delete=models.PROTECT, null=True, blank=True, verbose_name=title, related_name="+"
    )


class Grant(models.Model):
    """One standing grant: this role at this division from one day to another, who gave it, who approved it, why.

    `valid_until` is its last day; none: until it is ended. Grants are never rewritten into others: what changes is a
    new grant, and the earlier one is closed. The rules stand in accounts/grants.py.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("账号"), related_name="grants"
    )
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    division = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("行政区划"),
        related_name="+",
    )
    valid_from = models.DateField(_("起"))
    valid_until = models.DateField(_("止"), null=True, blank=True)
    for_contractor = models.BooleanField(_("外部人员"), default=False)
    reason = models.CharField(_("授权依据"), max_length=200, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("授权人"),
        related_name="+",
    )
    given_at = models.DateTimeField(_("授权时间"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("审批人"),
        related_name="+",
    )
    approved_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("收回人"),
        related_name="+",
    )
    closed_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    close_reason = models.CharField(_("收回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(for_contractor=False) | models.Q(valid_until__isnull=False),
                name="grant_contractor_time_limited",
            ),
            models.UniqueConstraint(
                fields=("account", "valid_from"),
                condition=models.Q(closed_at=None, approved_at__isnull=False),
                name="grant_one_from_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.valid_from:%Y-%m-%d}"

    def holds_on(self, day: date) -> bool:
        """Whether it gives its role on this day."""
        begun = self.approved_at is not None and self.closed_at is None and self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


def standing_grant(user: Any, **values: Any) -> dict[str, Any]:
    """The columns of the grant that an account made by the program itself repeats: approved, given by nobody."""
    return {
        "account": user,
        "role": user.role,
        "division_id": user.division_id,
        "valid_from": user.granted_from,
        "valid_until": user.granted_until,
        "for_contractor": user.is_contractor,
        "approved_at": timezone.now(),
        **values,
    }
