"""A file with children in a browser: asked for, agreed to by somebody else, fetched once, opened with the password."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gansu_care.spreadsheets.exports.handing_out import expire_due
from gansu_care.spreadsheets.exports.making import make_export
from gansu_care.spreadsheets.models import ExportFilePart, ExportRequest
from gansu_care.trail.models import Action, Event
from tests.exporting import agreed, no_progress, opened
from tests.people import person
from tests.records import invented_id_number, make_child
from tests.test_accessibility import serious_here

ID_NUMBER = invented_id_number(date(2010, 9, 1), 12)
FETCH = "下载文件"
TOO_LATE = "文件已经下载过，或者已经过期。需要的话请重新申请。"


def fetched(page: Page) -> bytes:
    """What the browser saved when the button was pressed."""
    with page.expect_download() as download:
        page.get_by_role("button", name=FETCH).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.django_db(transaction=True)
def test_asked_for_agreed_to_fetched_once_and_opened(page_as: Callable[..., Page]) -> None:
    child = make_child(name="王小红", sex="2", id_number=ID_NUMBER)
    officer, county = page_as("officer"), page_as("county")

    # The officer asks, and cannot agree herself.
    officer.goto("/children/")
    officer.get_by_role("link", name="导出", exact=True).click()
    officer.locator("#id_purpose").fill("开学前核对学籍")
    officer.locator("#id_recipient").fill("县教育局")
    assert serious_here(officer) == []
    officer.get_by_role("button", name="提交申请").click()
    expect(officer.get_by_text("等另一个人批准")).to_be_visible()
    expect(officer.get_by_role("button", name="批准，看密码")).to_have_count(0)
    request = ExportRequest.objects.get()

    # Somebody else of her county agrees, and is told the password this once.
    county.goto(f"/exports/{request.number}/")
    assert serious_here(county) == []
    county.get_by_label("我已核对用途").check()
    county.get_by_role("button", name="批准，看密码").click()
    password = county.locator("code.gc-secret").inner_text()
    county.goto(f"/exports/{request.number}/")
    expect(county.get_by_text(password)).to_have_count(0)
    make_export(request.pk, no_progress)
    county.reload()
    expect(county.get_by_role("button", name=FETCH)).to_have_count(0)

    # The officer fetches it once; in a second tab she comes too late.
    officer.goto(f"/exports/{request.number}/")
    expect(officer.get_by_text(password)).to_have_count(0)
    again = officer.context.new_page()
    again.goto(f"/exports/{request.number}/")
    content = fetched(officer)
    again.get_by_role("button", name=FETCH).click()
    expect(again.get_by_text(TOO_LATE)).to_be_visible()
    expect(again.get_by_role("button", name=FETCH)).to_have_count(0)
    assert not ExportFilePart.objects.exists()

    # It opens with the password, and holds her masked.
    sheet = load_workbook(io.BytesIO(opened(content, password))).worksheets[0]
    cells = {str(cell.value) for row in sheet.rows for cell in row}
    assert {"王小红", child.number, f"{ID_NUMBER[:4]}**********{ID_NUMBER[-4:]}"} <= cells
    assert ID_NUMBER not in cells
    acts = Event.objects.filter(number=request.number).order_by("pk").values_list("action", "username")
    assert [act for act in acts if act[0] == Action.DOWNLOAD] == [(Action.DOWNLOAD, "officer")]


@pytest.mark.django_db(transaction=True)
def test_after_24_hours_the_button_gives_nothing(page_as: Callable[..., Page]) -> None:
    make_child()
    page = page_as("officer")
    request, _password = agreed(person("officer"))
    make_export(request.pk, no_progress)
    page.goto(f"/exports/{request.number}/")
    expect(page.get_by_role("button", name=FETCH)).to_be_visible()

    ExportRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page.get_by_role("button", name=FETCH).click()

    expect(page.get_by_text(TOO_LATE)).to_be_visible()
    assert expire_due() == 1
    page.reload()
    expect(page.get_by_text("申请已经过期，文件已经删除")).to_be_visible()
    assert not ExportFilePart.objects.exists()
    assert not Event.objects.filter(action=Action.DOWNLOAD).exists()
