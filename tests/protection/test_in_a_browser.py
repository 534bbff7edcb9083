"""One family's story in a browser: the paper is brought, looked at, consent withdrawn, and the record erased."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from children.models import Child
from gansu_care.trail.models import Action, Event
from tests.children.papers import PNG
from tests.protection.registers import make_incident, make_notice, make_report, make_request
from tests.records import invented_id_number, make_child
from tests.test_accessibility import PHONE, serious, serious_here

ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)


@pytest.mark.django_db(transaction=True)
def test_from_the_paper_to_the_erased_record(page_as: Callable[..., Page]) -> None:
    make_notice()
    child = make_child(id_number=ID_NUMBER)
    officer, county = page_as("officer"), page_as("county", viewport=PHONE)

    # The paper is brought and looked at, for a reason.
    officer.goto(child.get_absolute_url())
    officer.get_by_role("link", name="补交同意书").click()
    officer.get_by_label("同意书扫描件").set_input_files(
        {"name": "同意书.png", "mimeType": "image/png", "buffer": PNG}
    )
    officer.get_by_role("button", name="保存").click()
    officer.get_by_role("link", name="查看扫描件").click()
    assert serious_here(officer) == []
    officer.get_by_label("原因").select_option("verify")

    # The guardian takes her consent back.
    officer.goto(child.get_absolute_url())
    officer.get_by_role("link", name="打印同意书").click()
    expect(officer.get_by_text("我不同意。不同意不影响孩子得到关爱服务。")).to_be_visible()
    assert serious_here(officer) == []
    officer.goto(f"{child.get_absolute_url()}consent/withdraw/")
    assert serious_here(officer) == []
    officer.get_by_label("撤回人").fill("张大山")
    officer.get_by_label("撤回方式").select_option("phone")
    officer.get_by_role("button", name="撤回同意").click()
    expect(officer.get_by_text("只等确认删除")).to_be_visible()
    assert serious_here(officer) == []

    # Another person confirms, on a telephone.
    assert serious(county, "/protection/erasures/") == []
    county.get_by_role("link", name="确认或不同意").click()
    assert serious_here(county) == []
    county.get_by_label("确认删除，不能恢复").check()
    county.get_by_label("档案编号").fill(child.number)
    county.get_by_role("button", name="确认").click()
    expect(county.get_by_text("这里只留下编号和统计要用的几项")).to_be_visible()
    assert Child.objects.get().name == ""


@pytest.mark.django_db(transaction=True)
def test_one_childs_printout_for_the_person_who_asked(page_as: Callable[..., Page]) -> None:
    """It answers a registered request of hers: no second person agrees, and every value of the child is in it."""
    child = make_child(id_number=ID_NUMBER)
    request = make_request(child)
    page = page_as("officer")

    page.goto(request.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("button", name="导出副本").click()

    assert child.number in download.value.suggested_filename
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert ID_NUMBER in {str(cell.value) for row in sheet.rows for cell in row}
    acts = Event.objects.filter(number=child.number, username="officer").exclude(action=Action.READ)
    assert sorted(acts.values_list("action", flat=True)) == [Action.EXPORT, Action.UNMASK]
    assert all(request.number in event.reason for event in acts)
    assert acts.get(action=Action.EXPORT).reason.startswith("print ")


@pytest.mark.django_db(transaction=True)
def test_the_consent_form_of_a_child_is_printed_and_the_trail_says_so(page_as: Callable[..., Page]) -> None:
    make_notice()
    child = make_child(id_number=ID_NUMBER)
    page = page_as("officer")

    page.goto(child.get_absolute_url())
    page.get_by_role("link", name="打印同意书").click()

    expect(page.get_by_text("我不同意。不同意不影响孩子得到关爱服务。")).to_be_visible()
    event = Event.objects.get(action=Action.PRINT)
    assert (event.username, event.kind, event.number) == ("officer", "child.consent_form", child.number)


@pytest.mark.django_db(transaction=True)
def test_the_registers_can_be_used_by_everybody(page_as: Callable[..., Page]) -> None:
    child = make_child()
    records = [make_request(child), make_incident(), make_report(child=child)]
    paths = [
        *(record.get_absolute_url() for record in records),
        f"{records[0].get_absolute_url()}answer/",
        "/children/papers/", "/protection/notices/", "/protection/erasures/due/", "/protection/requests/",
        "/protection/requests/new/", "/protection/incidents/new/", "/protection/reports/new/",
    ]  # fmt: skip
    page = page_as("officer")

    assert [fault for path in paths for fault in serious(page, path)] == []
