"""Who manages whose accounts, and which roles may be given where: the rule of accounts/managing.py, as a table."""

import pytest
from django.core.exceptions import PermissionDenied

from gansu_care.accounts.acts import (
    change_account,
    end_account,
    open_account,
    renew_password,
    restore_account,
)
from gansu_care.accounts.managing import (
    accounts_managed_by,
    assignable_divisions,
    assignable_roles,
    level_of,
    may_assign,
)
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ROLES, Role
from gansu_care.divisions.book import reset
from gansu_care.divisions.models import Division
from tests.people import DINGXI, LINTAO, PEOPLE, PROVINCE, TAOYANG, ZHANG, make_user, person

pytestmark = pytest.mark.django_db

JIAYUGUAN, LANZHOU = "620200", "620100"


def division(code: str) -> Division:
    return Division.objects.get(code=code)


MANAGED = {
    "officer": set(),
    "neighbour": set(),
    "township": set(),
    "county": {"officer", "township"},
    "prefecture": {"officer", "neighbour", "township", "county"},
    "province": set(),
    "admin": {"officer", "neighbour", "township", "county", "prefecture"},
    "leader": set(),
    "auditor": set(),
    "system": {"province", "admin", "leader", "auditor", "security"},
    "security": set(),
}


@pytest.mark.parametrize("username", MANAGED)
def test_each_person_manages_exactly_the_accounts_below_her(username: str) -> None:
    for other in PEOPLE:
        person(other)

    managed = accounts_managed_by(person(username))

    assert set(managed.values_list("username", flat=True)) == MANAGED[username]


GIVEN = {
    "county": {Role.COUNTY_OFFICER, Role.STAFF_TOWNSHIP, Role.STAFF_COUNTY, Role.LEADER},
    "prefecture": {Role.COUNTY_OFFICER, Role.STAFF_TOWNSHIP, Role.STAFF_COUNTY, Role.LEADER},
    "admin": {Role.COUNTY_OFFICER, Role.STAFF_TOWNSHIP, Role.STAFF_COUNTY, Role.STAFF_PREFECTURE, Role.LEADER},
    "system": {Role.STAFF_PROVINCE, Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR, Role.SYSTEM, Role.SECURITY},
}  # fmt: skip


@pytest.mark.parametrize("username", PEOPLE)
def test_roles_that_each_person_may_give(username: str) -> None:
    assert set(assignable_roles(person(username))) == GIVEN.get(username, set())


ASSIGNED = [
    # who, role, where, may
    ("county", Role.COUNTY_OFFICER, LINTAO, True),
    ("county", Role.STAFF_TOWNSHIP, TAOYANG, True),
    ("county", Role.LEADER, LINTAO, True),
    ("county", Role.COUNTY_OFFICER, ZHANG, False),  # the neighbour county
    ("county", Role.COUNTY_OFFICER, TAOYANG, False),  # wrong level
    ("county", Role.STAFF_TOWNSHIP, LINTAO, False),  # wrong level
    ("county", Role.LEADER, DINGXI, False),  # above her
    ("county", Role.STAFF_PREFECTURE, DINGXI, False),
    ("county", Role.ADMINISTRATOR, PROVINCE, False),
    ("county", "no_such_role", LINTAO, False),
    ("prefecture", Role.STAFF_COUNTY, ZHANG, True),
    ("prefecture", Role.STAFF_PREFECTURE, DINGXI, False),  # her own level
    ("prefecture", Role.COUNTY_OFFICER, DINGXI, False),  # a prefecture with counties is no county
    ("prefecture", Role.COUNTY_OFFICER, "620102", False),  # another prefecture
    ("admin", Role.STAFF_PREFECTURE, LANZHOU, True),
    ("admin", Role.COUNTY_OFFICER, JIAYUGUAN, True),  # acts as a county
    ("admin", Role.STAFF_PREFECTURE, JIAYUGUAN, True),
    ("admin", Role.ADMINISTRATOR, PROVINCE, False),
    ("admin", Role.STAFF_PROVINCE, PROVINCE, False),
    ("system", Role.ADMINISTRATOR, PROVINCE, True),
    ("system", Role.STAFF_COUNTY, LINTAO, False),
    ("officer", Role.STAFF_TOWNSHIP, TAOYANG, False),
]


