"""The list of uploads of one's scope: what it can be asked for, what it shows."""

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, DivisionQuerySet, Level
from gansu_care.divisions.scoping import below
from gansu_care.pages.lists import RegistryTable
from gansu_care.pages.standing import standing_of
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import StoredProblem, Upload, UploadState
from gansu_care.spreadsheets.problems import CODES

STATE_LEVELS = {
    UploadState.RECEIVED: "info",
    UploadState.CHECKING: "info",
    UploadState.ASKING: "warn",
    UploadState.CHECKED: "warn",
    UploadState.REVIEWING: "warn",
    UploadState.APPLYING: "info",
    UploadState.APPLIED: "ok",
    UploadState.REFUSED: "bad",
    UploadState.FAILED: "bad",
    UploadState.EXPIRED: "end",
    UploadState.UNDOING: "info",
    UploadState.UNDONE: "end",
}
# What the scorecard counts, by the word of the address.
RESULTS = (
    ("first", _("第一次上传的")),
    ("first_right", _("第一次上传就没有错误的")),
    ("again", _("改好再上传的")),
    ("bad_rows", _("有行没有导入的")),
)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind.title) for kind in KINDS.values() if not kind.export_only]


def units_shown(request: HttpRequest | None) -> DivisionQuerySet:
    """The divisions whose offices send files, inside the one shown: it and those below it, townships left out."""
    division = standing_of(request).division if request else None
    if division is None:
        return Division.objects.none()
    found: Any = below(division).exclude(level=Level.TOWNSHIP).order_by("code")
    return found


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class UploadFilter(django_filters.FilterSet):
    number = django_filters.CharFilter(label=_("批次号"), lookup_expr="istartswith", max_length=40)
    kind = django_filters.ChoiceFilter(label=_("表格种类"), choices=_kinds, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=UploadState.choices, empty_label=_("全部"))
    place = django_filters.ModelChoiceFilter(
        label=_("上传单位"),
        queryset=units_shown,
        to_field_name="code",
        method="by_place",
        empty_label=_("全部"),
    )
    mine = django_filters.ChoiceFilter(
        label=_("上传人"), choices=[("1", _("我上传的"))], method="by_mine", empty_label=_("全部")
    )
    since = django_filters.DateFilter(
        label=_("上传日期自"), field_name="received_on", lookup_expr="gte", widget=_day()
    )
    until = django_filters.DateFilter(
        label=_("上传日期至"), field_name="received_on", lookup_expr="lte", widget=_day()
    )
    applied_since = django_filters.DateFilter(
        label=_("导入日期自"), field_name="applied_at", lookup_expr="date__gte", widget=_day()
    )
    applied_until = django_filters.DateFilter(
        label=_("导入日期至"), field_name="applied_at", lookup_expr="date__lte", widget=_day()
    )
    result = django_filters.ChoiceFilter(
        label=_("情况"), choices=RESULTS, method="by_result", empty_label=_("全部")
    )
    code = django_filters.CharFilter(label=_("问题代码"), method="by_code", max_length=40)

    class Meta:
        model = Upload
        fields: tuple[str, ...] = ()

    def by_mine(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(user=self.request.user)

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        return rows.filter(division__in=book().stands_for.get(value.pk, [value.pk]))

    def by_result(self, rows: Any, name: str, value: str) -> Any:
        return getattr(rows, f"with_{value}")()

    def by_code(self, rows: Any, name: str, value: str) -> Any:
        code = value.strip().upper()
        if code not in CODES:
            return rows.none()
        return rows.filter(Exists(StoredProblem.objects.filter(upload=OuterRef("pk"), code=code)))


def cell(classes: str) -> dict[str, Any]:
    return {"cell": {"class": classes}}


class UploadTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("批次号"), attrs=cell("name"))
    file_name = tables.Column(_("文件"), attrs=cell("all-sm"))
    kind = tables.Column(_("表格种类"), attrs=cell("nowrap"))
    division = tables.Column(_("上传单位"), attrs=cell("nowrap"))
    user = tables.Column(_("上传人"), attrs=cell("nowrap drop-md"))
    received_at = tables.Column(_("上传时间"), attrs=cell("nowrap all-sm"))
    rows = tables.Column(_("数据行"), attrs=cell("num"))
    new = tables.Column(_("新增"), attrs=cell("num drop-sm"))
    changed = tables.Column(_("变更"), attrs=cell("num drop-sm"))
    same = tables.Column(_("相同"), attrs=cell("num drop-md drop-sm"))
    bad = tables.Column(_("存疑、拒绝"), attrs=cell("num drop-sm"))
    state = tables.Column(_("状态"), attrs=cell("nowrap top-sm"))

    class Meta:
        model = Upload
        fields: tuple[str, ...] = ()

    def render_number(self, record: Upload) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("spreadsheets:detail", args=[record.number]), record.number
        )

    def render_kind(self, record: Upload) -> Any:
        return KINDS[record.kind].title if record.kind in KINDS else record.kind

    def render_division(self, record: Upload) -> str:
        return record.division.label

    def render_user(self, record: Upload) -> str:
        return record.user.label

    def render_received_at(self, record: Upload) -> str:
        return moment(record.received_at)

    def render_rows(self, record: Upload) -> str:
        return number(record.rows)

    def render_state(self, record: Upload) -> str:
        level = STATE_LEVELS[UploadState(record.state)]
        return format_html('<span class="gc-st is-{}">{}</span>', level, record.get_state_display())
