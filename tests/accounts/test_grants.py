"""Standing grants: they end by themselves, planned ones begin, what reaches the whole province waits for approval."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from children.models import Child
from gansu_care.accounts.acts import (
    approve_grant,
    change_account,
    end_account,
    open_account,
    refuse_grant,
    restore_account,
)
from gansu_care.accounts.grants import SUPERSEDED, awaiting, settle_what_began
from gansu_care.accounts.models import Grant, User
from gansu_care.accounts.roles import ALL_RIGHTS, ROLES, THREE_ADMINISTRATORS, Right, Role
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import standing
from gansu_care.trail.models import Action, Event
from tests.people import LINTAO, PEOPLE, PROVINCE, ZHANG, person
from tests.records import make_child

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_this_day():
    with time_machine.travel(f"{TODAY} 10:00+08:00", tick=False):
        yield


def values(role: str = Role.COUNTY_OFFICER, code: str = LINTAO, **more: Any) -> dict[str, Any]:
    return {
        "name": "王芳", "unit": "临洮县妇联", "phone": "13800000000", "role": role,
        "division": Division.objects.get(code=code),
    } | more  # fmt: skip


def opened(actor: str = "county", username: str = "wang", **more: Any) -> User:
    return open_account(person(actor), username, values(**more))[0]


def day(on: date) -> Any:
    return time_machine.travel(f"{on} 10:00+08:00", tick=False)


def held(account: User) -> User:
    return User.objects.get(pk=account.pk)


# --- what a grant gives, and when


def test_a_grant_that_has_ended_gives_no_rights_and_no_rows_without_anybody_doing_anything() -> None:
    make_child()
    account = opened(valid_until=TODAY + 10 * DAY)
    client = Client()
    client.force_login(account)
    User.objects.update(must_change_password=False)
    assert client.get("/children/").status_code == 200
    assert Child.objects.visible_to(held(account)).count() == 1

    with day(TODAY + 10 * DAY):  # the last day
        assert Child.objects.visible_to(held(account)).count() == 1
    with day(TODAY + 11 * DAY):
        ended = held(account)
        assert not Child.objects.visible_to(ended).exists()
        assert standing(ended) is None
        assert [right for right in ALL_RIGHTS if ended.may(right)] == []


def test_whoever_is_past_her_last_day_is_told_so_at_her_next_request() -> None:
    account = opened(valid_until=TODAY)
    User.objects.update(must_change_password=False)

    with day(TODAY + DAY):
        client = Client()
        client.force_login(account)
        for page in ("/", "/children/", "/centers/", "/help/"):
            answer = client.get(page)
            assert answer.status_code == 403, page
            assert "您的授权到 2026-03-02 为止" in answer.content.decode()
        assert client.get("/account/password/").status_code == 200


def test_a_planned_move_takes_place_on_its_day_at_the_next_request() -> None:
    account = opened()
    User.objects.update(must_change_password=False)
    staff = values(role=Role.STAFF_COUNTY, valid_from=TODAY + 30 * DAY)
    change_account(person("county"), account, staff, "任职文件〔2026〕3号")

    assert held(account).role == Role.COUNTY_OFFICER
    assert held(account).granted_until == TODAY + 29 * DAY
    with day(TODAY + 30 * DAY):
        client = Client()
        client.force_login(held(account))
        assert client.get("/accounts/").status_code == 200
        assert (held(account).role, held(account).granted_until) == (Role.STAFF_COUNTY, None)


def test_what_began_stands_in_lists_before_anybody_signs_in() -> None:
    later, now = opened(valid_from=TODAY + 5 * DAY), opened(username="li")
    with day(TODAY + 4 * DAY):
        assert settle_what_began() == 0
    change_account(person("county"), now, values(role=Role.STAFF_COUNTY, valid_from=TODAY + 5 * DAY), "")
    with day(TODAY + 5 * DAY):
        assert settle_what_began() == 1  # the other one's columns told its day already
        assert held(now).role == Role.STAFF_COUNTY
        assert held(later).is_granted
        assert settle_what_began() == 0


def test_an_account_opened_for_later_gives_nothing_before_its_day() -> None:
    account = opened(valid_from=TODAY + 5 * DAY)

    assert standing(held(account)) is None
    with day(TODAY + 5 * DAY):
        assert standing(held(account)).code == LINTAO


def test_prolonging_is_a_new_grant_and_the_history_keeps_both() -> None:
    account = opened(valid_until=TODAY + 10 * DAY)

    change_account(person("county"), held(account), values(valid_until=TODAY + 100 * DAY), "续聘")

    new, old = account.grants.order_by("-id")
    assert held(account).granted_until == new.valid_until == TODAY + 100 * DAY
    assert (old.close_reason, old.closed_by) == (SUPERSEDED, person("county"))
    assert new.reason == "续聘"
    event = Event.objects.filter(action=Action.ACCOUNT).latest("id")
    assert (event.kind, event.number, event.reason) == ("account.prolong", "wang", "续聘")


def test_ending_closes_every_grant_and_restoring_gives_a_new_one() -> None:
    account, county = opened(), person("county")
    end_account(county, account, "调离")
    assert not Grant.objects.filter(account=account, closed_at=None).exists()
    assert not held(account).is_granted

    restore_account(county, account, "误操作")

    assert held(account).is_granted
    assert account.grants.count() == 2


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"valid_from": TODAY - DAY}, "valid_from"),
        ({"valid_from": TODAY + 2 * DAY, "valid_until": TODAY + DAY}, "valid_until"),
        ({"is_contractor": True}, "valid_until"),
        ({"is_contractor": True, "valid_until": TODAY + 366 * DAY}, "valid_until"),
    ],
)
def test_what_cannot_be_granted_is_refused(terms: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        opened(**terms)

    assert set(refused.value.message_dict) == {field}
    assert not User.objects.filter(username="wang").exists()


def test_people_from_outside_are_time_limited_by_the_database_itself() -> None:
    account = opened(is_contractor=True, valid_until=TODAY + 365 * DAY)
    assert held(account).is_contractor

    for rows in (User.objects.filter(pk=account.pk), Grant.objects.filter(account=account)):
        last = "granted_until" if rows.model is User else "valid_until"
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{last: None})


def test_no_account_has_two_grants_from_one_day() -> None:
    account = opened()
    grant = account.grants.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            account=account, role=grant.role, division=grant.division, valid_from=grant.valid_from,
            approved_at=timezone.now(),
        )  # fmt: skip


# --- approval


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.STAFF_PROVINCE, Role.AUDITOR])
def test_a_role_of_the_province_holds_once_a_security_administrator_approves(role: str) -> None:
    security = person("security")
    account = opened("system", role=role, code=PROVINCE)
    User.objects.update(must_change_password=False)
    client = Client()
    client.force_login(account)
    assert client.get("/").status_code == 403
    assert [right for right in ALL_RIGHTS if held(account).may(right)] == []

    approve_grant(security, awaiting().get())

    assert client.get("/").status_code == 200
    assert {right for right in ALL_RIGHTS if held(account).may(right)} == ROLES[role].rights
    assert account.grants.get().approved_by == security
    events = Event.objects.filter(action=Action.ACCOUNT).order_by("id").values_list("kind", "username")
    assert list(events) == [("account.open", "system"), ("account.approve", "security")]


def test_a_refused_grant_never_holds() -> None:
    account = opened("system", role=Role.ADMINISTRATOR, code=PROVINCE)
    assert held(account).is_granted  # nobody could have approved it yet: somebody must be the first
    end_account(person("system"), account, "…")

    security, second = person("security"), opened("system", "li", role=Role.ADMINISTRATOR, code=PROVINCE)
    refuse_grant(security, awaiting().get(), "没有任职文件")

    assert not held(second).is_granted
    assert second.grants.get().close_reason == "没有任职文件"


def test_whoever_is_moved_up_keeps_what_she_has_until_it_is_approved() -> None:
    person("security")
    account = opened("system", role=Role.LEADER, code=PROVINCE)
    assert held(account).is_granted

    change_account(person("system"), account, values(role=Role.ADMINISTRATOR, code=PROVINCE), "任命")
    assert held(account).role == Role.LEADER
    approve_grant(person("security"), awaiting().get())

    assert held(account).role == Role.ADMINISTRATOR


def test_only_security_administrators_decide_and_nobody_about_herself() -> None:
    security = person("security")
    opened("system", role=Role.ADMINISTRATOR, code=PROVINCE)
    grant = awaiting().get()

    for other in set(PEOPLE) - {"security"}:
        with pytest.raises(PermissionDenied):
            approve_grant(person(other), grant)
    Grant.objects.filter(pk=grant.pk).update(account=security)
    with pytest.raises(PermissionDenied):
        approve_grant(security, grant)
    assert awaiting().exists()


# --- three administrators


def test_the_three_administrators_share_no_power_and_see_no_child() -> None:
    make_child()
    rights = {role: ROLES[role].rights for role in THREE_ADMINISTRATORS}

    for username in ("system", "security", "auditor"):
        assert not Child.objects.visible_to(person(username)).exists()
        assert not person(username).may(Right.SEE_PERSONS)
    assert Right.MANAGE_ACCOUNTS in rights[Role.SYSTEM] - rights[Role.SECURITY] - rights[Role.AUDITOR]
    assert Right.APPROVE_GRANTS in rights[Role.SECURITY] - rights[Role.SYSTEM] - rights[Role.AUDITOR]
    assert Right.SEE_TRAIL in rights[Role.AUDITOR] - rights[Role.SYSTEM] - rights[Role.SECURITY]


@pytest.mark.parametrize("first", sorted(THREE_ADMINISTRATORS))
@pytest.mark.parametrize("second", sorted(THREE_ADMINISTRATORS))
def test_one_person_is_never_two_of_them(first: str, second: str) -> None:
    """The same telephone, however it is written; the same role twice is another matter."""
    opened("system", "one", role=first, code=PROVINCE)

    def again() -> User:
        return opened("system", "two", role=second, code=PROVINCE, phone="+86 138-0000-0000")

    if first == second:
        assert again().role == second
        return
    with pytest.raises(ValidationError, match="须由三个人分别担任"):
        again()


def test_an_account_that_was_one_of_them_is_never_another() -> None:
    account = opened("system", role=Role.AUDITOR, code=PROVINCE)
    change_account(person("system"), account, values(role=Role.LEADER, code=PROVINCE), "换岗")

    with pytest.raises(ValidationError, match="这个账号担任过审计员"):
        change_account(person("system"), account, values(role=Role.SYSTEM, code=PROVINCE), "换岗")


def test_one_of_them_takes_no_other_ones_telephone_later() -> None:
    opened("system", "one", role=Role.AUDITOR, code=PROVINCE)
    two = opened("system", "two", role=Role.SECURITY, code=PROVINCE, phone="13800000001")

    with pytest.raises(ValidationError, match="须由三个人分别担任"):
        change_account(person("system"), two, values(role=Role.SECURITY, code=PROVINCE), "改电话")
    assert held(two).phone == "13800000001"


# --- at once


def test_what_is_taken_away_is_gone_at_the_next_request_of_every_session() -> None:
    """Role, division, account, password: a hundred sessions each, not one request more."""
    officer, county = person("officer"), person("county")

    def after(act: Any) -> set[int]:
        clients = [Client() for _number in range(100)]
        for client in clients:
            client.force_login(officer)
        act()
        answers = {client.get("/children/new/").status_code for client in clients}
        User.objects.filter(pk=officer.pk).update(role=Role.COUNTY_OFFICER, is_active=True)
        return answers

    def new_password() -> None:
        officer.set_password("lan-zhou-2026-mei")
        officer.save()

    moved = values(role=Role.STAFF_TOWNSHIP, code="621124100", name=officer.name)
    assert after(lambda: User.objects.filter(pk=officer.pk).update(role=Role.LEADER)) == {403}
    assert after(lambda: change_account(county, officer, moved)) == {403}
    assert after(new_password) == {302}
    assert after(lambda: end_account(county, officer, "停用")) == {302}


def test_a_division_moved_is_seen_at_the_next_request() -> None:
    child, client = make_child(), Client()
    client.force_login(person("officer"))
    assert client.get(child.get_absolute_url()).status_code == 200

    change_account(person("prefecture"), person("officer"), values(code=ZHANG), "调漳县")

    assert client.get(child.get_absolute_url()).status_code == 404
