"""Pages of grants: the terms on the account's form, its history, approval, what ends soon, who is signed in, alarms."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from gansu_care.accounts.models import Alarm, Grant, User
from gansu_care.accounts.roles import Role
from gansu_care.trail.models import Action, Event
from tests.people import LINTAO, PASSWORD, make_user, person

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def filled(**values: Any) -> dict[str, Any]:
    return {"username": "wangfang", "name": "王芳", "role": "county_officer", "division": "临洮县",
            "unit": "临洮县妇联", "phone": "13800000000"} | values  # fmt: skip


def in_days(count: int) -> str:
    return f"{timezone.localdate() + timedelta(days=count):%Y-%m-%d}"


def text(response: Any) -> str:
    return response.content.decode()


def test_an_account_is_opened_for_a_time_and_its_page_shows_the_grant() -> None:
    client = signed_in("county")

    client.post(
        "/accounts/new/", filled(valid_until=in_days(90), reason="合同〔2026〕7号", is_contractor="on")
    )

    account = User.objects.get(username="wangfang")
    page = text(client.get(account.get_absolute_url()))
    assert account.is_contractor
    assert f"{in_days(0)} 至 {in_days(90)}（外部人员）" in page
    assert "合同〔2026〕7号" in page
    assert "生效中" in page


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"is_contractor": "on"}, "外部人员的授权必须有止日"),
        ({"is_contractor": "on", "valid_until": in_days(400)}, "外部人员一次最多授权一年"),
        ({"valid_from": in_days(-1)}, "授权不能从过去开始"),
        ({"valid_from": in_days(9), "valid_until": in_days(2)}, "止日早于起日"),
        ({"valid_until": "明年"}, "有效的日期"),
    ],
)
def test_terms_that_cannot_be_are_said_beside_their_field(terms: dict[str, str], sentence: str) -> None:
    response = signed_in("county").post("/accounts/new/", filled(**terms))

    assert response.status_code == 422
    assert sentence in text(response)
    assert not Grant.objects.filter(account__username="wangfang").exists()


def test_an_account_is_prolonged_on_its_edit_page() -> None:
    client = signed_in("county")
    client.post("/accounts/new/", filled(valid_until=in_days(5)))
    account = User.objects.get(username="wangfang")
    assert f'value="{in_days(5)}"' in text(client.get(f"/accounts/{account.pk}/edit/"))

    client.post(f"/accounts/{account.pk}/edit/", filled(valid_until=in_days(50), reason="续期"))

    page = text(client.get(account.get_absolute_url()))
    assert "另有新的授权" in page
    assert User.objects.get(pk=account.pk).granted_until == timezone.localdate() + timedelta(days=50)
    assert "调整授权期限" in page


def test_what_ends_within_thirty_days_is_on_the_home_page_and_in_the_list() -> None:
    for name, days in (("soon", 30), ("later", 31), ("over", -1)):
        until = timezone.localdate() + timedelta(days=days)
        make_user(Role.COUNTY_OFFICER, LINTAO, username=name, granted_until=until)
    client = signed_in("county")

    assert "1 个账号的授权 30 天内到期" in text(client.get("/"))
    ending = text(client.get("/accounts/?state=ending"))
    assert ">soon</a>" in ending
    assert ">later</a>" not in ending
    assert ">over</a>" in text(client.get("/accounts/?state=not_granted"))
    own = Client()
    own.force_login(User.objects.get(username="soon"))
    assert f"您的授权到 {in_days(30)} 为止" in text(own.get("/"))


def test_a_contractor_comes_back_only_for_a_time() -> None:
    client, until = signed_in("county"), timezone.localdate() + timedelta(days=5)
    account = make_user(
        Role.COUNTY_OFFICER, LINTAO, username="former", is_contractor=True, granted_until=until
    )
    client.post(f"/accounts/{account.pk}/end/", {"why": "合同到期"})

    refused = client.post(f"/accounts/{account.pk}/restore/", {"why": "续签"})
    assert (refused.status_code, "外部人员的授权必须有止日" in text(refused)) == (422, True)
    assert not User.objects.get(pk=account.pk).is_active
    client.post(f"/accounts/{account.pk}/restore/", {"why": "续签", "valid_until": in_days(30)})
    assert User.objects.get(pk=account.pk).is_granted


# --- approval


def test_the_security_administrator_finds_approves_and_sends_back() -> None:
    security = signed_in("security")
    for name, phone in (("zhou", "13800000001"), ("qian", "13800000002")):
        signed_in("system").post(
            "/accounts/new/",
            filled(username=name, name=name, role="administrator", division="甘肃省", phone=phone),
        )
    assert "2 项授权等您审批" in text(security.get("/"))
    waiting = {grant.account.username: grant.pk for grant in Grant.objects.filter(approved_at=None)}
    assert "zhou" in text(security.get(f"/accounts/grants/{waiting['zhou']}/approve/"))

    approved = security.post(f"/accounts/grants/{waiting['zhou']}/approve/", follow=True)
    unreasoned = security.post(f"/accounts/grants/{waiting['qian']}/refuse/", {"why": ""})
    security.post(f"/accounts/grants/{waiting['qian']}/refuse/", {"why": "没有任职文件"})

    assert "zhou 的授权已批准" in text(approved)
    assert unreasoned.status_code == 422
    assert User.objects.get(username="zhou").is_granted
    assert not User.objects.get(username="qian").is_granted
    assert "没有等待审批的授权" in text(security.get("/accounts/grants/"))
    assert security.get(f"/accounts/grants/{waiting['zhou']}/approve/").status_code == 404


def test_the_same_telephone_for_two_of_the_three_is_said_on_the_form() -> None:
    system = signed_in("system")
    auditor = filled(username="one", role="auditor", division="甘肃省")
    assert system.post("/accounts/new/", auditor).status_code == 200

    second = system.post("/accounts/new/", filled(username="two", role="security", division="甘肃省"))

    assert second.status_code == 422
    assert "系统、安全、审计管理员须由三个人分别担任" in text(second)


# --- who is signed in, alarms


def test_the_security_administrator_ends_a_session() -> None:
    person("officer")
    officer, security = Client(), signed_in("security")
    officer.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert officer.get("/").status_code == 200
    assert "李晓梅" in text(security.get("/accounts/sign-ins/?q=officer"))

    security.post(f"/accounts/sign-ins/{UserSession.objects.get().pk}/end/")

    assert officer.get("/").headers["Location"].startswith("/sign-in/")
    assert "李晓梅 的这次登录已退出" in text(security.get("/accounts/sign-ins/"))
    assert "formaction" not in text(security.get("/accounts/sign-ins/"))
    event = Event.objects.get(action=Action.ACCOUNT)
    assert (event.kind, event.number, event.username) == ("account.session", "officer", "security")


def test_an_alarm_is_looked_into_and_its_outcome_kept(settings) -> None:
    settings.ALLOWANCES = {}
    alarm, security = Alarm.objects.create(account=person("officer"), what="unmask"), signed_in("security")
    assert "1 条告警没有处理" in text(security.get("/"))
    assert "查看完整信息超过一小时 60 次" in text(security.get("/accounts/security/"))

    security.post(f"/accounts/security/alarms/{alarm.pk}/", {"outcome": "已向本人核实"})

    assert "已向本人核实" in text(security.get("/accounts/security/"))
    assert security.get(f"/accounts/security/alarms/{alarm.pk}/").status_code == 404
    assert "告警" not in text(security.get("/")).partition('id="todo"')[2].partition("</section>")[0]


def test_the_rules_of_signing_in_are_shown_as_they_are_set(settings) -> None:
    settings.PASSWORD_DAYS, settings.IDLE_SECONDS = 60, 20 * 60
    page = text(signed_in("security").get("/accounts/security/"))

    assert "每 60 天" in page
    assert "20 分钟没有操作就退出，管理员 15 分钟" in page
