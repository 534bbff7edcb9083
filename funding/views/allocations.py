"""Pages of allocations."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from funding.filters import AllocationFilter
from funding.forms import AllocationForm
from funding.models import Allocation, Receipt
from funding.tables import AllocationTable
from funding.views.money_pages import (
    MoneyDetail,
    MoneyForm,
    MoneyHistory,
    MoneyList,
    MoneyReverse,
    MoneyVoid,
)
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

    template = "funding/allocation_detail.html"

    def context(self, request: HttpRequest, record: Allocation) -> dict[str, Any]:
        return {
            **super().context(request, record),
            "disbursements": record.disbursements.in_force().order_by("disbursed_on", "pk"),
            "disbursed": record.disbursed(),
            "left": record.left(),
        }


class AllocationAdd(MoneyForm):
    model = Allocation
    form_class = AllocationForm
    kind = KIND

    def form(self, request: HttpRequest, record: Allocation | None, data: Any = None) -> AllocationForm:
        form = super().form(request, record, data)
        wanted = request.GET.get("receipt", "")[:12]
        rows = Receipt.objects.visible_to(request.user).in_force().filter(number=wanted, reverses=None)
        receipt = rows.first() if record is None and wanted else None
        if receipt is not None:
            form.fields["receipt_number"].initial = receipt.number
            form.initial["source"] = receipt.sources.first()
        return form


class AllocationEdit(AllocationAdd):
    pass


class AllocationHistory(MoneyHistory):
    model = Allocation
    kind = KIND


class AllocationVoid(MoneyVoid):
    model = Allocation
    kind = KIND


class AllocationReverse(MoneyReverse):
    model = Allocation
    kind = KIND


class AllocationExport(ExportPage):
    right = Right.EXPORT
    list_page = AllocationList
    kind = "funding"
