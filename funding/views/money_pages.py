"""What the pages of receipts, allocations and expenditures share."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Model, Sum
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from funding.forms import MoneyVoidForm, ReversalForm
from gansu_care.accounts.roles import Right
from gansu_care.pages.lists import ListPage
from gansu_care.pages.panels import panels_for
from gansu_care.pages.record_forms import label_of, shown
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.wording import money

PAGES = ("list", "edit", "history", "void", "reverse")


class MoneyList(ListPage):
    """A list with the sum of what is asked for, exact at every level: money is never capped."""

    right = Right.SEE_MONEY
    template = "funding/list.html"
    noun = "payment"
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
            "title": self.model._meta.verbose_name_plural,
            "add_route": f"funding:{self.routes}_add",
            "export_route": f"funding:{self.routes}_export",
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }


class MoneyDetail(DetailPage):
    right = Right.SEE_MONEY
    template = "funding/detail.html"
    shows: ClassVar[tuple[str, ...]] = ()

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        shown_facts = [self.fact(request, record, name) for name in self.shows]
        return {
            "record": record,
            "heading": _("%(kind)s %(number)s")
            % {"kind": record._meta.verbose_name, "number": record.number},
            "facts": [*self.facts(request, record), *shown_facts],
            "reversals": record.reversals.in_force().order_by("pk"),
            "may_reverse": not record.is_reversal and record.left() > 0,
            "routes": {page: f"funding:{self.kind}_{page}" for page in PAGES},
            "panels": panels_for(self.kind, request, record),
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }

    def facts(self, request: HttpRequest, record: Any) -> list[dict[str, Any]]:
        unit = {"label": _("接收单位"), "value": record.division.full_label, "wide": True}
        if not record.is_reversal:
            return [unit]
        origin, how = record.reverses, record.get_reversal_display()
        return [unit, {"label": _("冲销的记录"), **linked(request, origin), "sub": how}]

    def fact(self, request: HttpRequest, record: Any, name: str) -> dict[str, Any]:
        value = getattr(record, name)
        label = label_of(record, name)
        if isinstance(value, Decimal):
            return {"label": label, "value": money(value)}
        return {
            "label": label,
            **(linked(request, value) if isinstance(value, Model) else {"value": shown(record, name)}),
        }


def linked(request: HttpRequest, record: Any) -> dict[str, Any]:
    """A record that another one names, with the way to its page where the reader may open it."""
    rows = getattr(type(record)._default_manager.all(), "visible_to", None)
    opens = hasattr(record, "get_absolute_url") and rows is not None
    seen = opens and rows(request.user).filter(pk=record.pk).exists()
    name = getattr(record, "name", "") or getattr(record, "item", "")
    text = f"{name} {record.number}".strip() if hasattr(record, "number") else str(record)
    return {"value": text, "url": record.get_absolute_url() if seen else ""}


class MoneyForm(FormPage):
    right = Right.WRITE_MONEY

    def record(self, request: HttpRequest, number: str) -> Any:
        """A reversing entry is not edited: it can only be voided."""
        return plain_record(self.model, request, number)


class MoneyReverse(ReasonPage):
    """Money that went back, or was entered wrongly: a row of its own, below zero."""

    right = Right.WRITE_MONEY
    form_class = ReversalForm

    def record(self, request: HttpRequest, number: str) -> Any:
        return plain_record(self.model, request, number)

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {
            "record": record,
            "heading": _("冲销：%(number)s") % {"number": record.number},
            "note": _("原来的记录不动，另记一笔负数；退回的钱、记错的金额都这样更正，已结账的月份也可以。"),
        }


def plain_record(model: Any, request: HttpRequest, number: str) -> Any:
    return get_object_or_404(model.objects.visible_to(request.user), number=number, reverses=None)


class MoneyHistory(HistoryPage):
    right = Right.SEE_MONEY


class MoneyVoid(ReasonPage):
    right = Right.WRITE_MONEY
    form_class = MoneyVoidForm

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        heading = _("作废：%(number)s") % {"number": record.number}
        return {
            "record": record,
            "heading": heading,
            "note": _("只用于误登记和重复登记；作废后不进任何合计，历史保留。"),
        }
