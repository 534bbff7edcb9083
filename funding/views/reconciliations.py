"""Pages of reconciliations: a unit's month is reconciled, then closed by a second person."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from funding.closing import books_of
from funding.filters import ReconciliationFilter
from funding.forms import CloseForm, ReconciliationForm, ReconciliationVoidForm
from funding.models import Reconciliation
from funding.tables import ReconciliationTable
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage
from gansu_care.pages.record_forms import label_of
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.wording import day, money
from gansu_care.trail.models import Action

KIND = "reconciliation"


class ReconciliationList(ListPage):
    right = Right.SEE_MONEY
    model = Reconciliation
    filterset_class = ReconciliationFilter
    table_class = ReconciliationTable
    template = "funding/reconciliations.html"
    sorts = (Sort("month", "month", descending=True), Sort("number", "id"))
    caption = pgettext_lazy("名单", "对账")

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).in_force()

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division", "reconciled_by", "reviewed_by")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        may_write = request.user.may(Right.WRITE_MONEY)  # type: ignore[union-attr]
        return {**super().context(request, filterset, page), "may_write": may_write}


class ReconciliationDetail(DetailPage):
    right = Right.SEE_MONEY
    model = Reconciliation
    template = "funding/reconciliation_detail.html"
    kind = KIND

    def context(self, request: HttpRequest, record: Reconciliation) -> dict[str, Any]:
        month = f"{record.month:%Y-%m}"
        return {
            "record": record,
            "heading": _("%(unit)s %(month)s 对账") % {"unit": record.division.label, "month": month},
            "facts": self.facts(record),
            "books": books_of(record.division, record.month),
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }

    def facts(self, record: Reconciliation) -> list[dict[str, Any]]:
        values = {
            "book": money(record.book), "vouchers": money(record.vouchers), "explanation": record.explanation,
            "reconciled_by": record.reconciled_by.label,
            "reviewed_by": record.reviewed_by.label if record.reviewed_by else "",
            "closed_on": day(record.closed_on), "remarks": record.remarks,
        }  # fmt: skip
        told = [{"label": label_of(record, name), "value": value} for name, value in values.items()]
        gap = {"label": _("差异（元）"), "value": money(record.difference)}
        return [*told[:2], gap, *told[2:]]


class ReconciliationAdd(FormPage):
    right = Right.WRITE_MONEY
    model = Reconciliation
    form_class = ReconciliationForm
    kind = KIND


class ReconciliationEdit(ReconciliationAdd):
    pass


class ReconciliationHistory(HistoryPage):
    right = Right.SEE_MONEY
    model = Reconciliation
    kind = KIND


class ReconciliationClose(ReasonPage):
    right = Right.WRITE_MONEY
    model = Reconciliation
    form_class = CloseForm
    kind = KIND
    action = Action.CHANGE

    def context(self, request: HttpRequest, record: Reconciliation) -> dict[str, Any]:
        return {
            "record": record,
            "heading": _("复核结账：%(month)s") % {"month": f"{record.month:%Y-%m}"},
            "note": _("结账以后，这个月不能再增改记录，只能冲销。"),
        }


class ReconciliationVoid(ReasonPage):
    right = Right.WRITE_MONEY
    model = Reconciliation
    form_class = ReconciliationVoidForm
    kind = KIND

    def context(self, request: HttpRequest, record: Reconciliation) -> dict[str, Any]:
        return {
            "record": record,
            "heading": _("作废：%(number)s") % {"number": record.number},
            "note": _("作废以后这个月重新打开，可以再对账；历史保留。"),
        }
