"""Pages of disbursements."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from funding.filters import DisbursementFilter
from funding.forms import DisbursementForm
from funding.models import Allocation, Disbursement
from funding.tables import DisbursementTable
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

KIND = "disbursement"


class DisbursementList(MoneyList):
    model = Disbursement
    filterset_class = DisbursementFilter
    table_class = DisbursementTable
    sorts = (Sort("day", "disbursed_on", descending=True), Sort("number", "id"))
    caption = pgettext_lazy("名单", "资金拨付")
    routes = KIND

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division", "allocation__source")


class DisbursementDetail(MoneyDetail):
    model = Disbursement
    kind = KIND
    shows = ("amount", "disbursed_on", "payee", "allocation", "voucher_no", "bank_slip_no", "remarks")


class DisbursementAdd(MoneyForm):
    model = Disbursement
    form_class = DisbursementForm
    kind = KIND

    def form(self, request: HttpRequest, record: Disbursement | None, data: Any = None) -> DisbursementForm:
        form = super().form(request, record, data)
        wanted = request.GET.get("allocation", "")[:12]
        rows = Allocation.objects.visible_to(request.user).in_force()
        allocation = rows.filter(number=wanted).first() if record is None and wanted else None
        if allocation is not None:
            form.fields["allocation_number"].initial = allocation.number
            form.initial["amount"] = allocation.left()
        return form


class DisbursementEdit(DisbursementAdd):
    pass


class DisbursementHistory(MoneyHistory):
    model = Disbursement
    kind = KIND


class DisbursementVoid(MoneyVoid):
    model = Disbursement
    kind = KIND


class DisbursementReverse(MoneyReverse):
    model = Disbursement
    kind = KIND


class DisbursementExport(ExportPage):
    right = Right.EXPORT
    list_page = DisbursementList
    kind = "disbursements"
