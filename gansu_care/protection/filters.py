"""What the lists of personal information protection can be asked for."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from children.code_tables import ErasureGround
from gansu_care.divisions.models import Division
from gansu_care.pages.standing import places_below
from gansu_care.protection.code_tables import Harm, RequestKind, RequestState

ALL = _("全部")


class PlaceFilter(django_filters.FilterSet):
    """The condition that every list has."""

    place = django_filters.ModelChoiceFilter(
        label=_("所在区划"), queryset=places_below, method="by_place", to_field_name="code", empty_label=ALL
    )

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)


class DueFilter(PlaceFilter):
    ground = django_filters.ChoiceFilter(
        label=_("依据"),
        choices=[choice for choice in ErasureGround.choices if choice[0] != ErasureGround.REQUEST],
        empty_label=ALL,
    )


class PersonRequestFilter(PlaceFilter):
    kind = django_filters.ChoiceFilter(label=_("请求事项"), choices=RequestKind.choices, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=RequestState.choices, empty_label=ALL)


class IncidentFilter(PlaceFilter):
    closed = django_filters.ChoiceFilter(
        label=_("处置完毕"), choices=[("1", _("是")), ("0", _("否"))], empty_label=ALL, method="by_closed"
    )

    def by_closed(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(closed_on__isnull=value == "0")


class MandatoryReportFilter(PlaceFilter):
    harm = django_filters.ChoiceFilter(label=_("情形"), choices=Harm.choices, empty_label=ALL)


class AssessmentFilter(PlaceFilter):
    pass
