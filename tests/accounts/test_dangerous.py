"""Acts before which a person shows once more who she is."""

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse

from gansu_care.accounts.dangerous import DANGEROUS, OPENING
from gansu_care.accounts.models import User
from tests.people import PASSWORD, person
from tests.routes.visiting import walk

pytestmark = pytest.mark.django_db

WHO = {
    "accounts:approve": "security",
    "accounts:refuse": "security",
    "accounts:end_session": "security",
    "accounts:locks": "system",
    "divisions:load": "admin",
    "divisions:confirm": "admin",
    "protection:notice_publish": "admin",
}
NEW = {"username": "wang", "name": "王芳", "role": "county_officer", "division": "临洮县"}


@pytest.fixture(autouse=True)
def asked(settings) -> None:
    settings.CONFIRM_DANGEROUS_ACTS = True


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def county(clock) -> Client:
    person("county")
    client = Client()
    client.post("/sign-in/", {"login": "county", "password": PASSWORD})
    return client


def test_the_table_names_routes_that_there_are() -> None:
    assert set(DANGEROUS) - {name for name, _pattern, _route in walk(get_resolver())} == set()


def test_five_minutes_after_signing_in_she_is_asked_again(county: Client, clock) -> None:
    assert county.get("/accounts/new/").status_code == 200
    clock.shift(301)

    answer = county.get("/accounts/new/")
    assert answer.headers["Location"] == "/account/confirm/?next=%2Faccounts%2Fnew%2F"
    confirmed = county.post(answer.headers["Location"], {"password": PASSWORD, "next": "/accounts/new/"})

    assert confirmed.headers["Location"] == "/accounts/new/"
    assert county.get("/accounts/new/").status_code == 200
    assert county.get("/accounts/").status_code == 200  # looking asks nobody


def test_a_form_may_take_its_time_once_its_page_was_opened(county: Client, clock) -> None:
    assert county.get("/accounts/new/").status_code == 200
    clock.shift(12 * 60)

    assert county.post("/accounts/new/", NEW).status_code == 200
    assert User.objects.filter(username="wang").exists()


def test_sent_without_it_nothing_is_done_and_nothing_is_kept(county: Client, clock) -> None:
    """A form that was open for too long, or one sent from elsewhere in a session left open."""
    for _work in range(3):
        clock.shift(11 * 60)
        county.get("/accounts/")

    answer = county.post("/accounts/new/", NEW, HTTP_REFERER="http://testserver/accounts/new/")

    assert answer.headers["Location"] == "/account/confirm/?next=%2Faccounts%2Fnew%2F"
    assert "还没有保存" in county.get(answer.headers["Location"]).content.decode()
    assert not User.objects.filter(username="wang").exists()
    assert "王芳" not in str(dict(county.session.items()))


def test_the_way_back_is_never_another_site(county: Client, clock) -> None:
    for _work in range(3):
        clock.shift(11 * 60)
        county.get("/accounts/")

    answer = county.post("/accounts/new/", NEW, HTTP_REFERER="https://evil.example/accounts/new/")

    assert answer.headers["Location"] == "/account/confirm/?next=%2F"


@pytest.mark.parametrize("route", sorted(DANGEROUS))
def test_a_session_that_never_showed_it_is_asked_at_each_of_them(route: str) -> None:
    """Somebody took over a session: no password was ever typed in it."""
    client = Client()
    client.force_login(person(WHO.get(route, "county")))
    takes = next(one for name, one, _route in walk(get_resolver()) if name == route)
    path = reverse(route, args=["1"] if "<" in takes else [])

    send = client.get if DANGEROUS[route] == OPENING else client.post
    assert send(path).headers["Location"].startswith("/account/confirm/")
