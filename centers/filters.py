"""What the lists of centers and equipment can be asked for."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.code_tables import (
    CenterLevel,
    CenterStatus,
    CenterType,
    Condition,
    EquipmentCategory,
    HostType,
    Obtained,
)
from centers.models import Center, Equipment
from centers.source_kinds import SourceKind
from gansu_care.divisions.models import Division
from gansu_care.pages.standing import places_below, standing_of

ALL = _("全部")
LOANS = [("out", _("借出中")), ("overdue", _("逾期未还"))]
STOCKTAKES = [("counted", _("已盘点")), ("uncounted", _("未盘点")), ("differing", _("盘点有差异"))]


class PlacedFilter(django_filters.FilterSet):
    """The conditions that every list of places has."""

    q = django_filters.CharFilter(label=_("关键词"), method="by_text", max_length=60)
    place = django_filters.ModelChoiceFilter(
        label=_("所在区划"), queryset=places_below, method="by_place", to_field_name="code", empty_label=ALL
    )

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)


class CenterFilter(PlacedFilter):
    status = django_filters.ChoiceFilter(label=_("状态"), choices=CenterStatus.choices, empty_label=ALL)
    type = django_filters.ChoiceFilter(label=_("类型"), choices=CenterType.choices, empty_label=ALL)
    host_type = django_filters.ChoiceFilter(label=_("依托单位"), choices=HostType.choices, empty_label=ALL)
    level = django_filters.ChoiceFilter(label=_("级别"), choices=CenterLevel.choices, empty_label=ALL)
    free = django_filters.ChoiceFilter(
        label=_("是否免费开放"),
        field_name="free_of_charge",
        choices=[("True", _("是")), ("False", _("否"))],
        empty_label=ALL,
    )
    built = django_filters.NumberFilter(
        label=_("建成年份"), field_name="built_on", lookup_expr="year", min_value=2008, max_value=2100
    )
    batch = django_filters.CharFilter(label=_("来源批次号"), field_name="upload_number", max_length=40)

    class Meta:
        model = Center
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        if text.upper().startswith("GC"):
            return rows.filter(number__prefix=text.upper())
        return rows.filter(Q(name__contains=text) | Q(host__contains=text))


class EquipmentFilter(PlacedFilter):
    category = django_filters.ChoiceFilter(
        label=_("类别"), choices=EquipmentCategory.choices, empty_label=ALL
    )
    condition = django_filters.ChoiceFilter(label=_("状况"), choices=Condition.choices, empty_label=ALL)
    source_kind = django_filters.ChoiceFilter(
        label=_("资金来源"), choices=SourceKind.choices, empty_label=ALL
    )
    obtained = django_filters.ChoiceFilter(label=_("取得方式"), choices=Obtained.choices, empty_label=ALL)
    stocktake = django_filters.ChoiceFilter(
        label=_("本年盘点"), choices=STOCKTAKES, method="by_stocktake", empty_label=ALL
    )
    loan = django_filters.ChoiceFilter(label=_("借用"), choices=LOANS, method="by_loan", empty_label=ALL)
    center = django_filters.CharFilter(label=_("活动中心编号"), field_name="center__number", max_length=12)
    batch = django_filters.CharFilter(label=_("来源批次号"), field_name="upload_number", max_length=40)

    class Meta:
        model = Equipment
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        if text.upper().startswith("GC"):
            return rows.filter(Q(number__prefix=text.upper()) | Q(center__number=text.upper()))
        return rows.filter(Q(item__contains=text) | Q(asset_no=text) | Q(center__name__contains=text))

    def by_stocktake(self, rows: Any, name: str, value: str) -> Any:
        """Of the year that the top bar shows; what is no longer on hand need not be counted."""
        year = standing_of(self.request).year
        if value == "uncounted":
            counted = rows.counted_during(year).values("pk")
            return rows.on_hand_on(timezone.localdate()).exclude(pk__in=counted)
        return rows.counted_during(year) if value == "counted" else rows.differing_during(year)

    def by_loan(self, rows: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        return rows.lent_on(today) if value == "out" else rows.overdue_on(today)
