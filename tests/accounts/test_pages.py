"""Pages of accounts: an administrator opens, moves and ends the accounts below her; everybody else is refused."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.pages.screens.accounts_forms import NewAccountForm
from gansu_care.trail.models import Action, Event
from tests.people import LINTAO, PASSWORD, ZHANG, make_user, person

pytestmark = pytest.mark.django_db

ONE_TIME = re.compile(r"\b[2-9bcdfghjkmnpqrstvwxz]{4}(?:-[2-9bcdfghjkmnpqrstvwxz]{4}){2}\b")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def new_account(**values: Any) -> dict[str, Any]:
    return {"username": "wangfang", "name": "王芳", "role": "county_officer", "division": "临洮县",
            "unit": "临洮县妇联", "phone": "13800000000"} | values  # fmt: skip


def one_time_password(response: Any) -> str:
    found = ONE_TIME.search(response.content.decode())
    assert found, response.content.decode()
    return found[0]


def told() -> list[tuple[str, str, str]]:
    events = Event.objects.filter(action=Action.ACCOUNT).order_by("id")
    return list(events.values_list("kind", "number", "username"))


# --- opening


def test_county_staff_opens_an_account_and_sees_its_password_once() -> None:
    client = signed_in("county")

    response = client.post("/accounts/new/", new_account())

    account = User.objects.get(username="wangfang")
    password = one_time_password(response)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert (account.role, account.division.code, account.name) == (Role.COUNTY_OFFICER, LINTAO, "王芳")
    assert account.must_change_password
    assert account.check_password(password)
    assert password not in client.get(account.get_absolute_url()).content.decode()
    assert told() == [("account.open", "wangfang", "county")]


def test_a_user_name_is_lower_case_and_taken_once_whatever_its_case() -> None:
    client = signed_in("county")
    client.post("/accounts/new/", new_account(username="WangFang"))

    again = client.post("/accounts/new/", new_account(username="WANGFANG"))

    assert again.status_code == 422
    assert "这个用户名已经有人用了" in again.content.decode()
    assert User.objects.get(username="wangfang")


def test_a_name_taken_in_the_last_moment_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two administrators open the same name at once: the second is told, and nothing breaks."""
    person("officer")
    monkeypatch.setattr(NewAccountForm, "clean_username", lambda form: form.cleaned_data["username"])

    response = signed_in("county").post("/accounts/new/", new_account(username="officer"))

    assert response.status_code == 409
    assert "这个用户名已经有人用了" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"division": "漳县"}, "甘肃省定西市漳县不在您管理账号的范围内"),
        ({"division": "洮阳镇"}, "没有找到“洮阳镇”"),  # a township where a county is meant
        ({"division": "没有这个县"}, "没有找到“没有这个县”"),
        ({"division": "白银", "role": "leader"}, "不止一个"),
        ({"role": "staff_prefecture"}, "没有这个角色，或者您不能给这个角色"),
        ({"role": "administrator", "division": "甘肃省"}, "没有这个角色"),
        ({"role": ""}, "必填"),
        ({"username": "王 芳"}, "用户名"),
        ({"username": ""}, "必填"),
        ({"name": ""}, "必填"),
        ({"name": "王" * 51}, "50"),
    ],
)
def test_what_is_wrong_is_said_and_no_account_is_opened(wrong: dict[str, str], sentence: str) -> None:
    response = signed_in("county").post("/accounts/new/", new_account(**wrong))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert set(User.objects.values_list("username", flat=True)) == {"county"}


def test_the_form_offers_divisions_and_roles_within_reach_only() -> None:
    page = signed_in("county").get("/accounts/new/").content.decode()

    assert '<option value="甘肃省定西市临洮县洮阳镇">' in page
    assert "漳县" not in page
    assert "省级管理员" not in page


def test_nothing_beyond_the_form_can_be_written() -> None:
    """Mass assignment: every field of the model is sent along."""
    client = signed_in("county")
    extra = {
        "is_superuser": "on", "is_active": "", "must_change_password": "", "password": "x", "id": "1", "pk": "1",
        "is_staff": "on", "language": "en", "email": "a@example.org", "ended_on": "2020-01-01", "end_reason": "x",
    }  # fmt: skip
    client.post("/accounts/new/", new_account(**extra))
    account = User.objects.get(username="wangfang")
    client.post(f"/accounts/{account.pk}/edit/", new_account(**extra, username="other"))

    held = User.objects.get(pk=account.pk)
    assert (held.username, held.is_superuser, held.is_active, held.must_change_password) == (
        "wangfang",
        False,
        True,
        True,
    )
    assert (held.language, held.email, held.ended_on, held.password) == (
        "zh-hans",
        "",
        None,
        account.password,
    )
    assert User.objects.count() == 2


