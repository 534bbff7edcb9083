"""The scorecard of uploads: what is counted, what is due, that each figure opens exactly the uploads behind it."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.models import Upload
from gansu_care.spreadsheets.periods import Period, choices
from gansu_care.spreadsheets.scorecard import Scorecard
from tests.people import DINGXI, LINTAO, ZHANG
from tests.upload_pages import BAD, GOOD, text, workbook
from tests.uploading import applied, checked

pytestmark = pytest.mark.django_db

KINDS = ["children", "centers", "equipment", "funding"]
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def uploads(officer, neighbour):
    """临洮县: a file with one bad row, its good rows applied; the mended one applied. 漳县: one only checked."""
    first = checked(officer, workbook(*GOOD, BAD), "centers")
    applied(first, officer, good_rows=True)
    mended = [3, "新添镇儿童之家", "儿童之家", "新添镇", "2015-02-20", "陈丽华", ""]
    second = checked(officer, workbook(*GOOD, mended), "centers", replaces=first)
    applied(second, officer)
    third = checked(
        neighbour,
        workbook([1, "武阳镇儿童之家", "儿童之家", "武阳镇", "2015-07-23", "王秀英", ""]),
        "centers",
    )
    return first, second, third


def division(code: str) -> Division:
    return Division.objects.get(code=code)


def score(code: str, kinds=("centers",), period: Period | None = None):
    card = Scorecard(Upload.objects.all(), KINDS, period or Period(THIS_YEAR))
    return card.score(division(code), kinds)


def test_what_is_counted(uploads):
    one = score(LINTAO)
    assert (one.uploads, one.applied, one.first, one.first_right, one.again, one.bad_rows) == (
        2,
        2,
        1,
        0,
        1,
        1,
    )
    assert one.last_on == timezone.localdate()
    assert one.problems == {"E_CODE_UNKNOWN": 1, "E_DATE_INVALID": 1}
    other = score(ZHANG)
    assert (other.uploads, other.applied, other.first, other.first_right) == (1, 0, 1, 1)
    assert score(DINGXI).uploads == 0


def test_scores_add_up(uploads):
    both = score(LINTAO) + score(ZHANG)
    assert (both.uploads, both.first, both.first_right, both.bad_rows) == (3, 2, 1, 1)
    assert both.top_problems == [("E_CODE_UNKNOWN", 1), ("E_DATE_INVALID", 1)]


@pytest.mark.parametrize(
    ("today", "due", "in_time"),
    [
        ("2026-03-31", 0, 0),  # the quarter is not over
        ("2026-04-01", 1, 0),
        ("2026-12-31", 3, 0),
        ("2027-01-01", 4, 0),
    ],
)
def test_a_quarter_is_due_once_it_has_ended(officer, today, due, in_time):
    with time_machine.travel(f"{today}T12:00:00+08:00", tick=False):
        one = score(LINTAO, period=Period(2026))
    assert (one.due, one.in_time) == (due, in_time)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-06-30T23:59:00+08:00", (2, 1)), ("2026-07-01T00:01:00+08:00", (3, 1))],
)
def test_in_time_is_by_the_clock_of_the_province(officer, day, expected):
    """Applied in the last minute of June it counts for the second quarter, two minutes later for the third."""
    with time_machine.travel(day, tick=False):
        applied(checked(officer, workbook(*GOOD), "centers"), officer)
    with time_machine.travel("2026-07-15T12:00:00+08:00", tick=False):
        one = score(LINTAO, period=Period(2026))
        second = score(LINTAO, period=Period(2026, 2))
    assert (one.due, one.in_time) == expected
    assert (second.due, second.in_time) == (1, 1 if "06-30" in day else 0)


def test_all_four_kinds_are_due_of_a_county_and_none_of_a_prefecture(officer):
    with time_machine.travel("2026-07-15T12:00:00+08:00", tick=False):
        assert score(LINTAO, KINDS, Period(2026)).due == 8
        assert score(DINGXI, KINDS, Period(2026)).due == 0


def test_what_was_undone_is_not_in_time(uploads):
    Upload.objects.update(state="undone")
    assert (score(LINTAO).applied, score(LINTAO).in_time) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_periods(asked, first, last):
    period = Period.parse(asked)
    assert (period.first, period.last, period.code) == (first, last, asked)


@pytest.mark.parametrize("asked", ["", "2026Q5", "1999", "2999", "２０２６", "2026Q", "x" * 50])
def test_what_is_no_period_is_this_year(asked):
    assert Period.parse(asked) == Period(THIS_YEAR)


def test_the_periods_that_are_offered_lie_not_ahead():
    with time_machine.travel("2026-05-02T12:00:00+08:00", tick=False):
        assert [one.code for one in choices()][:4] == ["2026", "2026Q2", "2026Q1", "2025"]


# --- the page


def shown(client, user, **query) -> str:
    client.force_login(user)
    answer = client.get(reverse("spreadsheets:scorecard"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_prefecture_sees_a_row_for_each_county_sent_or_not(client, prefecture, uploads):
    said = text(shown(client, prefecture))
    assert f"上传情况：定西市，{THIS_YEAR}年" in said
    for name in ("安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县"):
        assert name in said
    assert "按时：每种表格每季度至少导入一批，最晚在季度最后一天" in said


def test_a_county_sees_its_own_kinds_and_no_other_county(client, officer, uploads):
    said = text(shown(client, officer))
    assert "上传情况：临洮县" in said
    for kind in ("留守儿童登记表", "活动中心表", "设备物资台账", "资金表"):
        assert kind in said
    assert "漳县" not in said


def test_a_county_is_opened_from_the_row(client, prefecture, uploads):
    html = shown(client, prefecture, place=ZHANG)
    assert f"上传情况：漳县，{THIS_YEAR}年" in text(html)


def test_a_county_beyond_ones_own_is_not_opened(client, officer, uploads):
    assert "上传情况：临洮县" in text(shown(client, officer, place=ZHANG))


LINK = re.compile(r'<a href="(/uploads/\?[^"]+)">([\d,/]+)</a>')


@pytest.mark.parametrize(
    "query", [{}, {"kind": "centers"}, {"place": LINTAO}, {"place": ZHANG, "kind": "centers"}]
)
def test_each_figure_opens_the_uploads_behind_it(client, prefecture, uploads, query):
    links = [(unescape(url), figure) for url, figure in LINK.findall(shown(client, prefecture, **query))]
    assert links
    for url, figure in links:
        listed = client.get(url).context["page"].count
        if "result=bad_rows" in url:
            assert listed >= 1
        elif "applied_since" in url:
            assert listed >= int(figure.split("/")[0])
        else:
            assert listed == int(figure), url


def test_a_kind_of_problem_opens_the_uploads_that_have_it(client, prefecture, uploads):
    html = shown(client, prefecture)
    url = next(
        unescape(found) for found in re.findall(r'href="(/uploads/\?[^"]*code=E_DATE_INVALID[^"]*)"', html)
    )
    assert client.get(url).context["page"].rows == [uploads[0]]


def test_uploads_of_the_year_before_are_not_counted(client, prefecture, uploads):
    Upload.objects.update(received_on=timezone.localdate() - timedelta(days=400))
    assert score(LINTAO).uploads == 0


def test_a_constant_number_of_queries(client, admin, uploads, django_assert_max_num_queries):
    client.force_login(admin)
    with django_assert_max_num_queries(25):
        client.get(reverse("spreadsheets:scorecard"))
