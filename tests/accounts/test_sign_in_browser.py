"""Signing in as a person sees it: locked after five failures, a second factor first of all, out when she rests."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from gansu_care.accounts.locks import unlock
from gansu_care.accounts.models import User
from tests.accounts.test_sign_in_policy import code_for
from tests.browser import sign_in


@pytest.fixture
def strict(settings) -> Any:
    """As in earnest, but for https."""
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = True
    settings.CONFIRM_DANGEROUS_ACTS = True
    return settings


def test_the_story_of_an_administrators_day(admin: User, new_page: Callable[..., Page], strict: Any) -> None:
    page = new_page()

    # five wrong passwords lock her out, the right one too
    for _attempt in range(5):
        sign_in(page, "admin", "wrong-wrong")
    sign_in(page, "admin")
    expect(page.get_by_role("alert")).to_contain_text("登录失败次数过多")
    assert "/sign-in/" in page.url

    # unlocked, she sets up a second factor before she sees anything
    unlock("admin")
    sign_in(page, "admin")
    expect(page.get_by_role("heading", name="启用两步验证")).to_be_visible()
    page.goto("/children/")
    expect(page.get_by_role("heading", name="启用两步验证")).to_be_visible()
    secret = page.locator(".gc-mask").inner_text()
    page.locator("[name=code]").fill(code_for(secret, time.time()))
    page.get_by_role("button", name="启用").click()
    expect(page.locator(".gc-codes li")).to_have_count(10)
    recovery_code = page.locator(".gc-codes li").first.inner_text()

    # what the browser was told
    answer = page.goto("/children/")
    assert answer is not None
    assert answer.headers["cache-control"] == "private, no-store"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"sessionid", "csrftoken"}
    assert all(cookie["httpOnly"] for cookie in cookies.values())
    assert page.evaluate("document.cookie") == ""

    # signed out and in again: now a code is asked for, and a recovery code is one
    before = cookies["sessionid"]["value"]
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    sign_in(page, "admin")
    expect(page.get_by_role("heading", name="两步验证")).to_be_visible()
    page.locator("[name=code]").fill(recovery_code)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("上次登录")).to_be_visible()
    after = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["sessionid"]
    assert after != before

    # she rests for too long
    strict.IDLE_SECONDS_ADMINISTRATORS = 2
    page.wait_for_timeout(2200)
    page.goto("/children/")
    expect(page.get_by_text("没有操作，已自动退出")).to_be_visible()
    assert "/sign-in/?next=/children/" in page.url


PAGES = (
    "/", "/accounts/", "/accounts/grants/", "/accounts/security/", "/accounts/sign-ins/", "/accounts/locks/",
    "/account/password/", "/account/second-factor/", "/account/second-factor/app/", "/account/sessions/", "/help/",
    "/no-such-page/",
)  # fmt: skip


def test_no_page_of_a_security_administrator_breaks_the_policy(security: User, new_page) -> None:
    """The page's own watch fails it for a violation; the event is listened to as well."""
    cache.clear()
    page = new_page()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', one => broken.push(one.violatedDirective))"
    )
    sign_in(page, "security")
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.broken") == [], address