# --- changing


def test_a_moved_officer_has_her_new_rights_and_scope_at_the_next_request() -> None:
    officer, browser = person("officer"), signed_in("officer")
    assert browser.get("/children/").status_code == 200
    assert browser.get("/children/new/").status_code == 200

    moved = new_account(name=officer.name, role="staff_township", division="洮阳镇", reason="调到乡镇")
    response = signed_in("county").post(f"/accounts/{officer.pk}/edit/", moved)

    assert response.status_code == 302
    assert browser.get("/children/new/").status_code == 403
    assert User.objects.get(pk=officer.pk).division.name == "洮阳镇"
    assert told() == [("account.move", "officer", "county")]
    assert Event.objects.get(action=Action.ACCOUNT).reason == "调到乡镇"


def test_new_particulars_leave_the_role_alone() -> None:
    officer = person("officer")

    signed_in("county").post(f"/accounts/{officer.pk}/edit/", new_account(name="李晓梅", phone="13800000001"))

    assert User.objects.get(pk=officer.pk).phone == "13800000001"
    assert told() == [("account.change", "officer", "county")]


@pytest.mark.parametrize(
    "escalation",
    [
        {"role": "staff_prefecture", "division": "定西市"},
        {"role": "administrator", "division": "甘肃省"},
        {"role": "county_officer", "division": "漳县"},
        {"role": "leader", "division": "定西市"},
        {"role": "system", "division": "甘肃省"},
    ],
)
def test_nobody_is_lifted_beyond_the_administrators_reach(escalation: dict[str, str]) -> None:
    officer = person("officer")

    response = signed_in("county").post(f"/accounts/{officer.pk}/edit/", new_account(**escalation))

    held = User.objects.get(pk=officer.pk)
    assert response.status_code == 422
    assert (held.role, held.division.code) == (Role.COUNTY_OFFICER, LINTAO)
    assert told() == []


# --- ending and coming back


def test_an_ended_account_is_signed_out_at_once_and_cannot_come_back(client: Client) -> None:
    officer, browser = person("officer"), Client()
    browser.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert UserSession.objects.filter(user=officer).exists()

    response = signed_in("county").post(f"/accounts/{officer.pk}/end/", {"why": "调离"})

    held = User.objects.get(pk=officer.pk)
    assert response.status_code == 302
    assert (held.is_active, held.end_reason) == (False, "调离")
    assert held.ended_on is not None
    assert not UserSession.objects.filter(user=officer).exists()
    assert browser.get("/children/").headers["Location"].startswith("/sign-in/")
    refused = client.post("/sign-in/", {"login": "officer", "password": PASSWORD}, follow=True)
    assert "这个账号已经停用" in refused.content.decode()
    assert not refused.wsgi_request.user.is_authenticated


def test_ending_asks_for_a_reason() -> None:
    officer = person("officer")

    response = signed_in("county").post(f"/accounts/{officer.pk}/end/", {"why": " "})

    assert response.status_code == 422
    assert User.objects.get(pk=officer.pk).is_active


def test_an_ended_account_is_restored_with_a_new_password() -> None:
    officer, county = person("officer"), signed_in("county")
    county.post(f"/accounts/{officer.pk}/end/", {"why": "误操作"})

    response = county.post(f"/accounts/{officer.pk}/restore/", {"why": "误操作，恢复"})

    held = User.objects.get(pk=officer.pk)
    assert held.is_active
    assert held.check_password(one_time_password(response))
    assert [kind for kind, _number, _who in told()] == ["account.end", "account.restore"]
    assert county.get(f"/accounts/{officer.pk}/restore/").status_code == 404


# --- one-time passwords


