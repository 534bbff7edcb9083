"""Tests that open a page: in the machine's own Chromium, skipped with a clear line where there is none.

    def test_officer_uploads(officer, page_as):
        page = page_as("officer")
        page.goto("/uploads/")

A page that breaks the Content-Security-Policy, throws an error in its script or calls another host fails its test.
"""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.chromium import NO_CHROMIUM, chromium, sandbox
from tests.people import PASSWORD, person

OPENS_A_PAGE = {"page", "context", "new_context", "browser", "page_as", "new_page"}
SCREEN = {"width": 1366, "height": 768}


# --- Hooks, taken over by conftest.py -------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-browser",
        action="store_true",
        default=os.environ.get("REQUIRE_BROWSER") == "1",
        help="fail instead of skipping browser tests where there is no Chromium (also REQUIRE_BROWSER=1)",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--require-browser") and not chromium():
        raise pytest.UsageError(NO_CHROMIUM)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if OPENS_A_PAGE.isdisjoint(getattr(item, "fixturenames", ())):
            continue
        item.add_marker("browser")
        if not chromium():
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if NO_CHROMIUM in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} 项浏览器测试跳过 browser tests skipped: {NO_CHROMIUM}", yellow=True
        )


# --- Fixtures -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": sandbox()}


class Watch:
    """Notes what no page of ours may do, whoever is signed in."""

    def __init__(self, own_host: str) -> None:
        self.own_host = own_host
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(f"CSP: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.own_host:
            self.faults.append(f"calls another host: {request.url}")


@pytest.fixture
def new_page(transactional_db: None, live_server, new_context) -> Iterator[Callable[..., Page]]:
    """new_page(**options of the context) -> a page of the running site, signed out."""
    watch = Watch(urlsplit(live_server.url).netloc)

    def open_page(**options: object) -> Page:
        context = new_context(
            **{"base_url": live_server.url, "locale": "zh-CN", "viewport": SCREEN} | options
        )
        watch.over(context)
        return context.new_page()

    yield open_page
    assert watch.faults == []


@pytest.fixture
def page_as(live_server, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """page_as("officer") -> a page of the running site, already signed in (see tests/people.py for who)."""

    def open_page(username: str, **options: object) -> Page:
        client = Client()
        client.force_login(person(username))
        page = new_page(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": cookie,
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )
        return page

    return open_page


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in as a person does, by the form."""
    page.goto(reverse(settings.LOGIN_URL))
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()
