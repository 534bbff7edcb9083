"""The period of a scorecard: a year, or a quarter of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

_WRITTEN = re.compile(r"(20\d\d)(?:Q([1-4]))?", re.ASCII)
EARLIEST = 2009


class Period(NamedTuple):
    """From its first to its last day. `quarter` is 0 for a whole year."""

    year: int
    quarter: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """`2026` or `2026Q3`; this year for anything else, and for what lies ahead."""
        found = _WRITTEN.fullmatch(text)
        period = cls(int(found[1]), int(found[2] or 0)) if found else cls(timezone.localdate().year)
        usable = period.year >= EARLIEST and period.first <= timezone.localdate()
        return period if usable else cls(timezone.localdate().year)

    @property
    def first(self) -> date:
        return date(self.year, self.quarter * 3 - 2 if self.quarter else 1, 1)

    @property
    def last(self) -> date:
        return _last_of_quarter(date(self.year, self.quarter * 3 - 2 if self.quarter else 10, 1))

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def label(self) -> str:
        if not self.quarter:
            return _("%(year)s年") % {"year": self.year}
        return _("%(year)s年第%(quarter)s季度") % {"year": self.year, "quarter": self.quarter}

    def quarters(self) -> Iterator[date]:
        """The first days of its quarters."""
        wanted = [self.quarter] if self.quarter else range(1, 5)
        return (date(self.year, quarter * 3 - 2, 1) for quarter in wanted)

    def quarters_due(self, done: Collection[date]) -> int:
        """How many of its quarters have ended by today; one that goes on counts once its work is done."""
        yesterday = timezone.localdate() - timedelta(days=1)
        return sum(1 for first in self.quarters() if _last_of_quarter(first) <= yesterday or first in done)


def _last_of_quarter(first: date) -> date:
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return following - timedelta(days=1)


def choices() -> list[Period]:
    """The quarters of this year so far, this year, the year before and its quarters; the latest first."""
    today = timezone.localdate()
    found = []
    for year in (today.year, today.year - 1):
        quarters = [Period(year, quarter) for quarter in range(4, 0, -1)]
        found += [Period(year), *(period for period in quarters if period.first <= today)]
    return found
