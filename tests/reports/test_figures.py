"""Each figure against a province small enough to count on the fingers, and against the rows behind it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from centers.code_tables import CenterStatus
from centers.models import Center
from children.models import Child, ChildStatus
from gansu_care.reports.dimensions import UnknownValue
from gansu_care.reports.indicators import INDICATORS, figure, rows_behind
from gansu_care.reports.periods import SINCE, UnknownYear, known_year, year_period, years
from tests.reports.people_and_places import (
    DINGXI,
    HOME,
    JIAYUGUAN,
    LANZHOU,
    LINTAO,
    PROVINCE,
    TAOYANG,
    ZHANG,
    acwf,
    cctf,
    division,
    make_center,
    make_child,
    make_equipment,
    make_receipt,
    treasury,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("children_registered", 2015, 5),
        ("children_registered", 2014, 5),
        ("children_left_behind", 2015, 4),
        ("children_left_behind", 2014, 4),
        ("children_entered", 2015, 1),
        ("children_entered", 2014, 5),
        ("children_exited", 2015, 1),
        ("children_drafts", 2015, 1),
        ("centers_built", 2015, 5),
        ("centers_built", 2014, 4),
        ("centers_built_in_year", 2015, 1),
        ("centers_operating", 2015, 3),
        ("centers_operating", 2014, 4),
        ("centers_paused", 2015, 1),
        ("centers_closed", 2015, 1),
        ("centers_equipped", 2015, 2),
        ("centers_equipped", 2014, 1),
        ("centers_undated", 2015, 1),
        ("towns_with_center", 2015, 3),
        ("towns_with_operating_center", 2015, 2),
        ("equipment", 2015, Decimal("56000.00")),
        ("received", 2015, Decimal("30000.00")),
        ("received_jointly", 2015, Decimal("10000.00")),
        ("allocated", 2015, Decimal("11000.00")),
        ("spent", 2015, Decimal("1500.00")),
        ("spent", 2014, Decimal("0.00")),
    ],
)
def test_figures_of_the_small_province(
    small_province: None, code: str, year: int, expected: int | Decimal
) -> None:
    assert figure(code, division(PROVINCE), year) == expected


@pytest.mark.parametrize(
    ("code", "place", "expected"),
    [
        ("children_left_behind", DINGXI, 3),
        ("children_left_behind", LINTAO, 2),
        ("children_left_behind", TAOYANG, 2),
        ("children_left_behind", ZHANG, 1),
        ("children_left_behind", JIAYUGUAN, 1),
        ("children_left_behind", LANZHOU, 0),
        ("centers_built", DINGXI, 4),
        ("received", DINGXI, Decimal("5000.00")),
        ("allocated", DINGXI, Decimal("11000.00")),
        ("allocated", LINTAO, Decimal("8000.00")),
    ],
)
def test_figures_of_divisions(small_province: None, code: str, place: str, expected: int | Decimal) -> None:
    assert figure(code, division(place), 2015) == expected


def test_flow_since_2009_adds_the_years_up(small_province: None) -> None:
    assert figure("received", division(PROVINCE), 2015, SINCE) == Decimal("150000.00")
    assert figure("centers_built_in_year", division(PROVINCE), 2015, SINCE) == 5


def test_since_2009_leaves_out_what_was_before() -> None:
    """32 homes stood by December 2008: built, but not since 2009."""
    make_center(built_on=date(2008, 12, 20))
    make_receipt("7.00", on=date(2008, 12, 31))
    assert figure("centers_built", division(PROVINCE), 2015) == 1
    assert figure("centers_built_in_year", division(PROVINCE), 2015, SINCE) == 0
    assert figure("received", division(PROVINCE), 2015, SINCE) == 0


# --- the last day of the year, 24:00 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({"registered_on": date(2015, 12, 31)}, True),
        ({"registered_on": date(2016, 1, 1)}, False),
        ({"ended_on": date(2015, 12, 31)}, False),
        ({"ended_on": date(2016, 1, 1)}, True),
        ({"birth_date": date(2000, 1, 1)}, True),
        ({"birth_date": date(1999, 12, 31)}, False),
    ],
    ids=["registered that day", "a day later", "left that day", "a day later", "16 tomorrow", "16 that day"],
)
def test_stock_of_children_at_the_end_of_the_year(facts: dict, counted: bool) -> None:
    make_child(**facts)
    assert figure("children_left_behind", division(PROVINCE), 2015) == int(counted)


def test_flow_counts_its_own_date() -> None:
    make_receipt("1.00", on=date(2014, 12, 31))
    make_receipt("20.00", on=date(2015, 1, 1))
    make_receipt("300.00", on=date(2015, 12, 31))
    make_receipt("4000.00", on=date(2016, 1, 1))
    assert figure("received", division(PROVINCE), 2015) == Decimal("320.00")


def test_status_changes_count_from_their_day() -> None:
    make_center(status=CenterStatus.CLOSED, status_since=date(2015, 12, 31))
    make_center(status=CenterStatus.CLOSED, status_since=date(2016, 1, 1))
    assert figure("centers_operating", division(PROVINCE), 2015) == 1
    assert figure("centers_closed", division(PROVINCE), 2015) == 1


def test_equipment_disposed_of_is_not_on_hand() -> None:
    center = make_center()
    make_equipment(center, condition="scrapped", disposed_on=date(2015, 12, 31))
    make_equipment(center, condition="scrapped", disposed_on=date(2016, 1, 1))
    make_equipment(center, obtained_on=None, amount=None)
    make_equipment(center, amount=None, unit_price=None)
    assert figure("equipment", division(PROVINCE), 2015) == Decimal("14000.00")


@time_machine.travel(datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
def test_the_new_year_begins_at_midnight_in_shanghai() -> None:
    """Half past midnight on 1 January 2026 there is still the old year in London."""
    assert years()[-1] == 2026
    assert year_period(2026).last == date(2026, 1, 1)
    assert year_period(2025).last == date(2025, 12, 31)


@time_machine.travel("2026-11-23 09:00 +0800")
def test_a_year_that_has_not_ended_is_counted_up_to_today() -> None:
    make_center(built_on=date(2026, 11, 23))
    make_center(built_on=date(2026, 11, 24))
    assert figure("centers_built", division(PROVINCE), 2026) == 1


@time_machine.travel("2026-11-23 09:00 +0800")
@pytest.mark.parametrize("text", ["2008", "2027", "二〇一五", "", "99999999999999999999"])
def test_years_without_a_report_are_named(text: str) -> None:
    with pytest.raises(UnknownYear, match=r"年度的报告。请填 2009 到 2026 之间的年份。"):
        known_year(text)


# --- what does not count ------------------------------------------------------------------------------------------


def test_drafts_and_voided_children_are_in_no_figure() -> None:
    make_child(status=ChildStatus.DRAFT)
    make_child(voided_on=date(2026, 1, 1), void_reason="误登记")
    for code in ("children_registered", "children_left_behind", "children_entered"):
        assert figure(code, division(PROVINCE), 2014) == 0
    assert figure("children_drafts", division(PROVINCE), 2014) == 1
    assert figure("children_drafts", division(PROVINCE), 2013) == 0


def test_only_the_mother_away_is_not_left_behind_by_the_rule_of_2016() -> None:
    make_child(father=HOME)
    make_child(father="deceased")
    make_child(father=HOME, unable_parent="father")
    assert figure("children_registered", division(PROVINCE), 2015) == 3
    assert figure("children_left_behind", division(PROVINCE), 2015) == 2


def test_joint_money_is_of_both_and_of_nobody_else() -> None:
    make_receipt("10.00", acwf(), cctf())
    make_receipt("20.00", acwf())
    make_receipt("40.00", acwf(), cctf(), treasury())
    assert figure("received_jointly", division(PROVINCE), 2015) == Decimal("10.00")
    assert figure("received", division(PROVINCE), 2015) == Decimal("70.00")


def test_a_center_has_one_status_a_day_even_when_facts_overlap() -> None:
    center = make_center()
    center.states.create(status=CenterStatus.PAUSED, since=date(2014, 1, 1), until=date(2030, 1, 1))
    assert figure("centers_operating", division(PROVINCE), 2015) == 0
    assert figure("centers_paused", division(PROVINCE), 2015) == 1


# --- the rows behind ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [PROVINCE, DINGXI, LINTAO, TAOYANG, JIAYUGUAN])
def test_a_figure_is_the_sum_of_the_rows_behind_it(small_province: None, place: str) -> None:
    for code, indicator in INDICATORS.items():
        rows = rows_behind(code, division(place), 2015)
        assert indicator.total(rows) == figure(code, division(place), 2015), code
        if not indicator.is_money:
            assert rows.count() == figure(code, division(place), 2015), code


def test_rows_of_a_cell(small_province: None) -> None:
    def count(**filters: str) -> int:
        return rows_behind("children_left_behind", division(PROVINCE), 2015, filters=filters).count()

    assert count(sex="1") == 2
    assert count(sex="1", age="14-15") == 1
    assert count(schooling="primary") == 2
    assert count(guardianship="1") == 1
    assert count(care="grandparent") == 2
    assert count(care="relative") == 1
    assert count(care="nobody") == 1
    assert count(care="-") == 0


def test_rows_of_joint_receipts(small_province: None) -> None:
    filters = {"sources": f"{acwf().pk}-{cctf().pk}"}
    rows = rows_behind("received", division(PROVINCE), 2015, filters=filters)
    assert [receipt.amount for receipt in rows] == [Decimal("10000.00")]


@pytest.mark.parametrize(
    "filters",
    [{"sex": "3"}, {"age": "1-2"}, {"unit": "620199"}, {"care": "x"}, {"schooling": "\0"}],
)
def test_unknown_values_of_a_cell_are_refused(small_province: None, filters: dict[str, str]) -> None:
    with pytest.raises(UnknownValue):
        rows_behind("children_left_behind", division(PROVINCE), 2015, filters=filters)


@pytest.mark.parametrize("sources", ["x", "1-x", "9" * 30, "1-" * 20, "²"])
def test_unreadable_sources_are_refused(db: None, sources: str) -> None:
    with pytest.raises(UnknownValue):
        rows_behind("received", division(PROVINCE), 2015, filters={"sources": sources})


def test_what_the_county_does_not_place_in_a_township(small_province: None) -> None:
    rows = rows_behind("centers_built", division(ZHANG), 2015, filters={"own": "1"})
    assert rows.count() == 1
    assert rows_behind("received", division(PROVINCE), 2015, filters={"own": "1"}).count() == 2


def test_indicators_need_the_right_of_their_rows() -> None:
    """The right an indicator names is the one its queryset asks for."""
    for indicator in INDICATORS.values():
        rows = indicator.rows(division(PROVINCE), year_period(2015))
        assert getattr(rows, "right", indicator.right) == indicator.right


def test_figures_agree_with_the_words_of_the_registers(small_province: None) -> None:
    end = date(2015, 12, 31)
    province = division(PROVINCE)
    assert figure("children_registered", province, 2015) == Child.objects.registered_on(end).count()
    assert figure("children_left_behind", province, 2015) == Child.objects.left_behind_on(end).count()
    assert figure("centers_operating", province, 2015) == Center.objects.operating_on(end).count()
    assert figure("centers_equipped", province, 2015) == Center.objects.fully_equipped_on(end).count()
