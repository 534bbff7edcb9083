"""The lists of money, in yuan with two decimals."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from funding.models import Allocation, Expenditure, Receipt
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.pages.templatetags.gc import day, money


class MoneyTable(RegistryTable):
    """序号, number, date, amount and unit of every row of money."""

    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(_("编号"), attrs=cell("name"))
    day = tables.Column(_("日期"), empty_values=(), attrs=cell("nowrap"))
    amount = tables.Column(_("金额（元）"), attrs=cell("num"))
    place = tables.Column(_("接收单位"), accessor="division", attrs=cell("all-sm cut"))

    def render_number(self, record: Any) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.number)

    def render_day(self, record: Any) -> str:
        return day(getattr(record, type(record).objects.all().day_field))

    def render_amount(self, value: Any) -> str:
        return money(value)

    def render_place(self, record: Any) -> str:
        return record.division.label


class ReceiptTable(MoneyTable):
    sources = tables.Column(_("资金来源"), accessor="pk", attrs=cell("all-sm"))
    donor = tables.Column(_("捐赠方"), attrs=cell("cut drop-sm drop-md"))
    channel = tables.Column(_("通过渠道"), attrs=cell("cut drop-sm drop-md"))
    voucher_no = tables.Column(_("票据（凭证）号"), attrs=cell("nowrap drop-sm"))

    class Meta:
        model = Receipt
        fields: tuple[str, ...] = ()

    def render_sources(self, record: Receipt) -> str:
        return str(_("、")).join(source.label for source in record.sources.all())


class AllocationTable(MoneyTable):
    source = tables.Column(_("资金来源"), attrs=cell("nowrap drop-sm"))
    document_no = tables.Column(_("分配文号"), attrs=cell("nowrap drop-sm"))
    center = tables.Column(_("活动中心"), accessor="center__name", default="—", attrs=cell("cut drop-sm"))
    purpose = tables.Column(_("用途"), attrs=cell("cut drop-sm drop-md"))

    class Meta:
        model = Allocation
        fields: tuple[str, ...] = ()


class ExpenditureTable(MoneyTable):
    category = tables.Column(_("支出类别"), attrs=cell("nowrap"))
    voucher_no = tables.Column(_("凭证号"), attrs=cell("nowrap drop-sm"))
    supplier = tables.Column(_("供应商"), attrs=cell("cut drop-sm drop-md"))
    center = tables.Column(_("活动中心"), accessor="center__name", default="—", attrs=cell("cut drop-sm"))

    class Meta:
        model = Expenditure
        fields: tuple[str, ...] = ()
