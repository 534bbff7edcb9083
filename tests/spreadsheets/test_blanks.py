"""The empty form of each kind: opens, tells how to fill it in, and filled in uploads cleanly."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.blanks import EXAMPLE, PREPARED_ROWS, blank_workbook
from gansu_care.spreadsheets.form_columns import form_columns
from gansu_care.spreadsheets.kinds import KINDS, kind_of
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import check_upload, receive
from tests.records import make_center

pytestmark = pytest.mark.django_db
CODES = sorted(code for code, kind in KINDS.items() if not kind.export_only)


def open_blank(code: str, division: str = "621124"):
    made = blank_workbook(kind_of(code), Division.objects.get(code=division))
    return load_workbook(io.BytesIO(made.content))


def head_of(sheet) -> tuple[int, dict[str, int]]:
    """The row of the example, and the column of each heading (joined: 父亲情况/姓名)."""
    example = next(cell.row for cell in sheet["A"] if cell.value == EXAMPLE)
    headings, group = {}, ""
    for column in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(3, column).value, sheet.cell(example - 1, column).value
        if example == 4:
            headings[upper] = column
            continue
        group = upper or group
        headings[f"{group}/{lower}" if lower else upper] = column
    return example, headings


def upload_of(user, code: str, book) -> Upload:
    file = io.BytesIO()
    book.save(file)
    upload = receive(file.getvalue(), "填好的.xlsx", code, user, queue=False).upload
    check_upload(upload.pk, lambda *args, **kwargs: None)
    upload.refresh_from_db()
    return upload


def test_every_kind_has_a_form():
    assert {"children", "centers", "equipment", "funding"} <= set(CODES)
    for code in CODES:
        book = open_blank(code)
        assert book.sheetnames[-2:] == ["填表说明", "代码"]
        assert book["代码"].sheet_state == "hidden"
        assert len(book.sheetnames) == len(kind_of(code).resources) + 2


def test_the_form_begins_as_offices_know_it():
    sheet = open_blank("children").worksheets[0]
    assert sheet["A1"].value.startswith("临洮县")
    assert sheet["A2"].value.startswith("填报单位：临洮县")
    assert sheet["A3"].value == "序号"
    assert any(area.min_row == 1 and area.max_col == sheet.max_column for area in sheet.merged_cells.ranges)
    assert sheet.freeze_panes


@pytest.mark.parametrize("code", CODES)
def test_digits_that_are_names_are_text_before_anybody_types(code):
    for sheet, resource in zip(open_blank(code).worksheets, kind_of(code).resources, strict=False):
        for place, column in enumerate(form_columns(resource()), start=1):
            if column.source is not None and column.source.sealed:
                letter = get_column_letter(place)
                assert sheet.column_dimensions[letter].number_format == "@", column.path


def test_drop_downs_offer_the_code_tables():
    book = open_blank("children")
    sheet, codes = book.worksheets[0], book["代码"]
    _example, headings = head_of(sheet)
    letter = get_column_letter(headings["性别"])
    found = next(
        one
        for one in sheet.data_validations.dataValidation
        if f"{letter}5" in one.sqref or f"{letter}6" in one.sqref
    )
    area = found.formula1.split("!")[1].replace("$", "")
    assert [row[0].value for row in codes[area]] == ["男", "女"]
    assert found.errorStyle == "warning"
    assert max(area.max_row for area in found.sqref.ranges) > PREPARED_ROWS


def test_the_explanations_tell_each_column():
    book = open_blank("children")
    told = [[cell.value for cell in row] for row in book["填表说明"].rows]
    sex = next(row for row in told if row[0] == "性别")
    assert sex[1] == "必填"
    assert "男、女" in sex[3]
    assert any(row[0] and "示例" in row[0] and "不会导入" in row[0] for row in told)


@pytest.mark.parametrize("code", CODES)
def test_the_example_row_is_not_data(officer, code):
    upload = upload_of(officer, code, open_blank(code))
    assert upload.rows == 0
    assert upload.state == UploadState.REFUSED
    assert upload.refusal == "no_rows"


@pytest.mark.parametrize("code", CODES)
def test_the_example_filled_in_as_it_stands_uploads_cleanly(officer, code):
    """The example shows a right row: copied below itself as row 1 it is new, without a problem that must be mended."""
    if code == "equipment":
        make_center(name="洮阳镇南门村留守儿童之家", place="621124100")
    book = open_blank(code)
    filled = 0
    for sheet in book.worksheets[: len(kind_of(code).resources)]:
        example, _headings = head_of(sheet)
        for place in range(2, sheet.max_column + 1):
            sheet.cell(example + 1, place).value = sheet.cell(example, place).value
        sheet.cell(example + 1, 1).value = 1
        filled += 1
    upload = upload_of(officer, code, book)
    problems = [(p.code, p.heading, p.problem.value) for p in upload.problems.filter(level="error")]
    assert problems == []
    assert (upload.rows, upload.new) == (filled, filled)


def test_the_form_of_the_province_offers_no_list_of_a_thousand_townships():
    book = open_blank("children", "620000")
    assert max(sheet.max_row for sheet in [book["代码"]]) <= 200
