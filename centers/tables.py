"""The lists of centers and equipment."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centers.code_tables import GONE, CenterStatus, Condition
from centers.models import Center, Equipment
from centers.templatetags.ledger import quantity
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.templatetags.gc import day, money, number

STATUS_LEVELS = {
    CenterStatus.OPERATING: "is-ok",
    CenterStatus.PAUSED: "is-warn",
    CenterStatus.MERGED: "is-end",
    CenterStatus.CLOSED: "is-end",
    CenterStatus.BUILDING: "is-info",
}


class CenterTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    name = tables.Column(_("中心名称"), attrs=cell("name"))
    number = tables.Column(_("编号"), attrs=cell("nowrap drop-md"))
    place = tables.Column(_("行政区划"), accessor="division", attrs=cell("all-sm cut"))
    type = tables.Column(_("类型"), attrs=cell("nowrap"))
    host_type = tables.Column(_("依托单位"), attrs=cell("nowrap drop-sm"))
    built_on = tables.Column(_("建成日期"), attrs=cell("nowrap"))
    indoor_area = tables.Column(_("室内面积（㎡）"), attrs=cell("num drop-sm drop-md"))
    children_served = tables.Column(_("服务儿童数"), attrs=cell("num drop-sm"))
    status = tables.Column(_("状态"), attrs=cell("nowrap top-sm"))
    acts = tables.Column(_("操作"), accessor="number", attrs=cell("row-acts drop-sm"))

    class Meta:
        model = Center
        fields: tuple[str, ...] = ()

    def render_name(self, record: Center) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)

    def render_place(self, record: Center) -> str:
        county = record.county.label if record.county and record.county_id != record.division_id else ""
        return f"{county} {record.division.label} {record.village}".strip()

    def render_built_on(self, value: Any) -> str:
        return day(value)

    def render_children_served(self, value: Any) -> str:
        return number(value)

    def render_status(self, record: Center) -> str:
        level = STATUS_LEVELS.get(CenterStatus(record.status), "")
        return format_html('<span class="gc-st {}">{}</span>', level, record.get_status_display())

    def render_acts(self, record: Center) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("查看"))


class EquipmentTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    item = tables.Column(_("品名"), attrs=cell("name"))
    category = tables.Column(_("类别"), attrs=cell("nowrap"))
    model = tables.Column(_("规格型号"), attrs=cell("cut drop-sm drop-md"))
    quantity = tables.Column(_("数量"), attrs=cell("num"))
    unit = tables.Column(_("单位"), attrs=cell("mid drop-sm"))
    amount = tables.Column(_("金额（元）"), attrs=cell("num"))
    obtained_on = tables.Column(_("接收日期"), attrs=cell("nowrap drop-sm"))
    source_kind = tables.Column(_("资金来源"), attrs=cell("nowrap drop-sm"))
    center = tables.Column(_("活动中心"), attrs=cell("all-sm cut"))
    condition = tables.Column(_("状况"), attrs=cell("nowrap top-sm"))
    acts = tables.Column(_("操作"), accessor="number", attrs=cell("row-acts drop-sm"))

    class Meta:
        model = Equipment
        fields: tuple[str, ...] = ()

    def render_item(self, record: Equipment) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.item)

    def render_quantity(self, value: Any) -> str:
        return quantity(value)

    def render_amount(self, value: Any) -> str:
        return money(value)

    def render_obtained_on(self, value: Any) -> str:
        return day(value)

    def render_center(self, record: Equipment) -> str:
        return format_html('<a href="{}">{}</a>', record.center.get_absolute_url(), record.center.name)

    def render_condition(self, record: Equipment) -> str:
        gone, good = record.condition in GONE, record.condition == Condition.GOOD
        level = "is-end" if gone else "is-ok" if good else "is-warn"
        return format_html('<span class="gc-st {}">{}</span>', level, record.get_condition_display())

    def render_acts(self, record: Equipment) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("查看"))
