"""One figure with its rows: what is listed, how it was narrowed, and that the count agrees."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import divisions_for
from gansu_care.pages.templatetags.gc import money, number
from gansu_care.reports.dimensions import UnknownValue
from gansu_care.reports.indicators import Indicator, rows_behind
from gansu_care.reports.periods import SINCE, SPANS, YEAR, period_of
from gansu_care.reports.places import Places


class Behind:
    """The rows behind one cell. `query` holds its filters (sex=1, status=paused, own=1, unit=…, span=since)."""

    def __init__(self, indicator: Indicator, division: Division, year: int, query: Mapping[str, Any]) -> None:
        self.indicator, self.division, self.year = indicator, division, year
        self.filters = {name: str(value) for name, value in query.items() if value not in ("", None)}
        self.span = self.filters.pop("span", YEAR)
        if self.span not in SPANS:
            raise UnknownValue(f"span={self.span}")
        self.period = period_of(year, self.span)
        self.rows = rows_behind(indicator.code, division, year, self.span, self.filters)

    def seen_by(self, user: Any) -> QuerySet:
        """Within the user's scope. The page's division lies in it, so nothing of the figure is lost."""
        if self.indicator.model is Division:
            return self.rows.filter(pk__in=divisions_for(user))
        return self.rows.visible_to(user)

    @cached_property
    def figure(self) -> int | Decimal:
        return self.indicator.total(self.rows)

    @property
    def figure_text(self) -> str:
        return money(self.figure) if self.indicator.is_money else number(self.figure)

    @property
    def name(self) -> str:
        return f"{self.year}-{self.division.code}"

    @property
    def is_since_beginning(self) -> bool:
        return self.span == SINCE

    @property
    def report_url(self) -> str:
        return reverse("reports:annual", args=(self.year, self.division.code))

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """What the cell was narrowed to, in words: (性别, 男)."""
        named = [
            (str(dimension.label), str(dimension.label_of(self.filters[dimension.key])))
            for dimension in self.indicator.dimensions
            if dimension.key in self.filters
        ]
        places = Places(self.division)
        if "own" in self.filters:
            named.append((places.stub, places.own_label))
        if "unit" in self.filters:
            unit = next(one for one in book().units.values() if one.code == self.filters["unit"])
            named.append((places.stub, unit.label))
        return named
