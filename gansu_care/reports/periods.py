"""The years of the report, and the days a figure counts.

A stock counts what held on the last day of the period at 24:00, a flow what happened from the first day to the last,
both included. Days are the province's own (Asia/Shanghai). A year that has not ended is counted up to today.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.pages.standing import FIRST_YEAR

# 国发〔2016〕13号: before it, other definitions were in use, so published figures of earlier years do not compare.
RULE_BEGAN = 2016
YEAR, SINCE = "year", "since"
SPANS = (YEAR, SINCE)


class UnknownYear(ValueError):
    """Not a year of the report; its text is a sentence for whoever asked."""


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    @property
    def year(self) -> int:
        return self.last.year


def years() -> range:
    """The years that have a report, 2009 first."""
    return range(FIRST_YEAR, timezone.localdate().year + 1)


def known_year(text: str | int) -> int:
    """The year as a number; raises UnknownYear."""
    try:
        year = int(text)
    except ValueError:
        year = 0
    if year not in years():
        known = {"year": text, "first": years()[0], "last": years()[-1]}
        raise UnknownYear(_("没有“%(year)s”年度的报告。请填 %(first)s 到 %(last)s 之间的年份。") % known)
    return year


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), min(date(year, 12, 31), timezone.localdate()))


def since_beginning(year: int) -> Period:
    """From 1 January 2009 to the end of the year: what the column 2009年以来累计 counts."""
    return Period(date(FIRST_YEAR, 1, 1), year_period(year).last)


def period_of(year: int, span: str = YEAR) -> Period:
    return since_beginning(year) if span == SINCE else year_period(year)


def has_ended(year: int) -> bool:
    return timezone.localdate() > date(year, 12, 31)
