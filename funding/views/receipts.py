"""Pages of receipts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from funding.filters import ReceiptFilter
from funding.forms import ReceiptForm
from funding.forms.receipts import shares_of
from funding.models import Receipt, ReceiptShare
from funding.tables import ReceiptTable
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

KIND = "receipt"
MOST = 100  # what a record's page lists of what came out of it


class ReceiptList(MoneyList):
    model = Receipt
    filterset_class = ReceiptFilter
    table_class = ReceiptTable
    sorts = (Sort("day", "received_on", descending=True), Sort("number", "id"))
    caption = pgettext_lazy("名单", "资金到账")
    routes = KIND

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division").prefetch_related("sources")


class ReceiptDetail(MoneyDetail):
    model = Receipt
    kind = KIND
    shows = (
        "amount",
        "in_kind",
        "received_on",
        "donor",
        "channel",
        "project",
        "batch",
        "restriction",
        "voucher_no",
        "clerk",
        "upload_number",
        "remarks",
    )

    template = "funding/receipt_detail.html"

    def context(self, request: HttpRequest, record: Receipt) -> dict[str, Any]:
        allocations = record.allocations.in_force().visible_to(request.user)
        return {
            **super().context(request, record),
            "shares": shares_of(record).items(),
            "allocations": allocations.select_related("division", "center").order_by("allocated_on", "pk")[
                :MOST
            ],
            "allocated": record.allocated(),
            "left": record.left(),
        }


class ReceiptAdd(MoneyForm):
    model = Receipt
    form_class = ReceiptForm
    kind = KIND


class ReceiptEdit(ReceiptAdd):
    pass


class ReceiptHistory(MoneyHistory):
    model = Receipt
    kind = KIND

    def histories(self, record: Receipt) -> list[Any]:
        return [record.history.all(), ReceiptShare.history.filter(receipt_id=record.pk)]


class ReceiptVoid(MoneyVoid):
    model = Receipt
    kind = KIND


class ReceiptReverse(MoneyReverse):
    model = Receipt
    kind = KIND


class ReceiptExport(ExportPage):
    right = Right.EXPORT
    list_page = ReceiptList
    kind = "funding"
