"""The rules of signing in: passwords, failures of every kind, second factor, rest and age, dormant accounts."""

import hashlib
import hmac
import struct
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gansu_care.accounts.dormant import end_dormant_accounts
from gansu_care.accounts.locks import is_locked, unlock
from gansu_care.accounts.models import UsedPassword, User
from gansu_care.accounts.sign_in_policy import owes_second_factor
from gansu_care.trail.models import Action, Event
from tests.people import PASSWORD, PEOPLE, person

pytestmark = pytest.mark.django_db

CHANGE = "/account/password/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    cache.clear()


def sign_in(client: Client, username: str = "officer", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/sign-in/", {"login": username, "password": password}, **extra)


def signed_in(username: str = "officer") -> Client:
    person(username)
    client = Client()
    sign_in(client, username)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def is_signed_out(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")


# --- passwords


def change(client: Client, old: str, new: str) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


@pytest.mark.parametrize("poor", ["xiaohuaxiaohua", "xiaohua20262026", "XIAOHUA-XIAOHUA", "2026-2026-2026"])
def test_a_password_of_fewer_than_three_classes_is_refused(poor: str) -> None:
    response = change(signed_in(), PASSWORD, poor)

    assert "四类中的三类" in text(response)
    assert User.objects.get(username="officer").check_password(PASSWORD)


def test_none_of_the_last_five_passwords_comes_again_and_they_are_kept_hashed() -> None:
    client, passwords = signed_in(), [f"lan-zhou-{n}-Mei" for n in range(5)]
    for old, new in zip([PASSWORD, *passwords], passwords, strict=False):
        assert change(client, old, new).status_code == 302
    cache.clear()  # changed as often as allowed in a minute
    assert UsedPassword.objects.count() == 5
    assert not UsedPassword.objects.filter(password__contains="lan-zhou").exists()

    refused = change(client, passwords[-1], passwords[0])
    assert "最近 5 次用过的密码" in text(refused)
    assert change(client, passwords[-1], PASSWORD).status_code == 302  # the sixth to last


def test_an_old_password_must_be_changed_before_anything_else(settings) -> None:
    settings.PASSWORD_DAYS = 90
    client = signed_in()
    assert client.get("/children/").status_code == 200

    User.objects.update(password_set_at=timezone.now() - timedelta(days=91))

    assert client.get("/children/").headers["Location"] == CHANGE
    change(client, PASSWORD, "lan-zhou-2026-mei")
    assert client.get("/children/").status_code == 200
    assert Event.objects.filter(kind="account.own_password", username="officer").count() == 1


# --- failures


def code_for(secret: str, at: float) -> str:
    """RFC 6238, written out once more, so that the test does not ask the code that it tests."""
    import base64

    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def give_second_factor(user: User) -> None:
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    codes = {"seed": get_adapter().encrypt("a seed of recovery codes"), "used_mask": 0}
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=codes)


def test_passwords_and_codes_count_together() -> None:
    """Three wrong passwords and two wrong codes are five failures, and the right code comes too late."""
    give_second_factor(person("officer"))
    client = Client()
    for _attempt in range(3):
        sign_in(client, password="wrong-wrong")
    assert sign_in(client).headers["Location"] == "/sign-in/code/"
    for wrong in ("000000", "recovery-no"):
        client.post("/sign-in/code/", {"code": wrong})

    assert is_locked("officer")
    refused = client.post("/sign-in/code/", {"code": code_for(SECRET, time.time())})
    assert refused.status_code == 200
    assert is_signed_out(client.get("/"))
    assert sign_in(Client()).status_code == 200  # with the right password: locked
    events = Event.objects.filter(action=Action.SIGN_IN_FAILED, number="officer")
    assert list(events.order_by("id").values_list("kind", flat=True)[:5]) == [""] * 3 + ["second_factor"] * 2


def test_confirming_who_one_is_counts_too() -> None:
    client = signed_in()
    for _attempt in range(5):
        client.post("/account/confirm/", {"password": "wrong-wrong"})

    assert is_locked("officer")


def test_unlocking_forgets_wrong_codes_as_well() -> None:
    give_second_factor(person("officer"))
    client = Client()
    sign_in(client)
    for _attempt in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    assert is_locked("officer")

    unlock("officer")

    other = Client()
    sign_in(other)
    other.post("/sign-in/code/", {"code": code_for(SECRET, time.time())})
    assert other.get("/").status_code == 200


def test_an_address_that_tries_many_names_is_locked_whatever_it_says_of_itself(settings) -> None:
    settings.TRUSTED_PROXIES = 1
    person("officer")
    for number in range(20):
        told = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}, 203.0.113.9"}
        sign_in(Client(), f"nobody{number}", "wrong-wrong", **told)

    mine, others = "203.0.113.9", "203.0.113.10"
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR=f"198.51.100.1, {mine}").status_code == 200
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR=f"{mine}, {others}").status_code == 302
    addresses = set(Event.objects.filter(action=Action.SIGN_IN_FAILED).values_list("address", flat=True))
    assert addresses == {mine}


def test_without_proxies_of_ours_nothing_is_believed(settings) -> None:
    settings.TRUSTED_PROXIES = 0
    sign_in(Client(), "nobody", "wrong-wrong", HTTP_X_FORWARDED_FOR="10.0.0.1")

    assert Event.objects.get().address == "127.0.0.1"


@pytest.mark.parametrize("told", ["", "not an address", "1.2.3.4:80, x", "," * 50])
def test_a_strange_forwarding_header_is_no_error(settings, told: str) -> None:
    settings.TRUSTED_PROXIES = 2

    assert sign_in(Client(), "nobody", "wrong-wrong", HTTP_X_FORWARDED_FOR=told).status_code == 200


