"""Who comes into the admin, and how."""

import pytest
from django.test import Client

from tests.pages.admin.screens import signed_in
from tests.people import PEOPLE
from tests.records import make_child

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", PEOPLE)
def test_only_the_two_administrators_come_in(username: str) -> None:
    expected = 200 if username in ("admin", "system") else 403

    assert signed_in(username).get("/admin/").status_code == expected


@pytest.mark.parametrize("path", ["", "login/", "logout/", "password_change/", "children/child/", "no/such/"])
def test_our_sign_in_is_the_only_door(path: str, client: Client) -> None:
    for answer in (
        client.get(f"/admin/{path}"),
        client.post(f"/admin/{path}", {"username": "a", "password": "b"}),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


def test_djangos_own_sign_in_out_and_password_pages_lead_to_ours() -> None:
    client = signed_in("admin")

    assert client.get("/admin/login/").headers["Location"] == "/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).headers["Location"] == "/admin/"
    assert client.get("/admin/logout/").headers["Location"] == "/sign-out/"
    assert client.get("/admin/password_change/").headers["Location"] == "/account/password/"
    assert client.get("/admin/password_change/done/").status_code == 404


def test_the_jump_by_content_type_is_closed() -> None:
    child = make_child()

    assert signed_in("system").get(f"/admin/r/1/{child.pk}/").status_code == 404
