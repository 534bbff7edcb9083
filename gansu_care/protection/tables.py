"""The lists of personal information protection."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from children.code_tables import ErasureGround
from children.models import Child
from children.naming import shown_name
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.wording import day
from gansu_care.protection.models import ImpactAssessment, Incident, MandatoryReport, PersonRequest


class DueTable(RegistryTable):
    """Records whose time is over."""

    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("档案编号"), attrs=cell("name"))
    name = tables.Column(_("姓名"), attrs=cell("nowrap"))
    place = tables.Column(_("所在区划"), accessor="division", attrs=cell("all-sm cut"))
    ground = tables.Column(_("依据"), attrs=cell("all-sm"))
    state = tables.Column(_("进展"), accessor="pk", attrs=cell("nowrap top-sm"))
    acts = tables.Column(_("操作"), accessor="number", attrs=cell("row-acts"))

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def render_number(self, record: Child) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.number)

    def render_name(self, record: Child) -> str:
        # A restricted record is not shown in full to anybody.
        return f"{record.name[:1]}**" if record.is_restricted else shown_name(record.name, self.request.user)

    def render_place(self, record: Child) -> str:
        return record.division.label

    def render_ground(self, value: str) -> str:
        return str(ErasureGround(value).label)

    def render_state(self, record: Child) -> str:
        last = next(iter(record.erasures.all()), None)
        return str(last) if last else str(_("未提出"))

    def render_acts(self, record: Child) -> str:
        is_open = any(one.state == "proposed" for one in record.erasures.all())
        if is_open:
            return "—"
        url = f"{reverse('protection:erasure_propose', args=[record.number])}?ground={record.ground}"  # type: ignore[attr-defined]
        return format_html('<a href="{}">{}</a>', url, _("提出删除"))


class RegisterTable(RegistryTable):
    """序号, number and unit of every row of a register."""

    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("编号"), attrs=cell("name"))
    place = tables.Column(_("登记单位"), accessor="division", attrs=cell("all-sm cut"))

    def render_number(self, record: Any) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.number)

    def render_place(self, record: Any) -> str:
        return record.division.label


def due_state(due: Any, text: str) -> str:
    is_late = due < timezone.localdate()
    return format_html('<span class="gc-st is-{}">{}</span>', "bad" if is_late else "warn", text)


class PersonRequestTable(RegisterTable):
    kind = tables.Column(_("请求事项"), accessor="pk", attrs=cell("nowrap"))
    child = tables.Column(_("留守儿童"), accessor="child__number", attrs=cell("nowrap drop-sm"))
    received_on = tables.Column(_("收到日期"), attrs=cell("nowrap drop-sm"))
    due_on = tables.Column(_("答复期限"), attrs=cell("nowrap"))
    state = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))

    class Meta:
        model = PersonRequest
        fields: tuple[str, ...] = ()

    def render_kind(self, record: PersonRequest) -> str:
        return self.words(record, "kind")

    def render_received_on(self, value: Any) -> str:
        return day(value)

    def render_due_on(self, record: PersonRequest) -> str:
        return due_state(record.due_on, day(record.due_on)) if record.is_open else day(record.due_on)

    def render_state(self, record: PersonRequest) -> str:
        return self.words(record, "state")


class IncidentTable(RegisterTable):
    title = tables.Column(_("事件"), attrs=cell("all-sm cut"))
    found_on = tables.Column(_("发现日期"), attrs=cell("nowrap"))
    persons = tables.Column(_("涉及人数"), default="—", attrs=cell("num drop-sm"))
    state = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))

    class Meta:
        model = Incident
        fields: tuple[str, ...] = ()

    def render_found_on(self, value: Any) -> str:
        return day(value)

    def render_state(self, record: Incident) -> str:
        return str(_("处置完毕") if record.closed_on else _("处置中"))


class MandatoryReportTable(RegisterTable):
    harm = tables.Column(_("情形"), accessor="pk", attrs=cell("all-sm"))
    found_on = tables.Column(_("发现日期"), attrs=cell("nowrap"))
    reported_on = tables.Column(_("报告日期"), empty_values=(), attrs=cell("nowrap"))
    receipt_no = tables.Column(_("受理编号"), default="—", attrs=cell("nowrap drop-sm"))

    class Meta:
        model = MandatoryReport
        fields: tuple[str, ...] = ()

    def render_harm(self, record: MandatoryReport) -> str:
        return self.words(record, "harm")

    def render_found_on(self, value: Any) -> str:
        return day(value)

    def render_reported_on(self, record: MandatoryReport) -> str:
        if record.reported_on:
            return day(record.reported_on)
        return format_html('<span class="gc-st is-bad">{}</span>', _("还没有报告"))


class AssessmentTable(RegisterTable):
    title = tables.Column(_("评估名称"), attrs=cell("all-sm cut"))
    edition = tables.Column(_("第几版"), attrs=cell("num drop-sm"))
    assessed_on = tables.Column(_("评估日期"), attrs=cell("nowrap"))
    valid_until = tables.Column(_("有效期至"), attrs=cell("nowrap"))

    class Meta:
        model = ImpactAssessment
        fields: tuple[str, ...] = ()

    def render_assessed_on(self, value: Any) -> str:
        return day(value)

    def render_valid_until(self, value: Any) -> str:
        return due_state(value, day(value)) if value < timezone.localdate() else day(value)
