"""The lists of money, in yuan with two decimals."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from funding.models import Allocation, Disbursement, Expenditure, Receipt, Reconciliation
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


class DisbursementTable(MoneyTable):
    payee = tables.Column(_("收款单位"), attrs=cell("cut all-sm"))
    source = tables.Column(_("资金来源"), accessor="allocation__source", attrs=cell("nowrap drop-sm"))
    document_no = tables.Column(
        _("分配文号"), accessor="allocation__document_no", default="—", attrs=cell("nowrap drop-sm drop-md")
    )
    voucher_no = tables.Column(_("凭证号"), attrs=cell("nowrap drop-sm"))
    bank_slip_no = tables.Column(_("银行回单号"), attrs=cell("nowrap drop-sm drop-md"))

    class Meta:
        model = Disbursement
        fields: tuple[str, ...] = ()


class ReconciliationTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    month = tables.Column(_("对账月份"), attrs=cell("name"))
    place = tables.Column(_("单位"), accessor="division", attrs=cell("cut all-sm"))
    book = tables.Column(_("账面数（元）"), attrs=cell("num"))
    vouchers = tables.Column(_("凭证合计（元）"), attrs=cell("num"))
    difference = tables.Column(_("差异（元）"), attrs=cell("num"))
    reconciled_by = tables.Column(_("对账人"), attrs=cell("nowrap drop-sm"))
    reviewed_by = tables.Column(_("复核人"), default="—", attrs=cell("nowrap drop-sm"))
    state = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))

    class Meta:
        model = Reconciliation
        fields: tuple[str, ...] = ()

    def render_month(self, record: Reconciliation) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), f"{record.month:%Y-%m}")

    def render_place(self, record: Reconciliation) -> str:
        return record.division.label

    def render_book(self, value: Any) -> str:
        return money(value)

    def render_vouchers(self, value: Any) -> str:
        return money(value)

    def render_difference(self, value: Any) -> str:
        return money(value)

    def render_reconciled_by(self, record: Reconciliation) -> str:
        return record.reconciled_by.label

    def render_reviewed_by(self, record: Reconciliation) -> str:
        return record.reviewed_by.label if record.reviewed_by else "—"

    def render_state(self, record: Reconciliation) -> str:
        level, label = ("is-ok", _("已结账")) if record.closed_on else ("is-info", _("未结账"))
        return format_html('<span class="gc-st {}">{}</span>', level, label)
