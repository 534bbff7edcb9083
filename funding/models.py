"""Money: who gave (source, donor and channel apart), what came, where it went, what it bought. Decimal yuan."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centers.models import Center, Equipment
from centers.source_kinds import SourceKind
from funding.code_tables import SpendingCategory
from funding.querysets import (
    AllocationQuerySet,
    ExpenditureQuerySet,
    ReceiptQuerySet,
    ReceiptShareQuerySet,
    SharedQuerySet,
)
from gansu_care.divisions.models import english_is_active
from gansu_care.trail.registry import RegistryRow, history

FEN = Decimal("0.01")


def money(label: Any, **kwargs: Any) -> models.DecimalField:
    """Yuan with two decimals, above zero."""
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, validators=[MinValueValidator(FEN)], **kwargs
    )


class Source(models.Model):
    """Where money comes from. Several may stand on one receipt; a donor or a channel is another thing."""

    name = models.CharField(_("资金来源"), max_length=100, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=150, blank=True)
    kind = models.CharField(_("来源种类"), max_length=20, choices=SourceKind)
    in_use = models.BooleanField(_("使用中"), default=True)

    objects = SharedQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金来源")
        verbose_name_plural = pgettext_lazy("名单", "资金来源")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page; workbooks keep the Chinese one."""
        return self.name_en if english_is_active() and self.name_en else self.name


class Receipt(RegistryRow):
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
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_amount_positive"),
            models.CheckConstraint(
                condition=Q(in_kind__gte=0) & Q(in_kind__lte=F("amount")), name="receipt_in_kind_within"
            ),
        )
        indexes = (
            models.Index(fields=("county", "received_on", "id"), name="receipt_county"),
            models.Index(fields=("prefecture", "received_on", "id"), name="receipt_prefecture"),
            models.Index(fields=("received_on", "id"), name="receipt_day"),
            models.Index(fields=("voucher_no",), name="receipt_voucher"),
        )


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


class Allocation(RegistryRow):
    """Money allocated to a division or to one center in it, from a source."""

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
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_amount_positive"),)
        indexes = (
            models.Index(fields=("county", "allocated_on", "id"), name="allocation_county"),
            models.Index(fields=("prefecture", "allocated_on", "id"), name="allocation_prefecture"),
            models.Index(fields=("allocated_on", "id"), name="allocation_day"),
            models.Index(fields=("document_no",), name="allocation_document"),
        )

    def clean(self) -> None:
        if self.center and self.division_id and self.center.division_id != self.division_id:
            raise ValidationError({"center": _("这个活动中心不在所选的接收单位。请改选接收单位或活动中心。")})


class Expenditure(RegistryRow):
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
            models.CheckConstraint(condition=Q(amount__gt=0), name="expenditure_amount_positive"),
            models.CheckConstraint(
                condition=Q(category__in=SpendingCategory.values), name="expenditure_category_known"
            ),
        )
        indexes = (
            models.Index(fields=("county", "spent_on", "id"), name="expenditure_county"),
            models.Index(fields=("prefecture", "spent_on", "id"), name="expenditure_prefecture"),
            models.Index(fields=("spent_on", "id"), name="expenditure_day"),
        )
