"""Files that go out open everywhere, hold real numbers and dates, and never a live formula."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gansu_care.spreadsheets.tables import Cell, Column, Row, Table
from gansu_care.spreadsheets.writing import sheets
from gansu_care.spreadsheets.writing.cells import ColumnCells, is_plain
from gansu_care.spreadsheets.writing.package import sheet_title
from gansu_care.spreadsheets.writing.reports import write_report
from gansu_care.spreadsheets.writing.sheet_columns import (
    DATE,
    DECIMAL,
    ID,
    INT,
    MOMENT,
    MONEY,
    TEXT,
    SheetColumn,
    display_width,
    letter,
)
from gansu_care.spreadsheets.writing.sheets import write_blocks, write_xlsx
from gansu_care.spreadsheets.writing.text_files import write_csv
from tests.spreadsheets.test_tables import centers_table, funding_table

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil","点我")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "|calc",
    "%0A=1",
]


def book(*columns: SheetColumn, rows: list, **options):
    file = io.BytesIO()
    written = write_xlsx(file, columns, rows, **options)
    assert written == len(rows)
    return load_workbook(file)


def sheet(*columns: SheetColumn, rows: list, **options):
    return book(*columns, rows=rows, **options).active


def test_numbers_dates_and_moments_are_real():
    kinds = [INT, DECIMAL, MONEY, DATE, MOMENT]
    values = [
        1248,
        Decimal("70.5"),
        Decimal("21800000.00"),
        date(2015, 7, 23),
        datetime(2026, 11, 23, 1, 31, tzinfo=UTC),
    ]
    made = sheet(*[SheetColumn(kind, kind) for kind in kinds], rows=[values])
    assert [cell.value for cell in made[2]] == [
        1248,
        70.5,
        21800000,
        datetime(2015, 7, 23),
        datetime(2026, 11, 23, 9, 31),
    ]
    assert [cell.number_format for cell in made[2]] == [
        "0",
        "General",
        "#,##0.00",
        "yyyy\\-mm\\-dd",
        "yyyy\\-mm\\-dd\\ hh:mm",
    ]


def test_id_numbers_stay_text_even_below_the_last_row():
    made = sheet(SheetColumn("身份证号", ID), rows=[["620100201009010013"]])
    assert made["A2"].value == "620100201009010013"
    assert made["A2"].number_format == "@"
    assert made.column_dimensions["A"].width >= 20
    assert 'style="2"' in _raw(SheetColumn("身份证号", ID))


def _raw(*columns: SheetColumn, rows: list | None = None) -> str:
    file = io.BytesIO()
    write_xlsx(file, columns, rows or [])
    return zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_like_text_stays_text(text):
    made = sheet(SheetColumn("备注"), rows=[[text]])
    assert made["A2"].data_type in ("s", "inlineStr")
    assert made["A2"].value.strip() == text.strip()
    assert made["A2"].quotePrefix
    assert "<f>" not in _raw(SheetColumn("备注"), rows=[[text]])


def test_round_trip_by_the_reader_of_uploads():
    file = io.BytesIO()
    values = ["阿依古丽·买买提", "䶮", " 前后有空格 ", "<&>\"'", "两\n行", "=1+1", None, "620100201009010013"]
    write_xlsx(file, [SheetColumn(f"列{i}") for i in range(len(values))], [values])
    file.seek(0)
    read = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert read[1] == [value or "" for value in values]


def test_characters_that_no_workbook_holds_are_left_out():
    made = sheet(SheetColumn("备注"), rows=[["甲\x00\x0b乙\ud800\ufffe丙"], ["x" * 40_000]])
    assert made["A2"].value == "甲乙丙"
    assert len(made["A3"].value) == 32_767


def test_head_is_frozen_and_printed_on_every_page():
    workbook = book(SheetColumn("姓名"), rows=[["小华"]], sheet_name="留守儿童", footer="临洮县妇联 李晓梅")
    made = workbook["留守儿童"]
    assert made.freeze_panes == "A2"
    assert made.print_title_rows == "$1:$1"
    assert made.oddFooter.left.text == "临洮县妇联 李晓梅"
    assert made.page_setup.paperSize == 9


def test_two_row_head_merges_groups():
    made = sheet(
        SheetColumn("姓名"),
        SheetColumn("姓名", group="父亲情况"),
        SheetColumn("电话", ID, group="父亲情况"),
        SheetColumn("备注"),
        rows=[["小华", "张大山", "13800000000", ""]],
    )
    assert {str(area) for area in made.merged_cells.ranges} == {"A1:A2", "B1:C1", "D1:D2"}
    assert [cell.value for cell in made[2]] == [None, "姓名", "电话", None]
    assert made["C3"].value == "13800000000"
    assert made.freeze_panes == "A3"


def test_hidden_columns_are_hidden_and_filled():
    made = sheet(
        SheetColumn("记录编号", ID, hidden=True), SheetColumn("姓名"), rows=[["GC0000000019", "小华"]]
    )
    assert made.column_dimensions["A"].hidden
    assert not made.column_dimensions["B"].hidden
    assert made["A2"].value == "GC0000000019"


def test_empty_and_false_and_zero_are_three_things():
    made = sheet(SheetColumn("甲"), SheetColumn("乙", INT), SheetColumn("丙", INT), rows=[["", 0, False]])
    assert [cell.value for cell in made[2]] == [None, 0, False]


def test_days_before_1900_are_text():
    made = sheet(SheetColumn("出生日期", DATE), rows=[[date(1899, 5, 4)]])
    assert made["A2"].value == "1899-05-04"


def test_a_list_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS", 4)
    monkeypatch.setattr(sheets, "BLOCK", 2)
    for count, wanted in [(0, [0]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]:
        made = book(SheetColumn("序号", INT), rows=[[n] for n in range(count)], sheet_name="名单")
        assert [page.max_row - 1 for page in made.worksheets] == wanted
        assert made.sheetnames == ["名单", "名单 (2)", "名单 (3)"][: len(wanted)]
        assert [cell.value for page in made.worksheets for cell in page["A"][1:]] == list(range(count))


def test_equal_values_of_a_block_are_made_once_and_stand_where_they_belong():
    made = sheet(SheetColumn("甲"), rows=[[str(n % 5)] for n in range(50)])
    assert [cell.value for cell in made["A"][1:]] == [str(n % 5) for n in range(50)]


def test_blocks_come_column_by_column_and_part_at_the_end_of_a_sheet(monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS", 4)
    file = io.BytesIO()
    blocks = [[[1, 2], ["a", "b"]], [[], []], [[3, 4, 5, 6, 7], ["c", None, "e", "f", ""]]]
    assert write_blocks(file, [SheetColumn("甲", INT), SheetColumn("乙")], blocks) == 7
    made = [
        [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] for page in load_workbook(file)
    ]
    assert made == [[[1, "a"], [2, "b"], [3, "c"]], [[4, None], [5, "e"], [6, "f"]], [[7, None]]]


def test_empty_cells_are_left_out():
    raw = _raw(
        SheetColumn("甲"),
        SheetColumn("身份证号", ID),
        SheetColumn("乙"),
        rows=[["a", "", None], ["b", "1", "c"]],
    )
    assert '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c></row>' in raw
    assert '<c r="B3" s="2" t="inlineStr"><is><t>1</t></is></c><c r="C3"' in raw


ODD_TEXTS = st.text(
    st.sampled_from("甲乙a1 ·、（）-+=@＝|%.&<>\"'*_\n\t\r\x00\x01\x0b\ud800\uffff\u3000"), max_size=4
)


@given(
    st.lists(
        ODD_TEXTS | st.none() | st.sampled_from(["阿依·古丽", "0931-2222222", "6201**********0028"]),
        max_size=6,
    )
)
def test_a_cell_does_not_depend_on_its_neighbours(values):
    for kind in (TEXT, ID, DATE):
        column = ColumnCells("A", kind)
        assert column(values) == [column.one(value) for value in values]


@given(st.lists(st.dates() | st.none() | st.sampled_from(["2015", "—"]), max_size=6))
def test_days_do_not_depend_on_their_neighbours(values):
    column = ColumnCells("A", DATE)
    assert column(values) == [column.one(value) for value in values]


def test_the_texts_of_a_register_are_plain():
    assert is_plain(
        ["阿依古丽·买买提", "临洮县洮阳镇", "0931-2222222", "打工收入、种养殖业", "张大爷（已故）", "******"]
    )
    for odd in (*FORMULAS, "a b", " a", "a ", "<", "&", "a\nb", "\x01", "x" * 32_768):
        assert not is_plain(["甲", odd, "乙"]), odd


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("2015/2016[甲]:乙*?", "2015 2016 甲  乙"), ("", "Sheet"), ("长" * 40, "长" * 31), ("'引'", "引")],
)
def test_sheet_names_that_excel_refuses_are_mended(name, wanted):
    assert sheet_title(name) == wanted


def test_letters_and_widths():
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert display_width("身份证No") == 8


# --- csv -------------------------------------------------------------------------------------------------------------


def csv_rows(*columns: SheetColumn, rows: list) -> list[list[str]]:
    file = io.BytesIO()
    assert write_csv(file, columns, rows) == len(rows)
    data = file.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_joined_headings_and_plain_values():
    columns = [SheetColumn("姓名", group="父亲情况"), SheetColumn("金额", MONEY), SheetColumn("日期", DATE)]
    read = csv_rows(*columns, rows=[["张大山", Decimal("-24.80"), date(2015, 7, 23)], [None, 0, None]])
    assert read == [["父亲情况/姓名", "金额", "日期"], ["张大山", "-24.80", "2015-07-23"], ["", "0", ""]]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_neutralises_formulas(text):
    assert csv_rows(SheetColumn("备注"), rows=[[text]])[1] == [f"'{text}"]


def test_csv_keeps_long_digits_from_becoming_numbers():
    read = csv_rows(
        SheetColumn("身份证号", ID), SheetColumn("电话", ID), rows=[["62010020100901003X", "13800000000"]]
    )
    assert read[1] == ["62010020100901003X\t", "13800000000"]


# --- reports ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def report():
    file = io.BytesIO()
    write_report(file, [centers_table(), funding_table()], footer="省妇联 周敏 2016-01-29 09:31")
    return load_workbook(file)


def test_report_has_one_sheet_a_table(report):
    shown = [sheet.title for sheet in report.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["表9 各市州活动中心建设与运行情况", "表15 到账资金来源"]


def test_report_sheet_looks_like_the_paper(report):
    made = report.worksheets[0]
    assert made["A1"].value == "表9　各市州活动中心建设与运行情况"
    assert {str(area) for area in made.merged_cells.ranges} >= {"A1:E1", "A3:A4", "B3:C3", "D3:D4", "E3:E4"}
    assert made["A2"].value == "数据截止：2015-12-31 24时　口径：国发〔2016〕13号（MCA2016）"
    assert made["E2"].value == "单位：个、%"
    assert made.freeze_panes == "B5"
    assert [cell.value for cell in made[5]] == ["全省", 178, 4, 177, 98.25]
    assert [cell.value for cell in made[7]][:5] == ["兰州新区", 3, 0, 3, "—"]
    assert made["A9"].value == "注：市州按行政区划代码排列。"
    assert made["A10"].value == "✓ 各市州之和 = 全省"
    assert made["A11"].value == "✗ 累计 = 运行，相差 \u22121"


def test_report_money_is_a_number_with_a_format(report):
    made = report["表15 到账资金来源"]
    assert made["A4"].value == "一、财政"
    assert made["B5"].value == 21800000
    assert made["B5"].number_format.startswith("#,##0.00")
    assert made["C5"].value == datetime(2009, 3, 5)
    assert made["B6"].value == -24.8


def test_report_prints_on_a4_with_the_head_on_each_page(report):
    made = report.worksheets[0]
    assert made.page_setup.paperSize == 9
    assert made.page_setup.fitToWidth == 1
    assert made.print_title_rows == "$3:$4"
    assert made.oddFooter.left.text == "省妇联 周敏 2016-01-29 09:31"


def test_report_has_a_native_chart_where_the_table_asks(report):
    assert len(report["表9 各市州活动中心建设与运行情况"]._charts) == 1
    assert report["表15 到账资金来源"]._charts == []


def test_chart_of_rows_that_do_not_follow_each_other_has_a_block_of_its_own(report):
    data = report["图表数据 T9"]
    assert data.sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in data.rows] == [
        ["市州", "累计"],
        ["兰州市", 62],
        ["天水市", 116],
    ]
    series = report.worksheets[0]._charts[0].series[0]
    assert series.val.numRef.f == "'图表数据 T9'!$B$2:$B$3"


def test_chart_of_plain_rows_draws_from_the_table_itself():
    whole = centers_table()
    rows = [row for row in whole.rows if not row.level]
    file = io.BytesIO()
    write_report(file, [replace(whole, rows=rows)])
    made = load_workbook(file).worksheets[0]
    assert made._charts[0].series[0].val.numRef.f == "'表9 各市州活动中心建设与运行情况'!$B$6:$B$7"


def test_report_text_is_never_a_formula():
    rows = [Row(text, [Cell(text)]) for text in FORMULAS]
    table = Table("T1", "=1+1", [Column("a", ("=2+2",), kind="text")], rows, notes=["=3+3"])
    file = io.BytesIO()
    write_report(file, [table])
    with zipfile.ZipFile(file) as package:
        assert all(b"<f>" not in package.read(name) for name in package.namelist())
