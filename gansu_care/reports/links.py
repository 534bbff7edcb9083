"""From a figure to the rows behind it: an address where the reader has the right, nothing where she has not."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gansu_care.reports.indicators import Indicator
from gansu_care.reports.periods import SINCE, YEAR, years
from gansu_care.reports.places import Place
from gansu_care.spreadsheets.tables import MONEY, Cell


class Links:
    """The links of one reader; without a user (a file, a command) there are none."""

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def to(self, indicator: Indicator, year: int, place: Place, span: str = YEAR, **filters: str) -> str:
        if self.user is None or not self.user.may(indicator.right) or year not in years():
            return ""
        query = {**place.filters, **filters} | ({"span": SINCE} if span == SINCE else {})
        address = reverse("reports:rows", args=(year, place.code, indicator.code))
        return f"{address}?{urlencode(query)}" if query else address

    def cell(
        self,
        value: int | Decimal,
        indicator: Indicator,
        year: int,
        place: Place,
        span: str = YEAR,
        **filters: str,
    ) -> Cell:
        """A figure that opens its rows; nought has none."""
        url = self.to(indicator, year, place, span, **filters) if value else ""
        return Cell(value, url, MONEY if indicator.is_money else "")
