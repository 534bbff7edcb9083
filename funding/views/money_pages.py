"""What the pages of receipts, allocations and expenditures share."""

from typing import Any, ClassVar

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.lists import ListPage
from gansu_care.pages.record_forms import VoidForm, label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage


class MoneyList(ListPage):
    """A list with the sum of what is asked for, exact at every level: money is never capped."""

    right = Right.SEE_MONEY
    template = "funding/list.html"
    noun = "row"
    routes: ClassVar[str] = ""

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).in_force()

    def cap(self, request: HttpRequest) -> int | None:
        return None

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        total = filterset.qs.order_by().aggregate(total=Sum("amount"))["total"] or 0
        return {
            **super().context(request, filterset, page),
            "total": total,
            "routes": self.routes,
            "title": self.model._meta.verbose_name,
            "add_route": f"funding:{self.routes}_add",
            "export_route": f"funding:{self.routes}_export",
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }


class MoneyDetail(DetailPage):
    right = Right.SEE_MONEY
    template = "funding/detail.html"
    shows: ClassVar[tuple[str, ...]] = ()

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {
            "record": record,
            "heading": _("%(kind)s %(number)s")
            % {"kind": record._meta.verbose_name, "number": record.number},
            "facts": [*self.facts(record), *(self.fact(record, name) for name in self.shows)],
            "list_route": f"funding:{self.kind}_list",
            "edit_route": f"funding:{self.kind}_edit",
            "history_route": f"funding:{self.kind}_history",
            "void_route": f"funding:{self.kind}_void",
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }

    def facts(self, record: Any) -> list[dict[str, Any]]:
        return [{"label": _("接收单位"), "value": record.division.full_label, "wide": True}]

    def fact(self, record: Any, name: str) -> dict[str, Any]:
        return {"label": label_of(record, name), "value": shown(record, name)}


class MoneyForm(FormPage):
    right = Right.WRITE_MONEY


class MoneyHistory(HistoryPage):
    right = Right.SEE_MONEY


class MoneyVoid(ReasonPage):
    right = Right.WRITE_MONEY
    form_class = VoidForm

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        heading = _("作废：%(number)s") % {"number": record.number}
        return {
            "record": record,
            "heading": heading,
            "note": _("只用于误登记和重复登记；作废后不进任何合计，历史保留。"),
        }
