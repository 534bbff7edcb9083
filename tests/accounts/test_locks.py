"""Locks after failed sign-ins, and the system administrator's page that opens them."""

import pytest
from django.core.cache import cache
from django.test import Client

from gansu_care.accounts.locks import is_locked, unlock
from gansu_care.trail.models import Action, Event
from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> None:
    cache.clear()


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def fail(username: str, times: int = 5, **extra: str) -> None:
    client = Client()
    for _attempt in range(times):
        client.post("/sign-in/", {"login": username, "password": "wrong-wrong"}, **extra)


def signs_in(username: str, **extra: str) -> bool:
    return Client().post("/sign-in/", {"login": username, "password": PASSWORD}, **extra).status_code == 302


def test_five_failures_lock_a_user_name_and_no_other(officer, neighbour) -> None:
    fail("officer", 4)
    assert not is_locked("officer")
    fail("officer", 1)

    assert is_locked("officer")
    assert is_locked("Officer ")
    assert not signs_in("officer")
    assert signs_in("neighbour")


def test_another_host_name_of_the_site_is_no_way_round(officer, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    fail("officer", HTTP_HOST="one.example")

    assert not signs_in("officer", HTTP_HOST="two.example")


def test_unlocking_forgets_the_failures(officer) -> None:
    fail("officer")

    assert unlock("officer")
    assert not unlock("officer")
    assert signs_in("officer")


def test_the_page_lists_who_is_locked_and_unlocks(officer) -> None:
    client = signed_in("system")
    assert "没有锁定的账号" in client.get("/accounts/locks/").content.decode()
    fail("officer"), fail("nobody-of-this-name")

    page = client.get("/accounts/locks/").content.decode()
    assert 'value="officer"' in page
    assert "nobody-of-this-name" not in page
    response = client.post("/accounts/locks/", {"username": "officer"}, follow=True)

    assert "officer 已解锁" in response.content.decode()
    assert signs_in("officer")
    event = Event.objects.get(action=Action.ACCOUNT)
    assert (event.kind, event.number, event.username) == ("account.unlock", "officer", "system")


@pytest.mark.parametrize("username", ["", "nobody", "x" * 61, "a\0b"])
def test_a_name_that_does_not_exist_is_said(username: str) -> None:
    response = signed_in("system").post("/accounts/locks/", {"username": username})

    assert response.status_code == 422
    assert not Event.objects.filter(action=Action.ACCOUNT).exists()


@pytest.mark.parametrize("username", ["county", "admin", "auditor", "officer"])
def test_locks_are_the_system_administrators(username: str) -> None:
    assert signed_in(username).get("/accounts/locks/").status_code == 403
    assert signed_in(username).post("/accounts/locks/", {"username": "officer"}).status_code == 403
