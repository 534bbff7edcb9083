"""What every answer tells the browser: pages, downloads, static files, redirects, refusals and errors alike."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse

from gansu_care.accounts.gate import open_to_all
from gansu_care.settings import BASE_DIR
from gansu_care.trail.log_lines import JsonLine
from tests.people import PASSWORD, person
from tests.records import make_center, make_child
from tests.routes.examples import examples  # noqa: F401
from tests.routes.table import OPEN_TO_ALL, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.apart]

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
}


def signed_in(username: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person(username))
    return client


def faults(response: Any) -> list[str]:
    """What the answer fails to tell."""
    missing = [name for name, value in EVERYWHERE.items() if response.headers.get(name) != value]
    policy = {part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";")}
    return missing + (["Content-Security-Policy"] if policy != POLICY else [])


@pytest.mark.parametrize("username", ["officer", "security"])
def test_every_route_tells_all_of_it_and_is_kept_nowhere(username: str, examples) -> None:  # noqa: F811
    client, wrong = signed_in(username), {}
    names = {**dict.fromkeys(OPEN_TO_ALL, ""), **{name: row.arguments for name, row in TABLE.items()}}
    for name, arguments in names.items():
        response = client.get(reverse(name, args=examples[arguments]))
        if faults(response) or response.headers["Cache-Control"] != "private, no-store":
            wrong[name] = (response.status_code, faults(response), response.headers.get("Cache-Control"))
    assert wrong == {}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/no/such/page", 404), ("/children/", 302), ("/static/none.css", 404)],
)
def test_strangers_and_errors_are_told_the_same(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert faults(response) == []


def test_a_wrong_host_is_told_the_same() -> None:
    response = Client(raise_request_exception=False).get("/sign-in/", HTTP_HOST="evil.example")

    assert response.status_code == 400
    assert faults(response) == []
    assert response.headers["Cache-Control"] == "private, no-store"


def test_signing_out_clears_what_the_browser_holds(client: Client) -> None:
    person("officer")
    client.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert "Clear-Site-Data" not in client.get("/").headers

    assert client.post("/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_cookies_are_for_the_server_alone(client: Client) -> None:
    person("officer")
    client.get("/sign-in/")
    client.post("/language/", {"language": "en"})
    client.post("/sign-in/", {"login": "officer", "password": PASSWORD})

    assert set(client.cookies) == {"sessionid", "csrftoken", "django_language"}
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert {name: cookie["samesite"] for name, cookie in client.cookies.items()} == {
        "sessionid": "Lax",
        "csrftoken": "Strict",
        "django_language": "Lax",
    }


# --- files, sizes


@pytest.mark.parametrize("address", ["/media/", "/media/files/1", "/files/", "/var/db.sqlite3"])
def test_no_file_is_served_past_a_page(address: str) -> None:
    assert signed_in("admin").get(address).status_code == 404


def test_a_form_that_is_too_large_or_has_too_many_fields_is_refused() -> None:
    client = signed_in("county")
    large = client.post("/accounts/new/", {"name": "王" * 1024 * 1024})
    many = client.post("/accounts/new/", {f"field{number}": "1" for number in range(2001)})

    assert (large.status_code, many.status_code) == (400, 400)
    assert faults(large) == faults(many) == []


# --- secrets

SECRETS = ("13800000099", "王小明的妈妈", ours.SECRET_KEY, ours.DIGEST_KEY, ours.SEALING_KEYS)


def breaks(request: HttpRequest) -> None:
    phone, told = "13800000099", "王小明的妈妈"
    raise ValueError(f"{phone} {told} {ours.SECRET_KEY} {ours.DIGEST_KEY} {ours.SEALING_KEYS}")


urlpatterns = [path("breaks/", open_to_all(breaks))]
handler500 = "gansu_care.pages.errors.page_500"


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLine())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@override_settings(ROOT_URLCONF=__name__)
def test_no_secret_stands_in_the_log_or_on_the_error_page() -> None:
    lines = Lines()
    logging.getLogger("django.request").addHandler(lines)
    try:
        response = Client(raise_request_exception=False).post(
            "/breaks/?phone=13800000099", {"password": "王小明的妈妈"}
        )
    finally:
        logging.getLogger("django.request").removeHandler(lines)

    shown = response.content.decode() + "".join(lines.lines)
    assert response.status_code == 500
    assert faults(response) == []
    assert json.loads(lines.lines[0])["error"] == "ValueError"
    assert [secret for secret in SECRETS if secret in shown] == []


# --- in earnest

PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(raise_request_exception=False)
told = client.get("/sign-in/", secure=True, HTTP_HOST="register.example")
plain = client.get("/sign-in/", HTTP_HOST="register.example")
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE", "SECOND_FACTOR_REQUIRED", "PASSWORD_DAYS", "DORMANT_DAYS", "TRUSTED_PROXIES"]
from django.contrib.staticfiles.storage import staticfiles_storage
static = client.get(staticfiles_storage.url("design.css"), secure=True, HTTP_HOST="register.example")
print(json.dumps({
    "static": [static.status_code, dict(static.headers)],
    "settings": {name: getattr(settings, name) for name in names},
    "headers": dict(told.headers), "status": told.status_code,
    "cookies": {name: [bool(one["secure"]), one["path"], one["domain"]] for name, one in told.cookies.items()},
    "plain": [plain.status_code, plain.headers.get("Location")],
}))
"""


def test_in_earnest_the_rules_are_on_and_cookies_bound_to_the_host(tmp_path: Path) -> None:
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    own = {
        "DEBUG": "false", "GANSU_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "SECRET_KEY": "x" * 60, "SEALING_KEYS": f"1:{key}", "DIGEST_KEY": key,
        "ALLOWED_HOSTS": "register.example", "DJANGO_SETTINGS_MODULE": "gansu_care.settings",
    }  # fmt: skip
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")} | own
    for command in (["manage.py", "collectstatic", "--noinput", "-v0"], ["-c", PRODUCTION]):
        made = subprocess.run(
            [sys.executable, *command], cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)

    assert told["settings"] == {
        "SESSION_COOKIE_NAME": "__Host-session", "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "LANGUAGE_COOKIE_SECURE": True,
        "SECOND_FACTOR_REQUIRED": True, "PASSWORD_DAYS": 90, "DORMANT_DAYS": 90, "TRUSTED_PROXIES": 1,
    }  # fmt: skip
    assert told["plain"] == [301, "https://register.example/sign-in/"]
    for headers in (told["headers"], told["static"][1]):
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert told["static"][0] == 200
    assert (
        "no-store" not in told["static"][1]["Cache-Control"]
    )  # it holds nobody, and its name changes with it


def test_the_name_of_a_download_is_plain(examples) -> None:  # noqa: F811
    """Whatever a place or a kind is called: no quote, no break, no path in the header."""
    make_child(), make_center()
    for name in ("centers:export", "centers:equipment_export", "account_sheet_blank"):
        header = signed_in("county").get(reverse(name)).headers["Content-Disposition"]
        assert header.startswith("attachment;")
        assert not set("\r\n/\\") & set(header)
