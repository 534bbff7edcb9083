"""A unit's month, reconciled by one person and reviewed by another, who closes it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.querysets import ReconciliationQuerySet
from gansu_care.trail.registry import RegistryRow, history


class Reconciliation(RegistryRow):
    """`month` is its first day. Once it is closed (`closed_on`), the month takes only reversing entries."""

    month = models.DateField(_("对账月份"))
    book = models.DecimalField(_("账面数（元）"), max_digits=14, decimal_places=2)
    vouchers = models.DecimalField(_("凭证合计（元）"), max_digits=14, decimal_places=2)
    explanation = models.CharField(_("差异说明"), max_length=200, blank=True)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("对账人")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("复核人"),
    )  # fmt: skip
    closed_on = models.DateField(_("结账日期"), null=True, blank=True, editable=False)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "funding:reconciliation_detail"

    objects = ReconciliationQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("对账")
        verbose_name_plural = pgettext_lazy("名单", "对账")
        ordering = ("-month", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("division", "month"),
                condition=Q(voided_on=None),
                name="reconciliation_once_a_month",
                violation_error_message=_("这个单位这个月已经对过账。"),
            ),
            models.CheckConstraint(
                condition=Q(book=F("vouchers")) | ~Q(explanation=""), name="reconciliation_explained"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("reconciled_by")),
                name="reconciliation_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, closed_on=None)
                | Q(reviewed_by__isnull=False, closed_on__isnull=False),
                name="reconciliation_closed_by_reviewer",
            ),
        )
        indexes = (
            models.Index(fields=("county", "month", "id"), name="reconciliation_county"),
            models.Index(fields=("prefecture", "month", "id"), name="reconciliation_prefecture"),
            models.Index(fields=("month", "id"), name="reconciliation_month"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.month = self.month.replace(day=1)
        super().save(*args, **kwargs)

    @property
    def difference(self) -> Decimal:
        return self.book - self.vouchers

    @property
    def last_day(self) -> date:
        following = date(self.month.year + self.month.month // 12, self.month.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
