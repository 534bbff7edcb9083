"""What the lists of centers and equipment can be asked for."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centers.code_tables import CenterStatus, CenterType, Condition, EquipmentCategory, HostType
from centers.models import Center, Equipment
from centers.source_kinds import SourceKind
from gansu_care.divisions.models import Division
from gansu_care.pages.standing import places_below

ALL = _("全部")


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
