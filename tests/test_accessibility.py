"""axe finds nothing serious on the pages that people work in, in both languages, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.records import make_allocation, make_center, make_child, make_equipment, make_receipt

PHONE = {"width": 390, "height": 800}
OFFICER = (
    "/",
    "/children/",
    "/children/new/",
    "/centers/",
    "/centers/equipment/",
    "/funding/",
    "/funding/allocations/",
    "/uploads/",
    "/uploads/new/?kind=children",
    "/report/2015/621124/",
    "/help/upload/",
    "/search/?q=nothing",
    "/no-such-page/",
)
ADMIN = ("/", "/accounts/", "/divisions/", "/admin/", "/admin/centers/center/", "/report/2015/620000/")


@pytest.fixture
def records(transactional_db: None) -> list[str]:
    """One record of each kind; the addresses of their pages."""
    child, center = make_child(), make_center()
    made = [child, center, make_equipment(center), make_receipt("621124"), make_allocation()]
    return [record.get_absolute_url() for record in made] + [f"{child.get_absolute_url()}edit/"]


def serious(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = Axe().run(page).response["violations"]
    return [
        f"{address}: {fault['id']} {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_the_officers_pages(page_as: Callable[..., Page], records: list[str]) -> None:
    page = page_as("officer")

    assert [fault for address in (*OFFICER, *records) for fault in serious(page, address)] == []


def test_the_administrators_pages(page_as: Callable[..., Page], records: list[str]) -> None:
    page = page_as("admin")

    assert [fault for address in ADMIN for fault in serious(page, address)] == []


def test_english_pages_on_a_phone(page_as: Callable[..., Page], records: list[str], live_server) -> None:
    page = page_as("officer", viewport=PHONE)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])

    assert [fault for address in ("/", "/children/", *records) for fault in serious(page, address)] == []
