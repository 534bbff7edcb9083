"""The invented province before it goes through any door: its sums are exact, its people can be nobody."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from children import resident_id
from children.ages import age_on
from gansu_care.demo.province.allocations import allocation_rows, grants
from gansu_care.demo.province.centers import DemoCenter, center_rows, demo_centers, ending_rows
from gansu_care.demo.province.children import LIVELY, child_rows, shares
from gansu_care.demo.province.equipment import FOUR_KINDS, equipment_rows
from gansu_care.demo.province.figures import BUILT_BY_YEAR, BY_PREFECTURE, CENTERS, JOINT, JOINTLY, RECEIVED
from gansu_care.demo.province.places import County, counties
from gansu_care.demo.province.receipts import Payment, payments
from gansu_care.demo.resident_ids import ResidentIds

pytestmark = pytest.mark.django_db
SEED, AS_OF = 2026, date(2026, 11, 20)


@pytest.fixture
def places() -> list[County]:
    return counties()


@pytest.fixture
def centers(places) -> list[DemoCenter]:
    return demo_centers(places, SEED)


@pytest.fixture
def received(places) -> list[Payment]:
    return payments(places, SEED)


def _children(places: list[County], number: int, seed: int = SEED) -> list[dict]:
    ids, of_county = ResidentIds(), shares(places, number)
    return [row for place in places for row in child_rows(place, of_county[place.code], seed, AS_OF, ids)]


def test_1248_centers_stand_in_all_86_counties_and_jiayuguan(places, centers) -> None:
    assert len(places) == 87
    assert len(centers) == CENTERS == 1248
    assert {center.county.code for center in centers} == {place.code for place in places}
    by_prefecture = Counter(center.county.prefecture_code for center in centers)
    assert by_prefecture == {code: built for code, (built, _, _) in BY_PREFECTURE.items()}


def test_1000_were_built_in_2009_and_none_after_july_2015(centers) -> None:
    assert Counter(center.built_on.year for center in centers) == BUILT_BY_YEAR
    assert BUILT_BY_YEAR[2009] == 1000
    assert max(center.built_on for center in centers) <= date(2015, 7, 31)


def test_25_were_merged_or_closed_by_the_end_of_2015(centers) -> None:
    ended = [center for center in centers if center.ended_on and center.ended_on <= date(2015, 12, 31)]
    assert len(ended) == 25
    for center in (center for center in centers if center.ended_on):
        assert center.built_on < center.ended_on
        assert center.closed or (center.successor and center.successor.ended_on is None)


def test_no_two_centers_of_a_township_share_a_name(centers) -> None:
    rows = list(center_rows(centers, SEED, AS_OF))
    assert len({(row["县区"], row["乡镇"], row["中心名称"]) for row in rows}) == 1248
    assert all(row["其中留守儿童"] <= row["服务儿童数"] for row in rows)
    assert len(list(ending_rows(centers))) == sum(1 for center in centers if center.ended_on)


def test_every_center_has_computers_televisions_stationery_and_books(centers) -> None:
    given: dict[tuple[str, str, str], set[str]] = {}
    for row in equipment_rows(centers, SEED):
        given.setdefault((row["县区"], row["乡镇"], row["活动中心"]), set()).add(row["类别"])
        assert row["金额（元）"] == row["数量"] * row["单价（元）"]
    assert len(given) == 1248
    assert all(kinds == set(FOUR_KINDS) for kinds in given.values())


def test_exactly_21_8_million_came_of_it_1_79_million_from_two_together(received) -> None:
    assert Decimal(sum(payment.yuan for payment in received)) == RECEIVED == Decimal("21800000.00")
    jointly = sum(payment.yuan for payment in received if payment.source == JOINT)
    assert Decimal(jointly) == JOINTLY == Decimal("1790000.00")
    assert min(payment.day.year for payment in received) == 2009
    assert max(payment.day for payment in received) < date(2015, 7, 31)


def test_each_prefecture_is_allocated_its_sum_and_no_source_gives_what_it_has_not(received, centers) -> None:
    made = grants(received, centers, SEED)
    by_prefecture: Counter[str] = Counter()
    for grant in made:
        by_prefecture[grant.county.prefecture_code] += grant.yuan
    assert by_prefecture == {code: yuan for code, (_, _, yuan) in BY_PREFECTURE.items()}
    for source in {grant.source for grant in made}:
        moves = [(p.day, p.yuan) for p in received if p.source == source]
        moves += [(g.day, -g.yuan) for g in made if g.source == source]
        left = 0
        for _, yuan in sorted(moves):
            left += yuan
            assert left >= 0


def test_each_allocation_has_a_number_of_its_own(received, centers) -> None:
    rows = list(allocation_rows(grants(received, centers, SEED)))
    assert len({row["分配文号"] for row in rows}) == len(rows)
    assert all(first["下达日期"] <= second["下达日期"] for first, second in pairwise(rows))


def test_the_two_officers_counties_have_enough_children_to_look_at(places) -> None:
    for number in (300, 2_000, 710_000):
        of_county = shares(places, number)
        assert sum(of_county.values()) == number
        assert all(of_county[code] >= 60 for code in LIVELY)


def test_no_childs_number_can_belong_to_anybody(places) -> None:
    rows = _children(places, 2_000)
    numbers = [row[heading] for row in rows for heading in row if heading.endswith("身份证号")]
    numbers = [number for number in numbers if number]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("620100") and resident_id.is_valid(number) for number in numbers)
    for row in rows:
        assert resident_id.birth_date(row["身份证号"]) == row["出生日期"]
        assert resident_id.sex(row["身份证号"]) == {"男": "1", "女": "2"}[row["性别"]]


def test_every_telephone_is_of_the_sample_numbers(places) -> None:
    rows = _children(places, 300)
    phones = [row[heading] for row in rows for heading in row if heading.endswith("电话") and row[heading]]
    assert phones
    assert all(re.fullmatch(r"1380000\d{4}", phone) for phone in phones)


def test_children_are_under_16_when_registered_and_leave_at_16(places) -> None:
    for row in _children(places, 2_000):
        assert age_on(row["出生日期"], row["登记日期"]) < 16
        if row["退出原因"] == "年满16周岁":
            assert age_on(row["出生日期"], row["退出日期"]) == 16
        if row["退出日期"] is None:
            assert age_on(row["出生日期"], AS_OF) < (18 if row["困境儿童类别"] else 16)


def test_every_years_register_has_children(places) -> None:
    rows = _children(places, 2_000)
    for year in range(2010, 2027):
        day = date(year, 12, 31)
        held = [r for r in rows if r["登记日期"] <= day and (r["退出日期"] is None or r["退出日期"] > day)]
        assert len(held) >= 20


def test_the_same_seed_gives_the_same_province(places, centers) -> None:
    assert _children(places, 300) == _children(places, 300)
    again = demo_centers(places, SEED)
    assert list(center_rows(centers, SEED, AS_OF)) == list(center_rows(again, SEED, AS_OF))
    assert _children(places, 300) != _children(places, 300, seed=1)