@pytest.mark.parametrize(("username", "role", "code", "may"), ASSIGNED)
def test_a_role_is_given_only_where_it_exists_and_only_within_reach(username, role, code, may) -> None:
    assert may_assign(person(username), role, division(code)) is may


def test_jiayuguan_has_the_roles_of_both_levels() -> None:
    staff = make_user(Role.STAFF_PREFECTURE, JIAYUGUAN, username="jyg-staff")
    county = make_user(Role.STAFF_COUNTY, JIAYUGUAN, username="jyg-county")
    leader = make_user(Role.LEADER, JIAYUGUAN, username="jyg-leader")
    street = Division.objects.in_force().filter(parent__code=JIAYUGUAN).first()
    make_user(Role.STAFF_TOWNSHIP, street, username="jyg-street")

    assert level_of(Role.COUNTY_OFFICER, division(JIAYUGUAN)) == "county"
    assert set(accounts_managed_by(staff).values_list("username", flat=True)) == {
        county.username,
        "jyg-street",
    }
    assert set(accounts_managed_by(county).values_list("username", flat=True)) == {"jyg-street"}
    assert leader in accounts_managed_by(person("admin"))
    assert not may_assign(county, Role.STAFF_PREFECTURE, division(JIAYUGUAN))
    assert set(assignable_divisions(staff)) >= {division(JIAYUGUAN), street}


def test_accounts_of_an_ended_division_are_managed_where_its_successor_stands(county) -> None:
    old = Division.objects.create(
        code="621129", name="旧县", level="county", parent=division(DINGXI), valid_to="2020-01-01",
        successor=division(LINTAO),
    )  # fmt: skip
    left_behind = make_user(Role.COUNTY_OFFICER, old, username="old-officer")
    reset()

    assert left_behind in accounts_managed_by(county)
    assert not may_assign(county, Role.COUNTY_OFFICER, old)
    assert old not in assignable_divisions(county)


def test_nobody_manages_herself_or_a_superuser(system) -> None:
    root = User.objects.create_superuser("root", password="xiao-hua-2026")

    assert system not in accounts_managed_by(system)
    assert root not in accounts_managed_by(system)
    assert set(accounts_managed_by(root)) == {system}


def test_nobody_gives_a_role_whose_accounts_she_does_not_manage() -> None:
    """The table itself: no role that manages accounts reaches its own rank or a higher one, the county's excepted."""
    rank = {"township": 0, "county": 1, "prefecture": 2, "province": 3}
    for role, row in ROLES.items():
        own = max(rank[level] for level in row.levels)
        for level in row.manages:
            same = role in (Role.STAFF_COUNTY, Role.SYSTEM)
            assert rank[level] < own or (same and rank[level] == own), role


VALUES = {"name": "王芳", "unit": "", "phone": "", "role": Role.COUNTY_OFFICER}


@pytest.mark.parametrize("act", ["open", "change", "end", "restore", "password"])
def test_an_act_refuses_by_itself_whatever_page_called_it(act: str, officer, county, neighbour) -> None:
    """The county's officer manages nobody; the county's administrator not the neighbour county's."""
    values = {**VALUES, "division": division(LINTAO)}
    acts = {
        "open": lambda: open_account(officer, "wang", values),
        "change": lambda: change_account(county, neighbour, values),
        "end": lambda: end_account(county, neighbour, "…"),
        "restore": lambda: restore_account(county, neighbour, "…"),
        "password": lambda: renew_password(county, neighbour),
    }
    before = User.objects.values_list("pk", "role", "division", "password", "is_active").order_by("pk")
    held = list(before)

    with pytest.raises(PermissionDenied):
        acts[act]()

    assert list(before.all()) == held


def test_moving_an_account_out_of_reach_is_refused(county, officer) -> None:
    with pytest.raises(PermissionDenied):
        change_account(county, officer, {**VALUES, "division": division(ZHANG)})
    with pytest.raises(PermissionDenied):
        change_account(
            county, officer, {**VALUES, "role": Role.STAFF_PREFECTURE, "division": division(DINGXI)}
        )
    with pytest.raises(PermissionDenied):
        change_account(county, county, {**VALUES, "division": division(LINTAO)})
