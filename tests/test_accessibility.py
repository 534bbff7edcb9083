"""axe finds nothing serious on the pages that people work in, in both languages, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.records import make_allocation, make_center, make_child, make_equipment, make_receipt

pytestmark = pytest.mark.apart

PHONE = {"width": 390, "height": 800}
OFFICER = (
    "/",
    "/children/",
    "/children/new/",
    "/centers/",
    "/centers/equipment/",
    "/funding/",
    "/funding/allocations/",
    "/funding/receipts/new/",
    "/funding/reconciliations/",
    "/centers/new/",
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
    return [record.get_absolute_url() for record in made] + [
        *(f"{child.get_absolute_url()}{act}/" for act in ("edit", "merge")),
        f"{center.get_absolute_url()}stocktake/",
        *(f"{made[2].get_absolute_url()}{act}/" for act in ("dispose", "lend")),
    ]


def serious(page: Page, address: str) -> list[str]:
    page.goto(address)
    return serious_here(page)


def serious_here(page: Page) -> list[str]:
    # Not preloading: it would ask for an imported stylesheet beside the page, where none lies.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        f"{page.url}: {fault['id']} {node['html'][:120]}"
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


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}])
def test_two_records_side_by_side(page_as: Callable[..., Page], records: list[str], options: dict) -> None:
    other, page = make_child(name="张晓明", school="洮阳小学"), page_as("officer", **options)
    page.goto(f"{other.get_absolute_url()}merge/")
    page.get_by_label("保留的档案编号").fill(records[0].strip("/").split("/")[-1])
    page.get_by_label("合并原因").fill("同一个孩子登记了两次")
    page.get_by_role("button", name="对照两条档案").click()
    page.get_by_role("button", name="确认合并").wait_for()

    assert serious_here(page) == []
    page.get_by_role("button", name="确认合并").click()
    page.get_by_role("link", name="打开保留的档案").wait_for()
    assert serious_here(page) == []
