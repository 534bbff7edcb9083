"""Forty problems, whole, in a browser: a messy .xls comes back marked, is mended in place, applied, and taken back.

Five of its children stand in the register already, as an earlier list left them, so that the import also changes
records. After the undo the register holds what it held before, row for row, in every table. The real worker does the
work.
"""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from children.models import Child
from gansu_care.demo.samples import FORTY
from gansu_care.demo.samples.children import ON_THE_FORM, facts, form
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.people import person
from tests.register_rows import register_rows
from tests.uploading import written, xlsx

PATIENCE = 60_000  # a slow machine's worker, in milliseconds
FORM, PROBLEMS, RESULT = "留守儿童登记表", "问题清单", "处理结果"
OF_LAST_YEAR = (
    "乡镇", "村（社区）", "姓名", "性别", "民族", "出生日期", "身份证号", "就学情况", "年级",
    "是否取得同意", "同意人", "同意人身份", "同意日期",
)  # fmt: skip


def test_forty_problems_marked_mended_applied_and_undone(
    page_as: Callable[..., Page], worker: subprocess.Popen, tmp_path: Path
) -> None:
    five_of_the_children_are_known_from_last_year()
    before = register_rows()
    officer = page_as("officer")
    officer_sends_the_form(officer, tmp_path)
    marked = officer_gets_it_back_marked(officer, tmp_path)
    the_marked_cells_are_mended(marked)
    upload = officer_sends_it_again_and_confirms(officer, marked)
    assert register_rows() != before
    staff_takes_it_back(page_as("county"), upload)
    assert register_rows() == before


def five_of_the_children_are_known_from_last_year() -> None:
    """A plain list, with villages by the names of that time."""
    children = list(facts(ON_THE_FORM, date(2025, 9, 1)))
    known = [children[place] | {"村（社区）": "旧村"} for place in (17, 18, 19, 20, 23)]
    rows = [[cells[heading] for heading in OF_LAST_YEAR] for cells in known]
    written(person("officer"), xlsx([OF_LAST_YEAR, *rows]), "children")
    assert Child.objects.count() == 5


def officer_sends_the_form(page: Page, folder: Path) -> None:
    file = folder / FORTY.file_name
    file.write_bytes(FORTY.write())
    page.goto("/uploads/new/?kind=children")
    choose(page, file)
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        f"{FORTY.refused} 行需要修改", timeout=PATIENCE
    )
    expect(page.locator("main")).to_contain_text("必须改 40")
    assert Child.objects.count() == 5, "a check writes nothing"


def officer_gets_it_back_marked(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator("a[href$='/marked/']").first.click()
    kept = folder / "marked.xlsx"
    download.value.save_as(kept)
    book = openpyxl.load_workbook(kept)
    every_problem_is_marked_in_its_cell(book[FORM])
    every_problem_is_listed_with_its_link(book[PROBLEMS])
    return kept


def every_problem_is_marked_in_its_cell(sheet: Worksheet) -> None:
    told = {
        (problem.row, column_of(problem)): problem for problem in Upload.objects.latest("id").problems.all()
    }
    assert len(told) > 35
    for (row, column), problem in told.items():
        cell = sheet[f"{column}{row}"]
        assert cell.comment, problem
        assert problem.problem.remedy[:8] in cell.comment.text, problem
        assert cell.fill.fill_type == "solid", problem
        assert cell.fill.fgColor.rgb not in ("00000000", "FFFFFFFF"), problem
    untouched = sheet["B5"]
    assert (untouched.value, untouched.comment) == ("洮阳镇", None)
    results = [str(row[-1].value) for row in sheet.iter_rows()]
    assert sum(result.startswith(RESULT) for result in results) == 1
    assert sum(result.startswith("拒绝：") for result in results) == FORTY.refused


def every_problem_is_listed_with_its_link(sheet: Worksheet) -> None:
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 40
    wanted = {f"{column_of(problem)}{problem.row}" for problem in Upload.objects.latest("id").problems.all()}
    assert {link.rpartition("!")[2].replace("$", "") for link in links} == wanted


def column_of(problem: object) -> str:
    return problem.column  # type: ignore[attr-defined]


def the_marked_cells_are_mended(kept: Path) -> None:
    """In the very file that came back: what stands in each marked cell is put right; colours and comments stay."""
    book, right = openpyxl.load_workbook(kept), form(None).rows
    sheet = book[FORM]
    for row in sheet.iter_rows(max_row=len(right)):
        for cell in row:
            if cell.comment and cell.column <= len(right[cell.row - 1]):
                cell.value = right[cell.row - 1][cell.column - 1]
    book.save(kept)


def officer_sends_it_again_and_confirms(page: Page, file: Path) -> Upload:
    page.get_by_role("link", name="上传改好的表格").click()
    choose(page, file)
    expect(page.locator(".gc-sums").first).to_be_visible(timeout=PATIENCE)
    upload = Upload.objects.latest("id")
    found = list(upload.problems.values_list("code", "row", "heading"))
    assert (upload.rows, upload.new, upload.changed, upload.bad) == (24, 19, 5, 0), found
    if "/problems/" in page.url:
        page.get_by_role("link", name="核对变更").click()
    page.get_by_label(re.compile("我已核对")).check()
    page.get_by_role("button", name="确认导入 24 行").click()
    expect(page.locator(".gc-done")).to_be_visible(timeout=PATIENCE)
    assert Child.objects.filter(upload_number=upload.number).count() == 24
    return upload


def staff_takes_it_back(page: Page, upload: Upload) -> None:
    page.goto(f"/uploads/{upload.number}/")
    page.get_by_role("link", name="撤销").click()
    page.get_by_label("原因").fill("传错了表格")
    page.get_by_role("button", name=re.compile("撤销")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("这一批已经撤销", timeout=PATIENCE)
    upload.refresh_from_db()
    assert (upload.state, upload.undo_lines.count()) == (UploadState.UNDONE, 24)


def choose(page: Page, file: Path) -> None:
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="开始检查").click()
