"""The people of the demo province: one account of each role, and one in each prefecture to send its workbooks.

The passwords stand here for everybody to read: `seed_demo` makes these accounts in development only, in a database that
production refuses to start on (pages/demo_mark.py).
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from gansu_care.accounts.models import Grant, User, standing_grant
from gansu_care.accounts.roles import Role
from gansu_care.demo.names import Names
from gansu_care.divisions.models import Division, Level

PASSWORD = "gansu-care-2026"
GRANTED_FROM = date(2009, 1, 1)  # as long as the register reaches back


class Login(NamedTuple):
    """An account that can sign in to the demo."""

    username: str
    password: str
    role: str
    division_code: str
    name: str


LOGINS = [
    Login("officer", PASSWORD, Role.COUNTY_OFFICER, "621124", "李晓梅"),
    Login("neighbour", PASSWORD, Role.COUNTY_OFFICER, "621125", "张桂兰"),
    Login("township", PASSWORD, Role.STAFF_TOWNSHIP, "621124100", "王秀英"),
    Login("county", PASSWORD, Role.STAFF_COUNTY, "621124", "赵玉兰"),
    Login("prefecture", PASSWORD, Role.STAFF_PREFECTURE, "621100", "马文静"),
    Login("province", PASSWORD, Role.STAFF_PROVINCE, "620000", "陈丽华"),
    Login("admin", PASSWORD, Role.ADMINISTRATOR, "620000", "周敏"),
    Login("leader", PASSWORD, Role.LEADER, "620000", "刘建国"),
    Login("auditor", PASSWORD, Role.AUDITOR, "620000", "孙立"),
    Login("system", PASSWORD, Role.SYSTEM, "620000", "吴强"),
    Login("security", PASSWORD, Role.SECURITY, "620000", "郑安"),
]


def make_accounts() -> None:
    """Make what is missing of LOGINS and of the prefectures' staff; what is there stays as it is."""
    known = set(User.objects.values_list("username", flat=True))
    divisions = Division.objects.in_bulk([login.division_code for login in LOGINS], field_name="code")
    accounts = [_account(login, divisions[login.division_code]) for login in LOGINS]
    new = [user for user in [*accounts, *_staff()] if user.username not in known]
    Grant.objects.bulk_create(Grant(**standing_grant(user)) for user in User.objects.bulk_create(new))


def _account(login: Login, division: Division) -> User:
    return User(
        username=login.username,
        password=_hashed(login.password),
        role=login.role,
        division=division,
        name=login.name,
        unit=f"{division.name}妇联",
        granted_from=GRANTED_FROM,
    )


@cache
def _hashed(password: str) -> str:
    """Hashing is slow by design; the logins of the demo share one password, and here one salt."""
    return make_password(password)


def _staff() -> Iterator[User]:
    """One account in each prefecture, to send its counties' workbooks. Nobody can sign in: it has no password."""
    names = Names("staff")
    for prefecture in Division.objects.in_force().filter(level=Level.PREFECTURE).order_by("code"):
        login = Login(
            staff_name(prefecture.code), "", Role.STAFF_PREFECTURE, prefecture.code, names.grown_up()
        )
        user = _account(login, prefecture)
        user.set_unusable_password()
        yield user


def staff_name(prefecture_code: str) -> str:
    return f"staff-{prefecture_code}"


def clerk_of(county_code: str, prefecture_code: str) -> str:
    """Who enters a county's records: its officer where LOGINS names one, else the prefecture's staff."""
    officers = {login.division_code: login.username for login in LOGINS if login.role == Role.COUNTY_OFFICER}
    return officers.get(county_code) or staff_name(prefecture_code)


def account(username: str) -> User:
    """Raises User.DoesNotExist before `make_accounts`."""
    return User.objects.select_related("division").get(username=username)