def test_a_new_password_ends_sessions_and_unlocks(client: Client) -> None:
    officer, browser = person("officer"), signed_in("officer")
    for _attempt in range(6):
        client.post("/sign-in/", {"login": "officer", "password": "wrong-wrong"})

    response = signed_in("county").post(f"/accounts/{officer.pk}/password/")

    password = one_time_password(response)
    assert browser.get("/").headers["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/", {"login": "officer", "password": password}).status_code == 302
    assert told() == [("account.password", "officer", "county")]


def test_the_second_factor_is_taken_off_only_when_asked() -> None:
    officer, county = person("officer"), signed_in("county")
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "00"})

    county.post(f"/accounts/{officer.pk}/password/")
    assert Authenticator.objects.filter(user=officer).exists()
    county.post(f"/accounts/{officer.pk}/password/", {"without_second_factor": "on"})
    assert not Authenticator.objects.filter(user=officer).exists()


def test_no_password_stands_in_the_trail() -> None:
    client = signed_in("county")
    password = one_time_password(client.post("/accounts/new/", new_account()))

    for event in Event.objects.values():
        assert password not in str(event)


# --- whom the pages serve and refuse

PAGES = ("", "edit/", "end/", "password/")


@pytest.mark.parametrize("username", ["officer", "township", "province", "leader", "auditor"])
@pytest.mark.parametrize("path", ["/accounts/", "/accounts/new/", "/accounts/sheet/"])
def test_who_manages_no_accounts_is_refused(username: str, path: str) -> None:
    assert signed_in(username).get(path).status_code == 403
    assert signed_in(username).post(path, new_account()).status_code == 403


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("other", ["neighbour", "prefecture", "admin", "county", "system"])
def test_accounts_beyond_the_county_and_ones_own_do_not_exist_for_county_staff(path: str, other: str) -> None:
    account = person(other)
    client = signed_in("county")

    assert client.get(f"/accounts/{account.pk}/{path}").status_code == 404
    if path:
        assert client.post(f"/accounts/{account.pk}/{path}", new_account(why="x")).status_code == 404
    assert User.objects.get(pk=account.pk).is_active
    assert client.get(f"/accounts/999999/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_the_sign_in(path: str, client: Client) -> None:
    account = person("officer")

    assert client.get(f"/accounts/{account.pk}/{path}").headers["Location"].startswith("/sign-in/")
    assert client.post(f"/accounts/{account.pk}/{path}").headers["Location"].startswith("/sign-in/")


def test_the_list_shows_own_accounts_and_is_filtered() -> None:
    for other in ("officer", "neighbour", "township", "admin"):
        person(other)
    make_user(Role.COUNTY_OFFICER, LINTAO, username="former", name="王前任", is_active=False)
    client = signed_in("county")

    def names(query: str) -> set[str]:
        page = client.get(f"/accounts/{query}").content.decode()
        return {
            name for name in ("officer", "neighbour", "township", "former", "admin") if f">{name}</a>" in page
        }

    assert names("") == {"officer", "township", "former"}
    assert names("?state=ended") == {"former"}
    assert names("?role=staff_township") == {"township"}
    assert names("?q=王前") == {"former"}
    assert names("?q=OFFICER") == {"officer"}
    assert names("?place=621124100") == {"township"}
    assert names("?role=administrator") == {
        "officer",
        "township",
        "former",
    }  # no such choice: said, not filtered


@pytest.mark.parametrize("query", ["?q=%00", "?after=xyz", "?sort=-password", "?state=%27", "?place=621125"])
def test_a_strange_query_is_no_error(query: str) -> None:
    assert signed_in("county").get(f"/accounts/{query}").status_code == 200


def test_the_prefecture_standing_in_a_county_lists_that_county() -> None:
    person("officer"), person("neighbour")
    client = signed_in("prefecture")
    client.get(f"/stand/?division={ZHANG}")

    page = client.get("/accounts/").content.decode()

    assert ">neighbour</a>" in page
    assert ">officer</a>" not in page


def test_the_account_page_tells_what_administrators_did() -> None:
    officer, client = person("officer"), signed_in("county")
    client.post(f"/accounts/{officer.pk}/end/", {"why": "调离"})

    page = client.get(f"/accounts/{officer.pk}/").content.decode()

    assert "停用" in page
    assert "county：调离" in page


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/new/"])
def test_only_get_and_post(path: str) -> None:
    assert signed_in("county").delete(path).status_code == 405
