"""The list of requests: one's own, and those of the units that one may approve for."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.exports.sources import SOURCES
from gansu_care.spreadsheets.models import ExportRequest, ExportState

STATE_LEVELS = {
    ExportState.WAITING: "is-warn",
    ExportState.APPROVED: "is-info",
    ExportState.READY: "is-warn",
    ExportState.DOWNLOADED: "is-ok",
    ExportState.REFUSED: "is-bad",
    ExportState.WITHDRAWN: "is-end",
    ExportState.EXPIRED: "is-end",
    ExportState.FAILED: "is-bad",
}


class ExportFilter(django_filters.FilterSet):
    mine = django_filters.ChoiceFilter(
        label=_("哪些申请"),
        choices=[("1", _("我申请的")), ("decide", _("等我审批的"))],
        method="by_mine",
        empty_label=_("全部"),
    )
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ExportState.choices, empty_label=_("全部"))
    number = django_filters.CharFilter(label=_("申请号"), lookup_expr="istartswith", max_length=40)

    class Meta:
        model = ExportRequest
        fields: tuple[str, ...] = ()

    def by_mine(self, rows: Any, name: str, value: str) -> Any:
        user = self.request.user
        if value == "1":
            return rows.filter(user=user)
        return rows.filter(pk__in=ExportRequest.objects.to_be_decided_by(user).values("pk"))


class ExportTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("申请号"), attrs=cell("name"))
    source = tables.Column(_("导出什么"), attrs=cell("nowrap"))
    purpose = tables.Column(_("用途"), attrs=cell("cut all-sm"))
    rows_asked = tables.Column(_("行数"), attrs=cell("num"))
    full = tables.Column(_("敏感信息"), attrs=cell("nowrap"))
    user = tables.Column(_("申请人"), attrs=cell("nowrap"))
    division = tables.Column(_("单位"), attrs=cell("nowrap drop-md drop-sm"))
    asked_at = tables.Column(_("申请时间"), attrs=cell("all-sm"))
    decided_by = tables.Column(_("审批人"), default="—", attrs=cell("nowrap drop-md"))
    state = tables.Column(_("状态"), attrs=cell("nowrap top-sm"))

    class Meta:
        model = ExportRequest
        fields: tuple[str, ...] = ()

    def render_number(self, record: ExportRequest) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("exports:detail", args=[record.number]), record.number
        )

    def render_source(self, value: str) -> Any:
        return SOURCES[value].title if value in SOURCES else value

    def render_full(self, value: bool) -> Any:
        return _("完整") if value else _("遮盖")

    def render_rows_asked(self, record: ExportRequest) -> str:
        return number(record.rows_asked if record.rows is None else record.rows)

    def render_user(self, record: ExportRequest) -> str:
        return record.user.label

    def render_division(self, record: ExportRequest) -> str:
        return record.division.label

    def render_asked_at(self, record: ExportRequest) -> str:
        return moment(record.asked_at)

    def render_decided_by(self, record: ExportRequest) -> str:
        return record.decided_by.label if record.decided_by else "—"

    def render_state(self, record: ExportRequest) -> str:
        level = STATE_LEVELS[ExportState(record.state)]
        return format_html('<span class="gc-st {}">{}</span>', level, record.get_state_display())


class ExportList(ListPage):
    right = Right.EXPORT
    model = ExportRequest
    filterset_class = ExportFilter
    table_class = ExportTable
    template = "exports/list.html"
    sorts = (Sort("asked", "id", descending=True),)
    noun = "request"
    caption = _("导出申请，最近的在前")

    def rows(self, request: HttpRequest) -> Any:
        """Wherever the reader stands: what waits for her does not depend on the place she looks at."""
        return ExportRequest.objects.visible_to(request.user)

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.defer("filter_json", "password").select_related("user", "division", "decided_by")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        return {
            **super().context(request, filterset, page),
            "to_decide": ExportRequest.objects.to_be_decided_by(request.user).count(),
            "sources": SOURCES.values(),
            "empty_title": _("还没有导出申请") if not request.GET else "",
        }
