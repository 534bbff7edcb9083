"""Where the money stands: received, allocated, paid out, spent, in the year and since 2009, each opening its rows."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from funding.code_tables import SpendingCategory
from funding.models import Allocation, Disbursement, Expenditure, Receipt
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Level
from gansu_care.pages.standing import Standing, standing_of

MODELS: tuple[Any, ...] = (Receipt, Allocation, Disbursement, Expenditure)


class Overview(View):
    right = Right.SEE_MONEY

    def get(self, request: HttpRequest) -> HttpResponse:
        standing = standing_of(request)
        books = Books(request, standing)
        context = {
            "lines": books.lines(),
            "equations": books.equations(),
            "joint": books.joint(),
            "standing": standing,
            "may_write": request.user.may(Right.WRITE_MONEY),  # type: ignore[union-attr]
        }
        return render(request, "funding/overview.html", context)


class Books:
    """The rows of the division shown, up to the end of the year shown."""

    def __init__(self, request: HttpRequest, standing: Standing) -> None:
        self.year, self.division, self.last = standing.year, standing.division, date(standing.year, 12, 31)
        seen = {model: model.objects.visible_to(request.user) for model in MODELS}
        here = self.division
        self.rows = {model: rows.within(here) if here else rows.none() for model, rows in seen.items()}
        self.since = {model: _sum(rows.until(self.last)) for model, rows in self.rows.items()}

    def url(self, model: Any, **query: Any) -> str:
        return f"{reverse(f'funding:{model._meta.model_name}_list')}?{urlencode(query)}".rstrip("?")

    def until(self, model: Any, **query: Any) -> str:
        return self.url(model, until=self.last.isoformat(), **query)

    def lines(self) -> list[dict[str, Any]]:
        return [
            {
                "label": model._meta.verbose_name_plural,
                "year": _sum(rows.during(self.year)),
                "since": self.since[model],
                "count": rows.until(self.last).count(),
                "year_url": self.url(model, year=self.year),
                "since_url": self.until(model),
                "url": self.url(model),
            }
            for model, rows in self.rows.items()
        ]

    def equations(self) -> list[dict[str, Any]]:
        """What came and what became of it. Only the province allocates out of what it received: a county's
        allocations come from above, so that the first line is the province's alone."""
        whole = self.division is not None and self.division.level == Level.PROVINCE
        first = [self._passed_on(Receipt, Allocation, _("已分配"), _("未分配"), _("分配率"))] if whole else []
        return [
            *first,
            self._passed_on(Allocation, Disbursement, _("已拨付"), _("未拨付"), _("拨付率")),
            self._spending(),
        ]

    def _passed_on(self, model: Any, further: Any, done: str, open_: str, rate: str) -> dict[str, Any]:
        total, passed = self.since[model], self.since[further]
        left = total - passed
        parts = [
            {"label": done, "value": passed, "url": self.until(further)},
            {"label": open_, "value": left, "open": bool(left)},
        ]
        return {
            "whole": {"label": model._meta.verbose_name, "value": total, "url": self.until(model)},
            "parts": parts,
            "rate_label": rate,
            "rate": passed * 100 / total if total else None,
            "difference": -left if left < 0 else 0,
        }

    def _spending(self) -> dict[str, Any]:
        rows = self.rows[Expenditure].until(self.last).order_by()
        sums = dict(rows.values_list("category").annotate(sum=Sum("amount")))
        parts = [
            {
                "label": category.label,
                "value": sums[category],
                "url": self.until(Expenditure, category=category.value),
            }
            for category in SpendingCategory
            if sums.get(category)
        ]
        total = self.since[Expenditure]
        return {
            "whole": {
                "label": Expenditure._meta.verbose_name,
                "value": total,
                "url": self.until(Expenditure),
            },
            "parts": parts or [{"label": _("没有登记"), "value": Decimal(0)}],
            "difference": 0,
        }

    def joint(self) -> Decimal:
        """Given by several sources together, whose shares nobody knows."""
        return _sum(self.rows[Receipt].until(self.last).of_unknown_split())


def _sum(rows: Any) -> Decimal:
    return rows.order_by().aggregate(total=Sum("amount"))["total"] or Decimal(0)
