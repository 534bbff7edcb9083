"""Where the money stands: received, allocated, spent in the year and since 2009, each opening its rows."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from funding.models import Allocation, Expenditure, Receipt
from gansu_care.accounts.roles import Right
from gansu_care.pages.standing import standing_of


def _sum(rows: Any) -> Any:
    return rows.order_by().aggregate(total=Sum("amount"))["total"] or 0


class Overview(View):
    right = Right.SEE_MONEY

    def get(self, request: HttpRequest) -> HttpResponse:
        standing = standing_of(request)
        lines = []
        for model in (Receipt, Allocation, Expenditure):
            rows = model.objects.visible_to(request.user)
            rows = rows.within(standing.division) if standing.division else rows.none()
            url = reverse(f"funding:{model._meta.model_name}_list")
            lines.append(
                {
                    "label": model._meta.verbose_name,
                    "year": _sum(rows.during(standing.year)),
                    "since": _sum(rows.until(date(standing.year, 12, 31))),
                    "count": rows.until(date(standing.year, 12, 31)).count(),
                    "year_url": f"{url}?year={standing.year}",
                    "since_url": f"{url}?until={standing.year}-12-31",
                    "url": url,
                }
            )
        may_write = request.user.may(Right.WRITE_MONEY)  # type: ignore[union-attr]
        return render(
            request, "funding/overview.html", {"lines": lines, "standing": standing, "may_write": may_write}
        )
