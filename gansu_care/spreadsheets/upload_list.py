"""The list of uploads of one's scope: what it can be asked for, what it shows."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.pages.lists import RegistryTable
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Upload, UploadState

STATE_LEVELS = {
    UploadState.RECEIVED: "info",
    UploadState.CHECKING: "info",
    UploadState.CHECKED: "warn",
    UploadState.APPLYING: "info",
    UploadState.APPLIED: "ok",
    UploadState.REFUSED: "bad",
    UploadState.FAILED: "bad",
    UploadState.EXPIRED: "end",
    UploadState.UNDONE: "end",
}


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind.title) for kind in KINDS.values() if not kind.export_only]


class UploadFilter(django_filters.FilterSet):
    number = django_filters.CharFilter(label=_("批次号"), lookup_expr="istartswith", max_length=40)
    kind = django_filters.ChoiceFilter(label=_("表格种类"), choices=_kinds, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=UploadState.choices, empty_label=_("全部"))
    mine = django_filters.ChoiceFilter(
        label=_("上传人"), choices=[("1", _("我上传的"))], method="by_mine", empty_label=_("全部")
    )

    class Meta:
        model = Upload
        fields: tuple[str, ...] = ()

    def by_mine(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(user=self.request.user)


def cell(classes: str) -> dict[str, Any]:
    return {"cell": {"class": classes}}


class UploadTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("批次号"), attrs=cell("name"))
    file_name = tables.Column(_("文件"), attrs=cell("all-sm"))
    kind = tables.Column(_("表格种类"), attrs=cell("nowrap"))
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

    def render_user(self, record: Upload) -> str:
        return record.user.label

    def render_received_at(self, record: Upload) -> str:
        return moment(record.received_at)

    def render_rows(self, record: Upload) -> str:
        return number(record.rows)

    def render_state(self, record: Upload) -> str:
        level = STATE_LEVELS[UploadState(record.state)]
        return format_html('<span class="gc-st is-{}">{}</span>', level, record.get_state_display())
