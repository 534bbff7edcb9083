"""The list of children: who sees which rows, masks, search by name, pinyin, initials, number and ID number."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.records import invented_id_number, make_child

pytestmark = pytest.mark.django_db
ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)


def page(username: str, query: str = "") -> str:
    client = Client()
    client.force_login(person(username))
    return client.get(f"/children/{query}").content.decode()


@pytest.fixture
def two_counties() -> None:
    make_child("621124", name="单小雨", id_number=ID_NUMBER)
    make_child("621124100", name="王小雨")
    make_child("621125", name="单小雪")


def test_officer_sees_only_children_of_own_county(two_counties: None) -> None:
    assert "单小雨" in page("officer")
    assert "单小雪" not in page("officer")
    assert "单小雪" in page("neighbour")
    assert "单小雨" not in page("neighbour")


def test_township_staff_see_their_township_only(two_counties: None) -> None:
    shown = page("township")

    assert "王小雨" in shown
    assert "单小雨" not in shown


def test_beyond_the_own_county_names_are_masked(two_counties: None) -> None:
    shown = page("prefecture")

    assert "单*雨" in shown
    assert "单小雨" not in shown


def test_id_numbers_are_masked(two_counties: None) -> None:
    shown = page("officer")

    assert f"6201**********{ID_NUMBER[-4:]}" in shown
    assert ID_NUMBER not in shown


@pytest.mark.parametrize("typed", ["单小", "小雨", "shanxiao", "danxiao", "sxy", "dxy", ID_NUMBER])
def test_the_child_is_found(two_counties: None, typed: str) -> None:
    assert "单小雨" in page("officer", f"?q={typed}")


@pytest.mark.parametrize("typed", ["sxx", "GC9", "单小雪", "%25", "_"])
def test_another_is_not(two_counties: None, typed: str) -> None:
    assert "单小雨" not in page("officer", f"?q={typed}")


def test_a_search_by_id_number_is_logged_without_the_number(two_counties: None) -> None:
    page("officer", f"?q={ID_NUMBER}")

    event = Event.objects.get(action=Action.SEARCH_ID)
    assert ID_NUMBER not in str(vars(event))


@pytest.mark.parametrize("username", ["leader", "auditor", "system"])
def test_who_may_not_see_persons_is_refused(two_counties: None, username: str) -> None:
    client = Client()
    client.force_login(person(username))

    assert client.get("/children/").status_code == 403


def test_not_signed_in_leads_to_sign_in() -> None:
    response = Client().get("/children/")

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_filters_and_sorting_answer(two_counties: None) -> None:
    for query in (
        "?situation=both&age=0-5&care=fair&sex=1&schooling=primary",
        "?sort=-age",
        "?sort=evil__x",
        "?place=1",
    ):
        assert "留守儿童" in page("officer", query)


def test_drafts_are_listed_and_told_apart(two_counties: None) -> None:
    make_child("621124", name="周小禾", consent=False)

    shown = page("officer")
    assert "另有待核 1 名" in shown
    assert "周小禾" in page("officer", "?status=draft")


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_num_queries) -> None:
    client = Client()
    client.force_login(person("officer"))
    make_child("621124")
    client.get("/children/")  # what is read once a process
    with CaptureQueriesContext(connection) as for_one:
        client.get("/children/")
    for serial in range(12):
        make_child("621124", name=f"张小{'一二三四五六七八九十百千'[serial]}")
    with django_assert_num_queries(len(for_one)):
        client.get("/children/")
    assert len(for_one) < 22


def test_the_home_page_tells_the_officer_what_waits() -> None:
    make_child("621124", name="周小禾", consent=False)
    make_child("621124", name="郑小舟", birth_date=date(2010, 1, 1))
    client = Client()
    client.force_login(person("officer"))

    shown = client.get("/").content.decode()

    assert "1 名儿童待核，还没有监护人同意" in shown
    assert "1 名儿童已满16周岁，请办理退出" in shown
