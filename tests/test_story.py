"""The story, whole, in a browser: a county's workbook becomes the province's annual report.

An officer uploads a messy .xls with three broken rows, downloads the problems, uploads the mended file and confirms;
the county's staff finds a child by the initials of her name; the administrator opens the report of 2015, opens a figure
to its rows and exports the workbook; the neighbour county's officer gets 404. The real worker does the work.
"""

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from children.models import Child
from gansu_care.demo.samples import MENDED, MESSY, write_samples
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.records import make_center, make_receipt, make_source

PATIENCE = 60_000  # a slow machine's worker, in milliseconds


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    write_samples(tmp_path)
    return tmp_path


def choose(page: Page, file: Path) -> None:
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="开始检查").click()


def test_a_countys_workbook_becomes_the_annual_report(
    page_as: Callable[..., Page], worker: subprocess.Popen, samples: Path, tmp_path: Path
) -> None:
    officer = page_as("officer")
    officer_finds_three_rows_to_mend(officer, samples / MESSY.file_name, tmp_path)
    officer_uploads_the_mended_file_and_confirms(officer, samples / MENDED.file_name)

    child = staff_finds_a_child_by_initials(page_as("county"))
    neighbour_learns_nothing(page_as("neighbour"), child)
    administrator_reads_and_exports_the_report(page_as("admin"), tmp_path)


def officer_finds_three_rows_to_mend(page: Page, file: Path, folder: Path) -> None:
    page.goto("/uploads/new/?kind=children")
    choose(page, file)

    expect(page.get_by_role("heading", level=1)).to_contain_text("3 行需要修改", timeout=PATIENCE)
    expect(page.locator(".gc-sums")).to_contain_text("24")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载问题清单").click()
    kept = folder / "problems.xlsx"
    download.value.save_as(kept)
    assert openpyxl.load_workbook(kept).active.max_row > 3
    assert not Child.objects.exists(), "a check writes nothing"


def officer_uploads_the_mended_file_and_confirms(page: Page, file: Path) -> None:
    page.get_by_role("link", name="上传改好的表格").click()
    choose(page, file)
    # What needs a yes stands first; a clean file goes straight to the preview.
    expect(page.locator(".gc-sums").first).to_be_visible(timeout=PATIENCE)
    onward = page.get_by_role("link", name="核对变更")
    if onward.count():
        onward.click()
    page.get_by_label(re.compile("我已核对")).check()
    page.get_by_role("button", name="确认导入 24 行").click()

    upload = Upload.objects.latest("id")
    expect(page.locator("main")).to_contain_text(upload.number, timeout=PATIENCE)
    expect(page.locator(".gc-done")).to_be_visible(timeout=PATIENCE)
    upload.refresh_from_db()
    assert (upload.state, Child.objects.count()) == (UploadState.APPLIED, 24)
    assert set(Child.objects.values_list("upload_number", flat=True)) == {upload.number}


def staff_finds_a_child_by_initials(page: Page) -> Child:
    page.goto("/children/")
    page.get_by_label("关键词").fill("syd")  # 单云朵: the surname 单 is read shan
    page.keyboard.press("Enter")
    page.get_by_role("link", name="单云朵").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("单云朵")
    child = Child.objects.get(name="单云朵")
    assert child.id_number.open() not in page.content()
    expect(page.locator("main")).to_contain_text(child.id_number.masked)
    return child


def neighbour_learns_nothing(page: Page, child: Child) -> None:
    answer = page.goto(f"/children/{child.number}/")

    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).not_to_contain_text(child.name)


def administrator_reads_and_exports_the_report(page: Page, folder: Path) -> None:
    center = make_center("621124")
    acwf, cctf = make_source("全国妇联", "acwf"), make_source("中国儿童少年基金会", "cctf")
    make_receipt("620000", acwf, cctf, amount=Decimal("1790000.00"))
    page.goto("/report/2015/620000/")
    expect(page.locator("main")).to_contain_text("1,790,000.00")

    figure = page.locator("#t9 td a, [id$=T9] td a, table.table-official td a").first
    figure.click()
    expect(page.locator("main")).to_contain_text(center.name)

    page.goto("/report/2015/620000/")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    kept = folder / "report.xlsx"
    download.value.save_as(kept)
    book = openpyxl.load_workbook(kept)
    numbers = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert Decimal("1790000") in [Decimal(str(n)) for n in numbers if isinstance(n, int | float | Decimal)]
