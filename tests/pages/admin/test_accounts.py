"""Accounts in the admin."""

import pytest

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from tests.pages.admin.screens import signed_in
from tests.people import PEOPLE, person

pytestmark = pytest.mark.django_db


def test_accounts_are_those_the_administrator_manages() -> None:
    for username in PEOPLE:
        person(username)
    path = "/admin/accounts/user/"

    assert {u.username for u in signed_in("system").get(path).context["cl"].result_list} == {
        "admin", "province", "leader", "auditor", "security",
    }  # fmt: skip
    assert "province" not in {u.username for u in signed_in("admin").get(path).context["cl"].result_list}


def test_grants_are_those_of_accounts_that_the_administrator_manages() -> None:
    for username in PEOPLE:
        person(username)
    grants = signed_in("admin").get("/admin/accounts/grant/").context["cl"].result_list

    assert {one.account.username for one in grants} == {
        "officer",
        "neighbour",
        "township",
        "county",
        "prefecture",
    }
    assert signed_in("admin").get("/admin/accounts/grant/add/").status_code == 403


def test_an_account_is_looked_at_here_and_changed_on_its_page() -> None:
    officer, client = person("officer"), signed_in("admin")
    path = f"/admin/accounts/user/{officer.pk}/change/"

    page = client.get(path).content.decode()

    assert officer.get_absolute_url() in page
    assert officer.password not in page
    assert client.post(path, {"role": "administrator", "is_superuser": "on"}).status_code == 403
    assert client.get("/admin/accounts/user/add/").headers["Location"] == "/accounts/new/"
    assert client.get(f"/admin/accounts/user/{person('province').pk}/change/").status_code == 404
    assert User.objects.get(pk=officer.pk).role == Role.COUNTY_OFFICER
