"""Admin screens of centers and equipment."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from centers.models import Center, CenterState, Equipment, Loan, Stocktake
from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import PlaceFilter, RegistryAdmin, RegistryInline
from gansu_care.spreadsheets.admin_export import RegistryExport


class CenterStateInline(RegistryInline):
    see_right = Right.SEE_REGISTRY
    model = CenterState
    fk_name = "center"
    ordering = ("-since", "-pk")


@admin.register(Center)
class CenterAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_REGISTRY
    kind = "centers"
    list_display = ("number", "name", "division", "type", "built_on", "status", "voided_on")
    list_filter = (PlaceFilter, "status", "type")
    list_select_related = ("division",)
    inlines = (CenterStateInline,)


@admin.register(CenterState)
class CenterStateAdmin(RegistryAdmin):
    see_right = Right.SEE_REGISTRY
    list_display = ("center", "status", "since", "until", "reason", "successor")
    list_filter = ("status",)
    list_select_related = ("center", "successor")
    search_fields = ("center__number",)
    search_help_text = "GC0000000019"

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(center__number=text.upper())

    def number_of(self, record: Any) -> str:
        return record.center.number


@admin.register(Equipment)
class EquipmentAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_REGISTRY
    kind = "equipment"
    list_display = (
        "number",
        "item",
        "category",
        "quantity",
        "unit",
        "amount",
        "center",
        "condition",
        "voided_on",
    )
    list_filter = (PlaceFilter, "category", "condition")
    list_select_related = ("center",)


class OfEquipment(RegistryAdmin):
    """Rows that hang on a record of the ledger are found by its number."""

    see_right = Right.SEE_REGISTRY
    list_select_related = ("equipment",)
    search_fields = ("equipment__number",)
    search_help_text = "GC0000000019"

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(equipment__number=text.upper())

    def number_of(self, record: Any) -> str:
        return record.equipment.number


@admin.register(Stocktake)
class StocktakeAdmin(OfEquipment):
    list_display = ("equipment", "counted_on", "book", "counted", "explanation", "counted_by")
    list_filter = ("counted_on",)


@admin.register(Loan)
class LoanAdmin(OfEquipment):
    list_display = ("equipment", "borrower", "quantity", "lent_on", "due_on", "returned_on")
    list_filter = ("lent_on",)
