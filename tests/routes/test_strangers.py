"""Whoever is not signed in is sent to the sign-in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.routes.table import OPEN_TO_ALL, TABLE
from tests.routes.visiting import admin_paths, is_sent_to_sign_in

pytestmark = pytest.mark.django_db


def test_open_without_sign_in_are_exactly_these(client: Client, examples) -> None:
    open_routes = {name for name in OPEN_TO_ALL if not is_sent_to_sign_in(client.get(reverse(name)))}
    assert open_routes == OPEN_TO_ALL
    closed = {
        name
        for name, row in TABLE.items()
        for send in (client.get, client.post, client.head, client.put, client.delete, client.options)
        if not is_sent_to_sign_in(send(reverse(name, args=examples[row.arguments])))
    }
    assert closed == set()


def test_what_is_open_tells_nothing(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/no/such/page").status_code == 404
    assert client.get("/sign-in/code/").status_code in (302, 405)
    assert not is_sent_to_sign_in(client.get("/static/design.css"))


def test_every_page_of_the_admin_sends_a_stranger_to_the_sign_in(client: Client) -> None:
    assert [path for path in admin_paths() if not is_sent_to_sign_in(client.get(path))] == []
