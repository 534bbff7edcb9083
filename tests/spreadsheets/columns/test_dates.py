"""Dates as people write them, and as Excel ruins them."""

from datetime import date

import pytest

from gansu_care.spreadsheets.columns import (
    INVALID,
    DateColumn,
    PartialDate,
)
from tests.spreadsheets.columns.cells import (
    DAY,
    FROM_CSV,
    MONTH,
    read,
)


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("2015年3月7日 星期六", date(2015, 3, 7)),
        ("2015-03-07T00:00:00", date(2015, 3, 7)),
        ("2015.3.7.", date(2015, 3, 7)),
        ("2015，3，7", date(2015, 3, 7)),
        ("2015年3月7号", date(2015, 3, 7)),
        ("二○一五年十二月二十一日", date(2015, 12, 21)),
        ("二零一五年十月廿三日", date(2015, 10, 23)),
        ("15/3/2015", date(2015, 3, 15)),
        ("3/15/2015", date(2015, 3, 15)),
        ("42064", date(2015, 3, 1)),
        (42064.75, date(2015, 3, 1)),
    ],
)
def test_days(cell, result):
    assert read(DAY, cell) == (result, [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3/4/2015", "E_DATE_AMBIGUOUS"),
        ("2015年3月", "E_DATE_INCOMPLETE"),
        ("2015", "E_DATE_INCOMPLETE"),
        (2015.0, "E_DATE_INCOMPLETE"),
        ("2027-01-01", "E_DATE_FUTURE"),
        ("2008-11-30", "E_DATE_EARLY"),
        ("去年三月", "E_DATE_INVALID"),
        ("20150229", "E_DATE_INVALID"),
        (20150229.0, "E_DATE_INVALID"),
        (7.0, "E_DATE_INVALID"),
        (-5.0, "E_DATE_INVALID"),
        (1e30, "E_DATE_INVALID"),
        (True, "E_DATE_INVALID"),
        ("²⁰¹⁵", "E_DATE_INVALID"),
        ("①", "E_DATE_INVALID"),
        ("2015-**-**", "E_MASKED_VALUE"),
    ],
)
def test_days_that_are_refused(cell, code):
    assert read(DAY, cell) == (INVALID, [code])


@pytest.mark.parametrize(
    ("cell", "month"),
    [("2015年9月", 9), ("2015.9", 9), (2015.9, 9), (2015.12, 12), (2015.01, 1), ("2015-9", 9), ("201509", 9)],
)
def test_months(cell, month):
    assert read(MONTH, cell) == (PartialDate(date(2015, month, 1), "month"), [])


def test_a_lost_zero_is_suspected_only_where_types_were_lost():
    assert read(MONTH, "2015.1") == (PartialDate(date(2015, 1, 1), "month"), [])
    assert read(MONTH, "2015.1", FROM_CSV) == (INVALID, ["E_DATE_AMBIGUOUS"])
    assert read(MONTH, 2015.1) == (INVALID, ["E_DATE_AMBIGUOUS"])


def test_two_digits_of_a_year_are_the_latest_possible():
    assert read(DAY, "26.11.23") == (date(2026, 11, 23), ["W_DATE_CENTURY"])
    old = DateColumn("born", ["出生日期"])
    assert read(old, "85.1.2") == (date(1985, 1, 2), ["W_DATE_CENTURY"])
