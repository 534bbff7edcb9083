"""Admin screens of money. Sources have no division: the province keeps the list, here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from funding.models import (
    Allocation,
    Disbursement,
    Expenditure,
    Receipt,
    ReceiptShare,
    Reconciliation,
    Source,
)
from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import PlaceFilter, RegistryAdmin, RegistryInline
from gansu_care.spreadsheets.admin_export import RegistryExport


@admin.register(Source)
class SourceAdmin(RegistryAdmin):
    see_right = Right.SEE_MONEY
    write_right = Right.MANAGE_SETTINGS
    number_field = "name"
    list_display = ("name", "name_en", "kind", "in_use")
    list_filter = ("kind", "in_use")
    search_fields = ("name",)
    search_help_text = _("资金来源")
    ordering = ("id",)

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__contains=text)


class ReceiptShareInline(RegistryInline):
    see_right = Right.SEE_MONEY
    model = ReceiptShare


@admin.register(Receipt)
class ReceiptAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_MONEY
    kind = "funding"
    list_display = (
        "number",
        "received_on",
        "division",
        "amount",
        "in_kind",
        "donor",
        "voucher_no",
        "voided_on",
    )
    list_filter = (PlaceFilter, "received_on")
    list_select_related = ("division",)
    inlines = (ReceiptShareInline,)


@admin.register(ReceiptShare)
class ReceiptShareAdmin(RegistryAdmin):
    see_right = Right.SEE_MONEY
    list_display = ("receipt", "source", "amount")
    list_select_related = ("receipt", "source")
    search_fields = ("receipt__number",)

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(receipt__number=text.upper())

    def number_of(self, record: Any) -> str:
        return record.receipt.number


@admin.register(Allocation)
class AllocationAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_MONEY
    kind = "funding"
    list_display = (
        "number",
        "allocated_on",
        "division",
        "center",
        "source",
        "amount",
        "document_no",
        "voided_on",
    )
    list_filter = (PlaceFilter, "allocated_on")
    list_select_related = ("division", "center", "source")


@admin.register(Expenditure)
class ExpenditureAdmin(RegistryAdmin):
    """No workbook of this kind goes out or comes in: there is no export."""

    see_right = Right.SEE_MONEY
    list_display = (
        "number",
        "spent_on",
        "division",
        "category",
        "amount",
        "supplier",
        "voucher_no",
        "voided_on",
    )
    list_filter = (PlaceFilter, "category", "spent_on")
    list_select_related = ("division",)


@admin.register(Disbursement)
class DisbursementAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_MONEY
    kind = "disbursements"
    list_display = ("number", "disbursed_on", "division", "payee", "amount", "voucher_no", "voided_on")
    list_filter = (PlaceFilter, "disbursed_on")
    list_select_related = ("division",)


@admin.register(Reconciliation)
class ReconciliationAdmin(RegistryAdmin):
    """No workbook of this kind goes out or comes in: there is no export."""

    see_right = Right.SEE_MONEY
    list_display = ("number", "month", "division", "book", "vouchers", "closed_on", "voided_on")
    list_filter = (PlaceFilter, "month")
    list_select_related = ("division",)
