"""The left navigation: what is marked as open, the registers side by side, all of it on one screen."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.apart]

OFFICE_SCREEN = {"width": 1366, "height": 768}


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def open_places(page: str) -> list[str]:
    """The words of what is marked as open in the navigation and in the tabs."""
    return re.findall(r'aria-current="page">(?:<svg.*?</svg>)?(?:<span>)?([^<]+)<', page, re.DOTALL)


@pytest.mark.parametrize(
    ("address", "tab"),
    [("requests", "个人信息请求"), ("reports", "强制报告"), ("incidents", "安全事件")],
)
def test_the_registers_are_one_place_with_tabs(address: str, tab: str) -> None:
    page = signed_in("officer").get(f"/protection/{address}/").content.decode()

    assert open_places(page) == ["请求和事件登记", tab]
    assert "影响评估" not in page


def test_who_publishes_the_rules_finds_the_assessments_too() -> None:
    page = signed_in("admin").get("/protection/assessments/").content.decode()

    assert open_places(page) == ["请求和事件登记", "影响评估"]


@pytest.mark.django_db(transaction=True)
def test_the_longest_navigation_needs_no_scrolling_on_the_office_screen(page_as) -> None:
    page: Page = page_as("admin", viewport=OFFICE_SCREEN)
    page.goto("/help/")

    sizes = "place => [place.scrollHeight, place.clientHeight]"
    needed, given = page.locator(".gc-nav > div").evaluate(sizes)
    assert needed <= given
