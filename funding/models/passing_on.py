"""Money passed on: allocated by a document, then paid out."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centers.models import Center
from funding.models.money_row import MoneyRow, above_zero_or_reversing, money, sum_of
from funding.models.receipts import Receipt
from funding.models.sources import Source
from funding.querysets import AllocationQuerySet, DisbursementQuerySet
from gansu_care.trail.registry import history


class Allocation(MoneyRow):
    """Money allocated to a division or to one center in it, from a source; out of one receipt where that is known."""

    document_no = models.CharField(_("分配文号"), max_length=60, blank=True)
    allocated_on = models.DateField(_("下达日期"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="allocations", verbose_name=_("资金来源"))
    receipt = models.ForeignKey(
        Receipt, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name=_("资金到账")
    )
    center = models.ForeignKey(
        Center, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name=_("活动中心")
    )
    amount = money(_("金额（元）"))
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    approver = models.CharField(_("批准人"), max_length=50, blank=True)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "funding:allocation_detail"

    objects = AllocationQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金分配")
        verbose_name_plural = pgettext_lazy("名单", "资金分配")
        ordering = ("-allocated_on", "-id")
        constraints = (above_zero_or_reversing("allocation_amount_positive"),)
        indexes = (
            models.Index(fields=("county", "allocated_on", "id"), name="allocation_county"),
            models.Index(fields=("prefecture", "allocated_on", "id"), name="allocation_prefecture"),
            models.Index(fields=("allocated_on", "id"), name="allocation_day"),
            models.Index(fields=("document_no",), name="allocation_document"),
        )

    def disbursed(self) -> Decimal:
        """What was paid out of it, less what came back."""
        return sum_of(self.disbursements)

    def left(self) -> Decimal:
        return self.net() - self.disbursed()


class Disbursement(MoneyRow):
    """Money of an allocation that was paid out. Its unit is that of the allocation."""

    allocation = models.ForeignKey(
        Allocation, models.PROTECT, related_name="disbursements", verbose_name=_("资金分配")
    )
    disbursed_on = models.DateField(_("拨付日期"))
    payee = models.CharField(_("收款单位"), max_length=100)
    amount = money(_("金额（元）"))
    voucher_no = models.CharField(_("凭证号"), max_length=60, blank=True)
    bank_slip_no = models.CharField(_("银行回单号"), max_length=60, blank=True)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "funding:disbursement_detail"

    objects = DisbursementQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金拨付")
        verbose_name_plural = pgettext_lazy("名单", "资金拨付")
        ordering = ("-disbursed_on", "-id")
        constraints = (above_zero_or_reversing("disbursement_amount_positive"),)
        indexes = (
            models.Index(fields=("county", "disbursed_on", "id"), name="disbursement_county"),
            models.Index(fields=("prefecture", "disbursed_on", "id"), name="disbursement_prefecture"),
            models.Index(fields=("disbursed_on", "id"), name="disbursement_day"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.division_id = self.allocation.division_id
        super().save(*args, **kwargs)
