"""Money that came, and how several sources of one receipt share it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models.money_row import MoneyRow, above_zero_or_reversing, money, sum_of
from funding.models.sources import Source
from funding.querysets import ReceiptQuerySet, ReceiptShareQuerySet
from gansu_care.trail.registry import history


class Receipt(MoneyRow):
    """Money that came. `division` is the receiving unit; in-kind value is part of the amount."""

    sources = models.ManyToManyField(Source, through="ReceiptShare", verbose_name=_("资金来源"))
    donor = models.CharField(_("捐赠方"), max_length=100, blank=True)
    channel = models.CharField(_("通过渠道"), max_length=100, blank=True)
    project = models.CharField(_("项目"), max_length=100, blank=True)
    batch = models.CharField(_("批次"), max_length=60, blank=True)
    restriction = models.CharField(_("用途限定"), max_length=200, blank=True)
    amount = money(_("金额（元）"))
    in_kind = models.DecimalField(
        _("其中实物折价（元）"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    received_on = models.DateField(_("到账日期"))
    voucher_no = models.CharField(_("票据（凭证）号"), max_length=60, blank=True)
    clerk = models.CharField(_("经办人"), max_length=50, blank=True)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "funding:receipt_detail"

    objects = ReceiptQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金到账")
        verbose_name_plural = pgettext_lazy("名单", "资金到账")
        ordering = ("-received_on", "-id")
        constraints = (
            above_zero_or_reversing("receipt_amount_positive"),
            models.CheckConstraint(
                condition=Q(in_kind__gte=0, in_kind__lte=F("amount"))
                | Q(reverses__isnull=False, in_kind__lte=0, in_kind__gte=F("amount")),
                name="receipt_in_kind_within",
            ),
        )
        indexes = (
            models.Index(fields=("county", "received_on", "id"), name="receipt_county"),
            models.Index(fields=("prefecture", "received_on", "id"), name="receipt_prefecture"),
            models.Index(fields=("received_on", "id"), name="receipt_day"),
            models.Index(fields=("voucher_no",), name="receipt_voucher"),
        )

    def allocated(self) -> Decimal:
        """What was allocated of it, less what came back."""
        return sum_of(self.allocations)

    def left(self) -> Decimal:
        return self.net() - self.allocated()


class ReceiptShare(models.Model):
    """One source of a receipt. `amount` is empty when the split between joint sources is not known."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="shares", verbose_name=_("资金到账"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="shares", verbose_name=_("资金来源"))
    amount = money(_("金额（元）"), null=True, blank=True)

    objects = ReceiptShareQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("到账来源")
        verbose_name_plural = _("到账来源")
        constraints = (models.UniqueConstraint(fields=("receipt", "source"), name="source_once_a_receipt"),)

    def __str__(self) -> str:
        return str(self.source)
