"""The list of divisions: its conditions and its columns."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.models import Division, DivisionName, Level
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.templatetags.gc import day, number

ALL = _("全部")


class DivisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称或代码"), method="by_text", max_length=60)
    level = django_filters.ChoiceFilter(label=_("级别"), choices=Level.choices, empty_label=ALL)
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[("in_force", _("现行")), ("ended", _("已停用"))],
        method="by_state",
        empty_label=ALL,
    )

    class Meta:
        model = Division
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        """Names of today and before, English ones, and codes; wherever in the province."""
        text = value.strip().replace("\0", "")
        other = DivisionName.objects.filter(division=OuterRef("pk"), name__contains=text)
        return rows.filter(
            Q(code__prefix=text) | Q(name__contains=text) | Q(name_en__icontains=text) | Exists(other)
        )

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(valid_to__isnull=value == "in_force")


class DivisionTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    name = tables.Column(_("名称"), attrs=cell("name"))
    code = tables.Column(_("区划代码"), attrs=cell("nowrap"))
    level = tables.Column(_("级别"), attrs=cell("nowrap"))
    parent = tables.Column(_("上级区划"), default="—", attrs=cell("nowrap"))
    other_names = tables.Column(_("其他名称"), accessor="pk", attrs=cell("cut all-sm"))
    below = tables.Column(_("下级区划"), accessor="below_count", attrs=cell("num"))
    valid_from = tables.Column(_("启用日期"), default="—", attrs=cell("nowrap drop-md drop-sm"))
    state = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))

    class Meta:
        model = Division
        fields: tuple[str, ...] = ()

    def render_name(self, record: Division) -> str:
        label = record.label
        if not record.below_count:  # type: ignore[attr-defined]
            return label
        return format_html('<a href="{}?under={}">{}</a>', reverse("divisions:list"), record.code, label)

    def render_parent(self, value: Division) -> str:
        return value.label

    def render_other_names(self, record: Division) -> str:
        return str(_("、")).join(_in_words(other) for other in record.other_names.all()) or "—"

    def render_below(self, value: int) -> str:
        return number(value)

    def render_valid_from(self, value: Any) -> str:
        return day(value)

    def render_state(self, record: Division) -> str:
        if record.in_force:
            return format_html('<span class="gc-st is-ok">{}</span>', _("现行"))
        words = {"day": day(record.valid_to), "name": record.successor.label if record.successor else ""}
        text = _("%(day)s 停用，继任 %(name)s") if record.successor else _("%(day)s 停用")
        return format_html('<span class="gc-st is-end">{}</span>', text % words)


def _in_words(other: DivisionName) -> Any:
    words = {"name": other.name, "kind": other.get_kind_display(), "year": other.valid_to}
    return (_("%(name)s（%(kind)s，至%(year)s年）") if other.valid_to else _("%(name)s（%(kind)s）")) % words
