"""The lists behind figures: one table for each kind of record, with what the figure counted in sight."""

from datetime import date
from typing import Any, NamedTuple

import django_tables2 as tables
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centers.code_tables import CenterStatus
from centers.models import Center, Equipment
from centers.tables import STATUS_LEVELS, CenterTable, EquipmentTable
from children.ages import age_on
from children.models import Child, Episode
from children.naming import shown_name
from funding.models import Allocation, Expenditure, Receipt
from funding.tables import AllocationTable, ExpenditureTable, ReceiptTable
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.pages.keyset import Page, Sort
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.templatetags.gc import day, money


def place_label(division_id: int) -> str:
    """临洮县 洮阳镇, from the list of divisions in mind: no query a row."""
    division = book().by_id[division_id]
    county = division.county
    return f"{county.label} {division.label}" if county and county.pk != division.pk else division.label


class ChildRows(RegistryTable):
    """Age on the last day of the period, as the figure counted it."""

    as_of: date

    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("编号"), attrs=cell("nowrap"))
    name = tables.Column(_("姓名"), attrs=cell("name"))
    sex = tables.Column(_("性别"), attrs=cell("mid"))
    age = tables.Column(_("年末年龄"), accessor="birth_date", attrs=cell("num"))
    residence = tables.Column(_("现居住地"), accessor="division_id", attrs=cell("all-sm cut"))
    schooling = tables.Column(_("就学情况"), attrs=cell("nowrap drop-sm"))
    guardianship_type = tables.Column(_("监护类型"), default=_("未填"), attrs=cell("nowrap drop-sm"))
    registered_on = tables.Column(_("登记日期"), attrs=cell("nowrap"))

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def render_number(self, record: Child) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.number)

    def render_name(self, value: str) -> str:
        return shown_name(value, self.request.user)

    def render_age(self, value: date) -> int:
        return age_on(value, self.as_of)

    def render_residence(self, value: int) -> str:
        return place_label(value)

    def render_registered_on(self, value: date) -> str:
        return day(value)


class EpisodeRows(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("编号"), accessor="child", attrs=cell("nowrap"))
    name = tables.Column(_("姓名"), accessor="child__name", attrs=cell("name"))
    residence = tables.Column(_("现居住地"), accessor="child__division_id", attrs=cell("all-sm cut"))
    episode_no = tables.Column(_("第几次"), attrs=cell("num drop-sm"))
    registered_on = tables.Column(_("登记日期"), attrs=cell("nowrap"))
    ended_on = tables.Column(_("退出日期"), attrs=cell("nowrap"))
    reason = tables.Column(_("退出原因"), default="—", attrs=cell("nowrap"))

    class Meta:
        model = Episode
        fields: tuple[str, ...] = ()

    def render_number(self, value: Child) -> str:
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value.number)

    def render_name(self, value: str) -> str:
        return shown_name(value, self.request.user)

    def render_residence(self, value: int) -> str:
        return place_label(value)

    def render_registered_on(self, value: date) -> str:
        return day(value)

    def render_ended_on(self, value: date) -> str:
        return day(value)


class CenterRows(CenterTable):
    """The status is the one of the figure's day, not today's."""

    status = tables.Column(
        _("年末状态"), accessor="status_on_day", empty_values=(), attrs=cell("nowrap top-sm")
    )

    class Meta(CenterTable.Meta):
        exclude = ("acts", "indoor_area", "children_served")

    def render_status(self, record: Any) -> Any:
        value = record.status_on_day
        if not value:
            return _("未填")
        level = STATUS_LEVELS.get(CenterStatus(value), "")
        return format_html('<span class="gc-st {}">{}</span>', level, CenterStatus(value).label)


class EquipmentRows(EquipmentTable):
    amount = tables.Column(_("金额（元）"), accessor="value", attrs=cell("num"))

    class Meta(EquipmentTable.Meta):
        exclude = ("acts",)

    def render_amount(self, value: Any) -> str:
        return money(value)


class TownRows(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    name = tables.Column(_("乡镇"), accessor="pk", attrs=cell("name"))
    code = tables.Column(_("区划代码"), attrs=cell("nowrap"))

    class Meta:
        model = Division
        fields: tuple[str, ...] = ()

    def render_name(self, value: int) -> str:
        return book().by_id[value].full_label


class Listing(NamedTuple):
    """How one kind of record is listed: the table, the measure word, the order, what is fetched with the rows."""

    table: type[RegistryTable]
    noun: str
    sort: Sort = Sort("number", "id")
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()

    def table_of(self, page: Page, as_of: date, request: HttpRequest) -> RegistryTable:
        table = self.table(
            page.rows, order_by=(), orderable=False, first_position=page.first, request=request
        )
        table.as_of = as_of
        return table

    def rows(self, rows: Any, as_of: date) -> QuerySet:
        if self.table is CenterRows:
            rows = rows.telling_status_on(as_of)
        return rows.select_related(*self.related).prefetch_related(*self.prefetched)


LISTINGS: dict[type[Model], Listing] = {
    Child: Listing(ChildRows, "child"),
    Episode: Listing(EpisodeRows, "attendance", related=("child",)),
    Center: Listing(CenterRows, "center", related=("division", "county")),
    Equipment: Listing(EquipmentRows, "row", related=("center",)),
    Receipt: Listing(ReceiptTable, "payment", related=("division",), prefetched=("sources",)),
    Allocation: Listing(AllocationTable, "payment", related=("division", "source", "center")),
    Expenditure: Listing(ExpenditureTable, "payment", related=("division", "center")),
    Division: Listing(TownRows, "division", Sort("code", "code")),
}
