"""Pages of allocations."""

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from funding.filters import AllocationFilter
from funding.forms import AllocationForm
from funding.models import Allocation
from funding.tables import AllocationTable
from funding.views.money_pages import MoneyDetail, MoneyForm, MoneyHistory, MoneyList, MoneyVoid
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.spreadsheets.exporting import ExportPage

KIND = "allocation"


class AllocationList(MoneyList):
    model = Allocation
    filterset_class = AllocationFilter
    table_class = AllocationTable
    sorts = (Sort("day", "allocated_on", descending=True), Sort("number", "id"))
    caption = pgettext_lazy("名单", "资金分配")
    routes = KIND

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division", "source", "center")


class AllocationDetail(MoneyDetail):
    model = Allocation
    kind = KIND
    shows = (
        "amount",
        "allocated_on",
        "source",
        "document_no",
        "center",
        "receipt",
        "purpose",
        "approver",
        "upload_number",
        "remarks",
    )


class AllocationAdd(MoneyForm):
    model = Allocation
    form_class = AllocationForm
    kind = KIND


class AllocationEdit(AllocationAdd):
    pass


class AllocationHistory(MoneyHistory):
    model = Allocation
    kind = KIND


class AllocationVoid(MoneyVoid):
    model = Allocation
    kind = KIND


class AllocationExport(ExportPage):
    right = Right.EXPORT
    list_page = AllocationList
    kind = "funding"
