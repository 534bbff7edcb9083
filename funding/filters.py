"""What the lists of money can be asked for."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.code_tables import SpendingCategory
from funding.models import Allocation, Disbursement, Expenditure, Receipt, Reconciliation, Source
from gansu_care.divisions.models import Division
from gansu_care.pages.standing import places_below

ALL = _("全部")


class MoneyFilter(django_filters.FilterSet):
    """The conditions that every list of money has. `texts` are the columns that a keyword may stand in."""

    texts: tuple[str, ...] = ()
    q = django_filters.CharFilter(label=_("关键词"), method="by_text", max_length=60)
    place = django_filters.ModelChoiceFilter(
        label=_("接收单位"), queryset=places_below, method="by_place", to_field_name="code", empty_label=ALL
    )
    year = django_filters.NumberFilter(label=_("年度"), method="by_year", min_value=2000, max_value=2100)
    until = django_filters.DateFilter(label=_("截至"), method="by_until")
    batch = django_filters.CharFilter(label=_("来源批次号"), field_name="upload_number", max_length=40)

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        wanted = Q(number=text.upper())
        for column in self.texts:
            wanted |= Q(**{f"{column}__contains": text})
        return rows.filter(wanted)

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)

    def by_year(self, rows: Any, name: str, value: Any) -> Any:
        return rows.during(int(value))

    def by_until(self, rows: Any, name: str, value: date) -> Any:
        return rows.until(value)


class ReceiptFilter(MoneyFilter):
    texts = ("voucher_no", "donor", "channel", "project")
    source = django_filters.ModelChoiceFilter(
        label=_("资金来源"), queryset=Source.objects.all(), field_name="sources", empty_label=ALL
    )

    class Meta:
        model = Receipt
        fields: tuple[str, ...] = ()


class AllocationFilter(MoneyFilter):
    texts = ("document_no", "purpose", "center__name")
    source = django_filters.ModelChoiceFilter(
        label=_("资金来源"), queryset=Source.objects.all(), empty_label=ALL
    )
    center = django_filters.CharFilter(label=_("活动中心编号"), field_name="center__number", max_length=12)

    class Meta:
        model = Allocation
        fields: tuple[str, ...] = ()


class DisbursementFilter(MoneyFilter):
    texts = ("voucher_no", "bank_slip_no", "payee", "allocation__document_no")
    source = django_filters.ModelChoiceFilter(
        label=_("资金来源"), queryset=Source.objects.all(), field_name="allocation__source", empty_label=ALL
    )
    center = django_filters.CharFilter(
        label=_("活动中心编号"), field_name="allocation__center__number", max_length=12
    )

    class Meta:
        model = Disbursement
        fields: tuple[str, ...] = ()


class ExpenditureFilter(MoneyFilter):
    texts = ("voucher_no", "supplier", "center__name")
    category = django_filters.ChoiceFilter(
        label=_("支出类别"), choices=SpendingCategory.choices, empty_label=ALL
    )
    source = django_filters.ModelChoiceFilter(
        label=_("资金来源"), queryset=Source.objects.all(), empty_label=ALL
    )
    center = django_filters.CharFilter(label=_("活动中心编号"), field_name="center__number", max_length=12)

    class Meta:
        model = Expenditure
        fields: tuple[str, ...] = ()


class ReconciliationFilter(django_filters.FilterSet):
    place = django_filters.ModelChoiceFilter(
        label=_("所在区划"), queryset=places_below, method="by_place", to_field_name="code", empty_label=ALL
    )
    year = django_filters.NumberFilter(label=_("年度"), method="by_year", min_value=2000, max_value=2100)
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[("open", _("未结账")), ("closed", _("已结账"))], method="by_state",
        empty_label=ALL,
    )  # fmt: skip

    class Meta:
        model = Reconciliation
        fields: tuple[str, ...] = ()

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)

    def by_year(self, rows: Any, name: str, value: Any) -> Any:
        return rows.during(int(value))

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.closed() if value == "closed" else rows.open()
