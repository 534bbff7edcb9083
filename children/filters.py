"""What a list of children can be asked for."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children.code_tables import Assessment, Schooling, Sex
from children.left_behind import Situation
from children.models import Child, ChildStatus
from children.search import lines_along, search_children
from gansu_care.divisions.models import Division, Level
from gansu_care.pages.keyset import Along
from gansu_care.pages.standing import places_below, standing_of

AGE_BANDS = {"0-5": (0, 5), "6-13": (6, 13), "14-15": (14, 15), "16-17": (16, 17)}
TYPES_OF = {Assessment.GOOD: ["5"], Assessment.FAIR: ["4"], Assessment.POOR: ["1", "2", "3"]}


class ChildFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("关键词"), method="by_text", max_length=60)
    place = django_filters.ModelChoiceFilter(
        label=_("所在区划"),
        queryset=places_below,
        method="by_place",
        to_field_name="code",
        empty_label=_("全部"),
    )
    status = django_filters.ChoiceFilter(label=_("状态"), choices=ChildStatus.listed(), empty_label=_("全部"))
    situation = django_filters.ChoiceFilter(
        label=_("留守情形"), choices=Situation.choices, method="by_situation", empty_label=_("全部")
    )
    age = django_filters.ChoiceFilter(
        label=_("年龄段"),
        choices=[(key, f"{low}–{high}") for key, (low, high) in AGE_BANDS.items()],
        method="by_age",
        empty_label=_("全部"),
    )
    care = django_filters.ChoiceFilter(
        label=_("监护评估"), choices=Assessment.choices, method="by_care", empty_label=_("全部")
    )
    sex = django_filters.ChoiceFilter(
        label=_("性别"), choices=[c for c in Sex.choices if c[0] in "12"], empty_label=_("全部")
    )
    schooling = django_filters.ChoiceFilter(
        label=_("就学情况"), choices=Schooling.choices, empty_label=_("全部")
    )
    batch = django_filters.CharFilter(label=_("来源批次号"), field_name="upload_number", max_length=40)

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.attrs["placeholder"] = _("姓名、拼音首字母、编号、身份证号")

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        return search_children(rows, value, self.request.user, anywhere=self._is_inside_a_county)

    @property
    def along(self) -> Along | None:
        """Where to look up the name that was typed, if it was one."""
        typed = self.form.cleaned_data if self.form.is_valid() else {}
        division = typed.get("place") or standing_of(self.request).division
        if not typed.get("q") or division is None:
            return None
        return lines_along(typed["q"], division, anywhere=self._is_inside_a_county)

    @property
    def beside_text(self) -> Any:
        """The rows as filtered by all but the text."""
        others = self.data.copy()
        others.pop("q", None)
        return type(self)(others, queryset=self.queryset, request=self.request).qs

    @property
    def _is_inside_a_county(self) -> bool:
        division = standing_of(self.request).division
        return division is not None and (
            division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county
        )

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.within(value)

    def by_situation(self, rows: Any, name: str, value: str) -> Any:
        return rows.in_situation(value, timezone.localdate())

    def by_age(self, rows: Any, name: str, value: str) -> Any:
        return rows.aged(*AGE_BANDS[value], timezone.localdate())

    def by_care(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(guardianship_type__in=TYPES_OF[Assessment(value)])
