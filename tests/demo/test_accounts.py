"""The accounts of the demo: one of each role can sign in, those that only send workbooks cannot."""

import pytest

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ROLES, Role
from gansu_care.demo.accounts import LOGINS, PASSWORD, clerk_of, make_accounts

pytestmark = pytest.mark.django_db


def test_there_is_a_login_for_each_role_at_a_division_where_the_role_exists() -> None:
    make_accounts()
    users = {user.username: user for user in User.objects.select_related("division")}
    assert {login.role for login in LOGINS} == set(Role)
    for login in LOGINS:
        user = users[login.username]
        assert user.check_password(PASSWORD)
        assert user.is_active
        assert user.division.code == login.division_code
        assert user.division.level in ROLES[user.role].levels


def test_the_prefectures_staff_send_workbooks_and_cannot_sign_in() -> None:
    make_accounts()
    staff = User.objects.filter(username__startswith="staff-")
    assert staff.count() == 14
    assert not any(user.has_usable_password() for user in staff)


def test_made_again_they_stay_as_they_are() -> None:
    make_accounts()
    User.objects.filter(username="officer").update(name="改过的名字")
    before = User.objects.count()
    make_accounts()
    assert User.objects.count() == before
    assert User.objects.get(username="officer").name == "改过的名字"


def test_a_countys_own_officer_sends_its_workbooks_where_there_is_one() -> None:
    assert clerk_of("621124", "621100") == "officer"
    assert clerk_of("621125", "621100") == "neighbour"
    assert clerk_of("621121", "621100") == "staff-621100"
