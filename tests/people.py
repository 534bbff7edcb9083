"""The province's people: one of each role, and the neighbour county's officer, who must see nothing of 临洮县.

    officer, neighbour              county officers of 临洮县 and 漳县
    township, county, prefecture    staff of 洮阳镇, 临洮县, 定西市
    province, admin                 staff and administrator of 甘肃省
    leader, auditor                 read-only leader, auditor
    system, security                system administrator, security administrator

Each name is also a fixture that makes the account.
"""

from datetime import date
from typing import Any

import pytest

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Division

PROVINCE, DINGXI, LINTAO, ZHANG = "620000", "621100", "621124", "621125"
TAOYANG = "621124100"
PASSWORD = "xiao-hua-2026"

PEOPLE = {
    "officer": (Role.COUNTY_OFFICER, LINTAO, "李晓梅"),
    "neighbour": (Role.COUNTY_OFFICER, ZHANG, "张桂兰"),
    "township": (Role.STAFF_TOWNSHIP, TAOYANG, "王秀英"),
    "county": (Role.STAFF_COUNTY, LINTAO, "赵玉兰"),
    "prefecture": (Role.STAFF_PREFECTURE, DINGXI, "马文静"),
    "province": (Role.STAFF_PROVINCE, PROVINCE, "陈丽华"),
    "admin": (Role.ADMINISTRATOR, PROVINCE, "周敏"),
    "leader": (Role.LEADER, PROVINCE, "刘建国"),
    "auditor": (Role.AUDITOR, PROVINCE, "孙立"),
    "system": (Role.SYSTEM, PROVINCE, "吴强"),
    "security": (Role.SECURITY, PROVINCE, "郑安"),
}
LONG_AGO = date(2009, 1, 1)  # since when everybody is granted her role, whatever day a test plays on


def make_user(role: str, division: str | Division | None, **overrides: Any) -> User:
    """An account granted `role` at a division (itself or its code); its password is PASSWORD, its name the role's."""
    if isinstance(division, str):
        division = Division.objects.get(code=division)
    defaults = {"username": str(role), "name": "测试员", "password": PASSWORD, "granted_from": LONG_AGO}
    values = defaults | overrides
    return User.objects.create_user(role=role, division=division, **values)


def person(username: str) -> User:
    """The account of one of PEOPLE, made when first asked for."""
    known = User.objects.filter(username=username).first()
    if known:
        return known
    role, division, name = PEOPLE[username]
    return make_user(role, division, username=username, name=name)


@pytest.fixture
def officer(db: None) -> User:
    return person("officer")


@pytest.fixture
def neighbour(db: None) -> User:
    return person("neighbour")


@pytest.fixture
def township(db: None) -> User:
    return person("township")


@pytest.fixture
def county(db: None) -> User:
    return person("county")


@pytest.fixture
def prefecture(db: None) -> User:
    return person("prefecture")


@pytest.fixture
def province(db: None) -> User:
    return person("province")


@pytest.fixture
def admin(db: None) -> User:
    return person("admin")


@pytest.fixture
def leader(db: None) -> User:
    return person("leader")


@pytest.fixture
def auditor(db: None) -> User:
    return person("auditor")


@pytest.fixture
def system(db: None) -> User:
    return person("system")


@pytest.fixture
def security(db: None) -> User:
    return person("security")
