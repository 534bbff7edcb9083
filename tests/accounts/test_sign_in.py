"""Signing in, the forced change of a one-time password, and what a session may not do before it."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gansu_care.accounts.models import User
from gansu_care.accounts.one_time import ROUNDS, hashed, new_password
from gansu_care.trail.models import Action, Event
from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db

OWN = "lan-zhou-2026-mei"
CHANGE = "/account/password/"


@pytest.fixture
def newcomer(officer: User) -> User:
    officer.set_password("k7pm-29xt-hr4w")
    officer.must_change_password = True
    officer.save()
    return officer


def sign_in(client: Client, password: str = "k7pm-29xt-hr4w") -> None:
    client.post("/sign-in/", {"login": "officer", "password": password})


def change(client: Client, new: str, old: str = "k7pm-29xt-hr4w"):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_one_time_passwords_differ_and_pass_our_own_rules() -> None:
    made = {new_password() for _time in range(50)}

    assert len(made) == 50
    assert all(len(password) == 14 for password in made)


def test_a_one_time_password_is_hashed_with_fewer_rounds_and_with_all_of_them_at_the_first_sign_in(
    officer: User, client: Client, settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    officer.password = hashed("k7pm-29xt-hr4w")
    officer.save()
    assert f"${ROUNDS}$" in officer.password

    sign_in(client)

    officer.refresh_from_db()
    assert f"${ROUNDS}$" not in officer.password
    assert client.get("/").status_code == 200


def test_a_one_time_password_opens_the_change_page_and_nothing_else(newcomer: User, client: Client) -> None:
    sign_in(client)

    for page in ("/", "/children/", "/centers/", "/account/second-factor/", "/account/sessions/", "/help/"):
        assert client.get(page).headers["Location"] == CHANGE, page
    assert client.post("/children/new/").headers["Location"] == CHANGE
    assert client.get(CHANGE).status_code == 200


def test_after_the_change_everything_is_open_and_the_one_time_password_dead(
    newcomer: User, client: Client
) -> None:
    sign_in(client)

    response = change(client, OWN)

    assert response.status_code == 302
    assert client.get("/children/").status_code == 200
    held = User.objects.get(pk=newcomer.pk)
    assert not held.must_change_password
    assert held.check_password(OWN)
    again = Client()
    sign_in(again)
    assert again.get("/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("k7pm-29xt-hr4w", "新密码和现在的密码相同"),
        ("short", "10"),
        ("1234567890123", "数字"),
        ("password123", "常见"),
        ("officer-2026", "用户名"),
    ],
)
def test_a_poor_password_is_refused_and_the_change_still_due(
    newcomer, client, new: str, sentence: str
) -> None:
    sign_in(client)

    response = change(client, new)

    assert sentence in response.content.decode()
    assert User.objects.get(pk=newcomer.pk).must_change_password
    assert client.get("/children/").headers["Location"] == CHANGE


def test_a_wrong_old_password_changes_nothing(newcomer: User, client: Client) -> None:
    sign_in(client)

    change(client, OWN, old="something-else")

    assert User.objects.get(pk=newcomer.pk).check_password("k7pm-29xt-hr4w")


def test_changing_the_password_ends_other_sessions(officer: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, PASSWORD)

    change(here, OWN, old=PASSWORD)

    assert here.get("/").status_code == 200
    assert elsewhere.get("/").headers["Location"].startswith("/sign-in/")


def test_sign_in_and_out_leave_events(officer: User, client: Client) -> None:
    sign_in(client, "wrong-wrong")
    sign_in(client, PASSWORD)
    client.post("/sign-out/")

    events = Event.objects.order_by("id").values_list("action", "username", "number")
    assert list(events) == [
        (Action.SIGN_IN_FAILED, "", "officer"),
        (Action.SIGN_IN, "officer", ""),
        (Action.SIGN_OUT, "officer", ""),
    ]


def test_an_unknown_user_name_and_a_wrong_password_get_the_same_answer(officer: User) -> None:
    def answer(username: str) -> str:
        response = Client().post("/sign-in/", {"login": username, "password": "wrong-wrong"})
        return (
            response.content.decode()
            .partition('role="alert"')[2]
            .partition("</form>")[0]
            .replace(username, "")
        )

    def sentence(text: str) -> str:
        return text.partition("<p>")[2].partition("</p>")[0]

    assert sentence(answer("officer")) == sentence(answer("nobody")) != ""


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_inactive", "account_email"]
)
def test_nobody_signs_herself_up_or_resets_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_disabled_account_is_told_only_with_the_right_password(officer: User, client: Client) -> None:
    officer.is_active = False
    officer.save()

    wrong = client.post(
        "/sign-in/", {"login": "officer", "password": "wrong-wrong"}, follow=True
    ).content.decode()
    right = client.post("/sign-in/", {"login": "officer", "password": PASSWORD}, follow=True).content.decode()

    assert "这个账号已经停用" not in wrong
    assert "这个账号已经停用" in right


def test_a_role_taken_away_holds_at_the_next_request() -> None:
    client = Client()
    client.force_login(person("county"))
    assert client.get("/accounts/").status_code == 200

    User.objects.filter(username="county").update(role="leader")

    assert client.get("/accounts/").status_code == 403
