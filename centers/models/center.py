"""Activity centers and the dated facts of their status."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centers.code_tables import CenterLevel, CenterStatus, CenterType, Datum, HostType, Room
from centers.opening_hours_field import OpeningHoursField
from centers.querysets import CenterQuerySet, CenterStateQuerySet
from gansu_care.sealed.fields import DigestField, SealedTextField
from gansu_care.sealed.masks import mask_phone
from gansu_care.trail.codes_field import CodesField
from gansu_care.trail.registry import RegistryRow, history


class Center(RegistryRow):
    """An activity center. Built is not operating: `built_on` counts it as built, its states say whether it runs."""

    name = models.CharField(_("中心名称"), max_length=100)
    type = models.CharField(_("类型"), max_length=20, choices=CenterType)
    level = models.CharField(_("级别"), max_length=10, choices=CenterLevel, blank=True)
    village = models.CharField(_("村（社区）"), max_length=60, blank=True)
    village_code = models.CharField(
        _("村（社区）代码"), max_length=12, blank=True,
        validators=[RegexValidator(r"\A\d{12}\Z", _("村（社区）代码是12位数字。"))],
    )  # fmt: skip
    address = models.CharField(_("详细地址"), max_length=200, blank=True)
    host_type = models.CharField(_("依托单位类型"), max_length=20, choices=HostType, blank=True)
    host = models.CharField(_("依托单位名称"), max_length=100, blank=True)
    built_on = models.DateField(_("建成日期"), null=True, blank=True)
    opened_on = models.DateField(_("启用日期"), null=True, blank=True)
    batch = models.CharField(_("建设批次"), max_length=100, blank=True)
    project_year = models.PositiveSmallIntegerField(_("项目年度"), null=True, blank=True)
    indoor_area = models.DecimalField(
        _("室内面积（㎡）"), max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )  # fmt: skip
    outdoor_area = models.DecimalField(
        _("室外面积（㎡）"), max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    seats = models.PositiveIntegerField(_("座位数"), null=True, blank=True)
    opening_hours = OpeningHoursField(_("开放时间"))
    free_of_charge = models.BooleanField(_("是否免费开放"), default=True)
    manager = models.CharField(_("负责人"), max_length=50, blank=True)
    manager_phone = SealedTextField(
        "centers.center.manager_phone",
        mask=mask_phone,
        digest_field="manager_phone_digest",
        verbose_name=_("负责人电话"),
    )
    manager_phone_digest = DigestField(of="manager_phone")
    manager_phone_digest_even = DigestField(of="manager_phone", even=True)
    full_time_staff = models.PositiveIntegerField(_("专职人员"), null=True, blank=True)
    part_time_staff = models.PositiveIntegerField(_("兼职人员"), null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("志愿者人数"), null=True, blank=True)
    children_served = models.PositiveIntegerField(_("服务儿童数"), null=True, blank=True)
    left_behind_served = models.PositiveIntegerField(_("其中留守儿童"), null=True, blank=True)
    rooms = CodesField(_("功能区"), table=Room)
    rules_posted = models.BooleanField(_("制度上墙"), null=True, blank=True)
    files_kept = models.BooleanField(_("档案齐全"), null=True, blank=True)
    sign_shown = models.BooleanField(_("标识牌"), null=True, blank=True)
    checked_on = models.DateField(_("现场核查日期"), null=True, blank=True)
    safety_checked_on = models.DateField(_("安全检查日期"), null=True, blank=True)
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(Decimal("92.2")), MaxValueValidator(Decimal("108.8"))],
    )  # fmt: skip
    latitude = models.DecimalField(
        _("纬度"), max_digits=8, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(Decimal("32.1")), MaxValueValidator(Decimal("43.0"))],
    )  # fmt: skip
    datum = models.CharField(_("坐标系"), max_length=10, choices=Datum, blank=True)
    # The latest of `states`, kept here for lists and filters; figures of a past day read the states.
    status = models.CharField(_("状态"), max_length=10, choices=CenterStatus, default=CenterStatus.OPERATING)
    remarks = models.TextField(_("备注"), max_length=2000, blank=True)

    detail_route = "centers:detail"

    objects = CenterQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("活动中心")
        verbose_name_plural = pgettext_lazy("名单", "活动中心")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("division", "name"),
                condition=Q(voided_on=None),
                name="center_name_in_division",
                violation_error_message=_("这个区划里已经有同名的活动中心。"),
            ),
            models.CheckConstraint(condition=Q(status__in=CenterStatus.values), name="center_status_known"),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(built_on=None) | Q(opened_on__gte=F("built_on")),
                name="center_opened_after_built",
                violation_error_message=_("启用日期早于建成日期，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(left_behind_served=None)
                | Q(children_served=None)
                | Q(left_behind_served__lte=F("children_served")),
                name="center_left_behind_within_served",
                violation_error_message=_("其中留守儿童数大于服务儿童数，请核对。"),
            ),
        )
        indexes = (
            models.Index(fields=("county", "id"), name="center_county"),
            models.Index(fields=("prefecture", "id"), name="center_prefecture"),
            models.Index(fields=("county", "name", "id"), name="center_county_name"),
            models.Index(fields=("prefecture", "name", "id"), name="center_prefecture_name"),
            models.Index(fields=("county", "built_on", "id"), name="center_county_built"),
            models.Index(fields=("built_on", "id"), name="center_built"),
        )


class CenterState(models.Model):
    """A dated fact: from `since` until `until` the center had this status. One open fact a center."""

    center = models.ForeignKey(
        Center, on_delete=models.PROTECT, related_name="states", verbose_name=_("活动中心")
    )
    status = models.CharField(_("状态"), max_length=10, choices=CenterStatus)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    successor = models.ForeignKey(
        Center, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("并入中心")
    )

    objects = CenterStateQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("中心状态")
        verbose_name_plural = _("中心状态")
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("center",), condition=Q(until=None), name="one_open_center_state"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="center_state_order"
            ),
        )
        indexes = (models.Index(fields=("center", "since"), name="center_state_since"),)

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.since}"