@pytest.mark.long
def test_an_unknown_name_takes_as_long_as_a_known_one(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}
    officer = person("officer")
    officer.set_password(PASSWORD)
    officer.save()

    def median(username: str) -> float:
        took = []
        for _attempt in range(5):
            began = time.process_time()
            sign_in(Client(), username, "wrong-wrong")
            took.append(time.process_time() - began)
        return sorted(took)[2]

    assert median("nobody") == pytest.approx(median("officer"), rel=0.25)


# --- second factor

OWING = {"officer", "county", "prefecture", "province", "admin", "leader", "auditor", "system", "security"}


@pytest.mark.parametrize("username", sorted(PEOPLE))
def test_the_province_exporters_and_administrators_owe_a_second_factor(username: str) -> None:
    assert owes_second_factor(person(username)) == (username in OWING | {"neighbour"})


def test_whoever_owes_one_sets_it_up_before_anything_else(
    settings, django_capture_on_commit_callbacks
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in("admin")
    for page in ("/", "/children/", "/admin/", "/account/second-factor/"):
        assert client.get(page).headers["Location"] == "/account/second-factor/app/", page
    assert client.post("/accounts/new/").headers["Location"] == "/account/second-factor/app/"

    secret = client.get("/account/second-factor/app/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/app/", {"code": code_for(secret, time.time())})

    assert client.get("/children/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert Event.objects.filter(kind="account.factor_on", username="admin").exists()
    refused = client.post("/account/second-factor/app/off/", follow=True)
    assert "您的角色必须使用两步验证" in text(refused)
    assert Authenticator.objects.filter(user__username="admin", type="totp").exists()


def test_whoever_owes_none_goes_on_without(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True

    assert signed_in("township").get("/children/").status_code == 200


def test_in_development_it_is_a_notice() -> None:
    page = text(signed_in().get("/account/second-factor/"))

    assert "您的角色在正式环境里必须启用两步验证" in page
    assert "正式环境里必须" not in text(signed_in("township").get("/account/second-factor/"))


# --- rest and age


@pytest.mark.parametrize(
    ("username", "minutes"),
    [("officer", 30), ("province", 30), ("admin", 15), ("system", 15), ("auditor", 15)],
)
def test_a_session_that_rests_ends_on_the_server(username: str, minutes: int) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        client = signed_in(username)
        cookie = client.cookies["sessionid"].value
        for _half in range(3):  # work in between keeps it
            clock.shift(timedelta(minutes=minutes - 2))
            assert client.get("/").status_code == 200
        clock.shift(timedelta(minutes=minutes + 1))

        answer = client.get("/account/sessions/")
        assert is_signed_out(answer)
        assert f"{minutes} 分钟没有操作" in text(client.get("/sign-in/"))
        client.cookies["sessionid"] = cookie
        assert is_signed_out(client.get("/"))
    event = Event.objects.filter(action=Action.SIGN_OUT).latest("id")
    assert (event.username, event.reason) == (username, "idle")


def test_what_a_page_asks_for_by_itself_is_no_work() -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        client = signed_in()
        for _time in range(4):
            clock.shift(timedelta(minutes=8))
            client.get("/watermark.svg")

        assert is_signed_out(client.get("/"))


def test_no_session_lasts_longer_than_twelve_hours() -> None:
    with time_machine.travel("2026-03-02 08:00+08:00", tick=False) as clock:
        client = signed_in()
        for _time in range(36):
            assert client.get("/").status_code == 200
            clock.shift(timedelta(minutes=20))
        clock.shift(timedelta(minutes=1))

        assert is_signed_out(client.get("/"))
        assert "已满 12 小时" in text(client.get("/sign-in/"))


# --- dormant accounts, last sign-in


def test_an_account_that_nobody_uses_is_shut_by_the_worker(settings) -> None:
    settings.DORMANT_DAYS = 90
    for name in ("officer", "county", "system"):
        person(name)
    root = User.objects.create_superuser("root", password=PASSWORD)
    long_ago = timezone.now() - timedelta(days=91)
    User.objects.exclude(username="county").update(
        last_login=long_ago, date_joined=long_ago, password_set_at=long_ago
    )

    assert end_dormant_accounts() == 2

    officer = User.objects.get(username="officer")
    assert not officer.is_active
    assert not officer.is_granted
    assert User.objects.get(username="county").is_active
    assert User.objects.get(pk=root.pk).is_active
    assert Event.objects.filter(kind="account.dormant", number="officer").exists()
    assert end_dormant_accounts() == 0


def test_it_is_shut_at_the_sign_in_where_no_worker_came_round(settings) -> None:
    settings.DORMANT_DAYS = 90
    person("officer")
    long_ago = timezone.now() - timedelta(days=91)
    User.objects.update(last_login=long_ago, date_joined=long_ago, password_set_at=long_ago)

    refused = Client().post("/sign-in/", {"login": "officer", "password": PASSWORD}, follow=True)

    assert "这个账号已经停用" in text(refused)


def test_a_person_is_told_when_her_account_was_used_last_and_who_failed_since() -> None:
    with time_machine.travel("2026-03-02 09:10+08:00", tick=False) as clock:
        first = signed_in()
        assert "上次登录" not in text(first.get("/"))
        clock.shift(timedelta(hours=20))
        for name in ("officer", "Officer"):
            sign_in(Client(), name, "wrong-wrong")

        page = text(signed_in().get("/"))

    assert "上次登录：2026-03-02 09:10，来自 127.0.0.1。" in page
    assert "此后有 2 次登录失败" in page


def test_a_new_session_begins_at_each_sign_in() -> None:
    person("officer")
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    sign_in(client)

    assert client.cookies["sessionid"].value != planted
