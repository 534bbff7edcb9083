"""The equipment ledger of centers: what came, what is counted once a year, what is lent, what is gone."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from centers.code_tables import GONE, Condition, Disposal, EquipmentCategory, Obtained, Unit
from centers.models.center import Center
from centers.querysets import EquipmentQuerySet, LoanQuerySet, StocktakeQuerySet
from centers.source_kinds import SourceKind
from gansu_care.trail.registry import RegistryRow, history

ZERO = MinValueValidator(Decimal(0))


class Equipment(RegistryRow):
    """One item or one lot of a center's ledger. Its place is its center's."""

    center = models.ForeignKey(
        Center, on_delete=models.PROTECT, related_name="equipment", verbose_name=_("活动中心")
    )
    asset_no = models.CharField(_("资产编号"), max_length=60, blank=True)
    category = models.CharField(_("类别"), max_length=2, choices=EquipmentCategory)
    item = models.CharField(_("品名"), max_length=100)
    model = models.CharField(_("规格型号"), max_length=100, blank=True)
    serial_no = models.CharField(_("序列号"), max_length=100, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2, validators=[ZERO])
    unit = models.CharField(_("单位"), max_length=4, choices=Unit, blank=True)
    unit_price = models.DecimalField(
        _("单价（元）"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[ZERO]
    )
    amount = models.DecimalField(
        _("金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[ZERO]
    )
    obtained = models.CharField(_("取得方式"), max_length=10, choices=Obtained, blank=True)
    obtained_on = models.DateField(_("购置（接收）日期"), null=True, blank=True)
    source_kind = models.CharField(_("资金来源"), max_length=20, choices=SourceKind, blank=True)
    donor = models.CharField(_("捐赠方"), max_length=100, blank=True)
    accepted_by = models.CharField(_("验收人"), max_length=100, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    place = models.CharField(_("存放地点"), max_length=100, blank=True)
    keeper = models.CharField(_("保管人"), max_length=50, blank=True)
    condition = models.CharField(_("状况"), max_length=10, choices=Condition, default=Condition.GOOD)
    disposed_on = models.DateField(_("处置日期"), null=True, blank=True)
    disposal = models.CharField(_("处置方式"), max_length=10, choices=Disposal, blank=True)
    disposal_keeper = models.CharField(_("处置签字：保管人"), max_length=50, blank=True)
    disposal_head = models.CharField(_("处置签字：中心负责人"), max_length=50, blank=True)
    disposal_approver = models.CharField(_("处置批准人"), max_length=50, blank=True)
    # The record that this one was parted from, or the one that left another center when this one came.
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="parted",
        verbose_name=_("来自"),
    )
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "centers:equipment_detail"

    objects = EquipmentQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("设备物资")
        verbose_name_plural = _("设备物资")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("center", "asset_no"),
                condition=~Q(asset_no="") & Q(voided_on=None),
                name="asset_no_in_center",
                violation_error_message=_("这个活动中心已经有相同的资产编号。"),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="equipment_quantity_not_negative"),
            models.CheckConstraint(
                condition=Q(category__in=EquipmentCategory.values), name="equipment_category"
            ),
            models.CheckConstraint(condition=Q(condition__in=Condition.values), name="equipment_condition"),
            models.CheckConstraint(
                condition=~Q(condition__in=GONE) | Q(disposed_on__isnull=False),
                name="equipment_gone_has_date",
            ),
        )
        indexes = (
            models.Index(fields=("county", "id"), name="equipment_county"),
            models.Index(fields=("prefecture", "id"), name="equipment_prefecture"),
            models.Index(fields=("county", "category", "id"), name="equipment_county_category"),
            models.Index(fields=("prefecture", "category", "id"), name="equipment_pref_category"),
            models.Index(fields=("category", "id"), name="equipment_by_category"),
            models.Index(fields=("center", "category"), name="equipment_center"),
        )

    def save(self, *args: object, **kwargs: object) -> None:
        self.division_id = self.center.division_id
        super().save(*args, **kwargs)

    def lent_out(self) -> Decimal:
        """How many are lent and not yet back."""
        lent = self.loans.filter(returned_on=None).aggregate(n=Sum("quantity"))["n"]
        return lent or Decimal(0)

    @property
    def is_gone(self) -> bool:
        return self.condition in GONE


class Stocktake(models.Model):
    """One count of one record, once a year at the end of the school year: the ledger's number and the real one."""

    equipment = models.ForeignKey(
        Equipment, models.PROTECT, related_name="stocktakes", verbose_name=_("设备物资")
    )
    counted_on = models.DateField(_("盘点日期"))
    book = models.DecimalField(_("账面数"), max_digits=12, decimal_places=2, validators=[ZERO])
    counted = models.DecimalField(_("实盘数"), max_digits=12, decimal_places=2, validators=[ZERO])
    explanation = models.CharField(_("差异说明"), max_length=200, blank=True)
    counted_by = models.CharField(_("盘点人"), max_length=100, blank=True)

    objects = StocktakeQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("盘点")
        verbose_name_plural = _("盘点")
        ordering = ("-counted_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("equipment", "counted_on"), name="one_stocktake_a_day"),
            models.CheckConstraint(
                condition=Q(book__gte=0) & Q(counted__gte=0), name="stocktake_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(counted=F("book")) | ~Q(explanation=""), name="stocktake_difference_explained"
            ),
        )

    def __str__(self) -> str:
        return f"{self.counted_on} {self.difference:+}"

    @property
    def difference(self) -> Decimal:
        return self.counted - self.book


class Loan(models.Model):
    """Something that somebody took home, until it is back."""

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="loans", verbose_name=_("设备物资"))
    borrower = models.CharField(_("借用人"), max_length=100)
    quantity = models.DecimalField(_("借用数量"), max_digits=12, decimal_places=2)
    lent_on = models.DateField(_("借出日期"))
    due_on = models.DateField(_("应还日期"))
    returned_on = models.DateField(_("归还日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = LoanQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("借用")
        verbose_name_plural = _("借用")
        ordering = ("-lent_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gt=0), name="loan_quantity_positive"),
            models.CheckConstraint(condition=Q(due_on__gte=F("lent_on")), name="loan_due_after_lent"),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("lent_on")), name="loan_back_after_lent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.borrower} {self.lent_on}"
