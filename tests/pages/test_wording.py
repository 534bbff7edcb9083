"""Figures and dates as the officer reads them, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from gansu_care.pages.wording import (
    day,
    long_day,
    moment,
    money,
    month,
    number,
    percent,
    recent,
    share,
    year_name,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1248), "1,248"),
        (number(0), "0"),
        (number(None), "—"),
        (number(Decimal("-270000")), "−270,000"),
        (number(3.14159, 2), "3.14"),
        (money(21800000), "21,800,000.00"),
        (money(Decimal("-0.004")), "0.00"),
        (money(""), "—"),
        (percent(Decimal("8.21")), "8.2%"),
        (percent(Decimal("-24.77")), "−24.8%"),
        (percent(None), "—"),
        (share(1790000, 21800000), "8.2%"),
        (share(5, 0), "—"),
    ],
)
def test_figures(written: str, expected: str) -> None:
    assert written == expected


def test_dates_of_tables_are_the_provinces() -> None:
    late_in_london = datetime(2026, 11, 22, 17, 31, tzinfo=UTC)
    assert day(late_in_london) == "2026-11-23"
    assert moment(late_in_london) == "2026-11-23 01:31"
    assert month(date(2022, 3, 1)) == "2022-03"
    assert day(None) == moment(None) == ""


def test_dates_in_sentences_follow_the_language() -> None:
    with translation.override("zh-hans"):
        assert long_day(date(2026, 11, 3)) == "2026年11月3日"
        assert year_name(2026) == "2026年度"
    with translation.override("en"):
        assert long_day(date(2026, 11, 3)) == "3 November 2026"


@time_machine.travel(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), tick=False)
def test_what_happened_lately() -> None:
    with translation.override("zh-hans"):
        assert recent(datetime(2026, 11, 23, 1, 31, tzinfo=UTC)) == "今天 09:31"
        assert recent(datetime(2026, 11, 18, 8, 5, tzinfo=UTC)) == "11-18 16:05"
        assert recent(datetime(2025, 11, 18, 8, 5, tzinfo=UTC)) == "2025-11-18"


def test_children_are_counted_in_their_own_word() -> None:
    template = Template("{% load gc %}{% measure 1842 'child' %}，{% measure 3 'item' %}")
    with translation.override("zh-hans"):
        assert template.render(Context()) == "1,842 名，3 件"
