"""The trail's page: the auditor reads, filters and takes it away in numbers, and that leaves events too."""

import csv
import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client

from gansu_care.pages.screens.trail import EventFilter
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event
from tests.people import person

pytestmark = pytest.mark.django_db

LIST, EXPORT = "/trail/", "/trail/export/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def events(officer, county) -> None:
    with time_machine.travel("2026-11-22T23:59:00+08:00", tick=False):
        record_event(Action.READ, officer, kind="child", number="GC0000000019", rows=1)
    with time_machine.travel("2026-11-23T00:00:00+08:00", tick=False):
        record_event(Action.EXPORT, officer, kind="child", rows=1842, reason="export")
        record_event(Action.EXPORT, officer, kind="child", rows=3, reason="export")
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False):
        record_event(Action.ACCOUNT, county, kind="account.end", number="officer", reason="调离")
        record_event(Action.SIGN_IN_FAILED, None, number="officer")
        record_event(Action.UNMASK, county, kind="child.id_number", number="GC0000000019", reason="核对户籍")


def listed(query: str = "") -> list[str]:
    """The actions that the page lists, newest first."""
    page = signed_in("auditor").get(LIST + query)
    assert page.status_code == 200
    return [row.record.action for row in page.context["table"].rows]


def test_the_newest_act_stands_first_and_in_words(events) -> None:
    page = signed_in("auditor").get(LIST).content.decode()

    assert listed()[:2] == [Action.READ, Action.UNMASK]  # the reading of the trail itself, then the last act
    assert "留守儿童：身份证号" in page
    assert "核对户籍" in page
    assert "临洮县" in page
    assert "2026-11-23 09:00:00" in page


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("?user=officer", [Action.EXPORT, Action.EXPORT, Action.READ]),
        ("?user=Officer&action=read", [Action.READ]),
        ("?user=nobody", []),
        ("?action=unmask", [Action.UNMASK]),
        ("?number=GC0000000019", [Action.UNMASK, Action.READ]),
        ("?number=gc0000000019&until=2026-11-22", [Action.READ]),
        ("?number=officer", [Action.SIGN_IN_FAILED, Action.ACCOUNT]),
        ("?until=2026-11-22", [Action.READ]),
        ("?since=2026-11-23&until=2026-11-23&user=officer", [Action.EXPORT, Action.EXPORT]),
    ],
)
def test_filters(events, query: str, actions: list[str]) -> None:
    assert listed(query) == actions


def test_reading_leaves_an_event_with_the_number_of_rows(events) -> None:
    signed_in("auditor").get(LIST + "?user=officer")

    event = Event.objects.first()
    assert (event.username, event.action, event.kind, event.rows) == ("auditor", Action.READ, "trail", 3)


def test_the_next_page_begins_after_the_last_row(officer) -> None:
    for number in range(60):
        record_event(Action.READ, officer, kind="child", number=str(number))
    client = signed_in("auditor")

    first = client.get(LIST + "?action=read&user=officer").context["page"]
    second = client.get(LIST + first.next_url).context["page"]

    assert first.rows[0].number == "59"
    assert [event.number for event in second.rows] == [str(number) for number in range(9, -1, -1)]
    assert second.next_url is None


def rows_of(response: Any) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_summary_counts_acts_by_day_user_and_kind(events) -> None:
    response = signed_in("auditor").get(EXPORT + "?user=officer")

    head, *rows = rows_of(response)
    assert head == ["日期", "用户名", "角色", "区划代码", "操作", "记录种类", "次数", "行数"]
    assert rows == [
        ["2026-11-22", "officer", "县级填报员", "621124", "查看", "child", "1", "1"],
        ["2026-11-23", "officer", "县级填报员", "621124", "导出", "child", "2", "1845"],
    ]
    assert "GC0000000019" not in response.content.decode("utf-8-sig")


def test_the_summary_leaves_an_event_and_holds_no_formula(officer) -> None:
    officer.username = "=cmd"
    record_event(Action.READ, officer, kind="child")

    response = signed_in("auditor").get(EXPORT + "?action=read")

    event = Event.objects.first()
    assert [row[1] for row in rows_of(response)[1:]] == ["'=cmd"]
    assert (event.action, event.kind, event.rows, event.reason) == (Action.EXPORT, "trail", 1, "action=read")


@pytest.mark.parametrize("path", [LIST, EXPORT])
@pytest.mark.parametrize(
    "username", ["officer", "township", "county", "prefecture", "province", "admin", "leader", "system"]
)
def test_the_trail_is_the_auditors(path: str, username: str) -> None:
    assert signed_in(username).get(path).status_code == 403


@pytest.mark.parametrize("path", [LIST, EXPORT])
def test_a_stranger_is_sent_to_the_sign_in(path: str, client: Client) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", [LIST, EXPORT])
def test_nothing_is_written_there(path: str) -> None:
    assert signed_in("auditor").post(path).status_code == 405


@pytest.mark.parametrize(
    "query", ["?since=yesterday", "?until=2026-13-45", "?action=%27", "?user=%00", "?after=AAAA"]
)
def test_a_strange_condition_is_said(query: str) -> None:
    client = signed_in("auditor")

    assert client.get(LIST + query).status_code == 200
    assert client.get(EXPORT + query).status_code in (200, 302)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="read off SQLite's plan; PostgreSQL scans what is small"
)
@pytest.mark.parametrize(
    "query", ["user=officer", "user=nobody", "number=GC0000000019", "action=export", "place=621124"]
)
def test_no_condition_reads_the_whole_trail(query: str, officer: Any) -> None:
    """Of a name without an account too: each is found by an index, the newest first."""
    found = EventFilter(QueryDict(query), Event.objects.order_by("-id")).qs[:50]

    assert "SEARCH trail_event USING INDEX event_by_" in found.explain()
