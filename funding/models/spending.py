"""Money spent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centers.models import Center, Equipment
from funding.code_tables import SpendingCategory
from funding.models.money_row import MoneyRow, above_zero_or_reversing, money
from funding.models.sources import Source
from funding.querysets import ExpenditureQuerySet
from gansu_care.trail.registry import history


class Expenditure(MoneyRow):
    """Money spent, for a center or a piece of equipment where that is known."""

    spent_on = models.DateField(_("支出日期"))
    category = models.CharField(_("支出类别"), max_length=12, choices=SpendingCategory)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="expenditures", verbose_name=_("资金来源")
    )
    amount = money(_("金额（元）"))
    voucher_no = models.CharField(_("凭证号"), max_length=60, blank=True)
    supplier = models.CharField(_("供应商"), max_length=100, blank=True)
    center = models.ForeignKey(
        Center, models.PROTECT, null=True, blank=True, related_name="expenditures", verbose_name=_("活动中心")
    )
    equipment = models.ForeignKey(
        Equipment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expenditures",
        verbose_name=_("设备物资"),
    )
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "funding:expenditure_detail"

    objects = ExpenditureQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金支出")
        verbose_name_plural = _("资金支出")
        ordering = ("-spent_on", "-id")
        constraints = (
            above_zero_or_reversing("expenditure_amount_positive"),
            models.CheckConstraint(
                condition=Q(category__in=SpendingCategory.values), name="expenditure_category_known"
            ),
        )
        indexes = (
            models.Index(fields=("county", "spent_on", "id"), name="expenditure_county"),
            models.Index(fields=("prefecture", "spent_on", "id"), name="expenditure_prefecture"),
            models.Index(fields=("spent_on", "id"), name="expenditure_day"),
        )
