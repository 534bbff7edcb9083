"""Excel's binary workbook: the records of every kind of cell come out as they would of an .xlsx."""

import io
import struct
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from gansu_care.spreadsheets.reading import ErrorValue, read_workbook
from gansu_care.spreadsheets.reading.cells import plain
from gansu_care.spreadsheets.reading.number_formats import MOMENT, NUMBER, SPAN, kind_of_format, moment_of
from tests.spreadsheets.files.county import COUNTY, MERGES
from tests.spreadsheets.files.xlsb import as_xlsb, cell, of_cells, record, row, wide

HEAD = struct.pack("<II", 0, 0)
SHORT = struct.pack("<I", 0)
FORMULA = struct.pack("<HI", 0, 0)


def test_our_own_xlsb_is_one_that_others_read():
    """Else the tests would show no more than that reader and maker share their mistakes."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsb([("登记表", COUNTY, MERGES, "visible")])))
    theirs = book.get_sheet_by_name("登记表").to_python(skip_empty_area=False)
    ours = read_workbook(as_xlsb([("登记表", COUNTY, MERGES, "visible")])).sheets[0]
    assert [[plain(value) for value in line] for line in theirs] == ours.rows


@pytest.mark.parametrize("epoch1904", [False, True])
def test_values_dates_and_failed_formulas(epoch1904):
    rows = [
        ["张三", date(2015, 3, 7), datetime(2015, 3, 7, 8, 30), 7, -2.5, 620100201009010000.0],
        [True, False, ErrorValue("#DIV/0!"), "两\n行", None, 0.01],
    ]
    book = read_workbook(as_xlsb([("表", rows, [], "visible")], epoch1904))
    assert book.sheets[0].rows == rows
    assert book.epoch1904 is epoch1904


def test_every_record_that_holds_a_value():
    cells = (
        cell(1, 0, b""),
        cell(2, 1, struct.pack("<i", 314 << 2 | 3)),  # 3.14 as 314 hundredths
        cell(2, 2, struct.pack("<d", 0.5)[4:]),
        cell(6, 3, wide("就地的文字")),
        cell(62, 4, b"\0" + wide("有格式的文字")),
        cell(8, 5, wide("公式的文字") + FORMULA),
        cell(8, 6, wide("") + FORMULA),
        cell(9, 7, struct.pack("<d", 42.0) + FORMULA),
        cell(10, 8, b"\x01" + FORMULA),
        cell(11, 9, b"\x2a" + FORMULA),
        cell(7, 10, struct.pack("<I", 1)),
        record(13, SHORT + struct.pack("<i", 8 << 2 | 2)),  # from here on in the column after the cell before
        record(14, SHORT + b"\x07"),
        record(15, SHORT + b"\x00"),
        record(16, SHORT + struct.pack("<d", 1.5)),
        record(17, SHORT + wide("短")),
        record(12, SHORT),
        record(18, SHORT + struct.pack("<I", 0)),
    )
    assert read_workbook(of_cells(row(0, *cells), ["甲", "乙"])).sheets[0].rows == [
        [
            *(
                None,
                3.14,
                0.5,
                "就地的文字",
                "有格式的文字",
                "公式的文字",
                None,
                42,
                True,
                ErrorValue("#N/A"),
            ),
            *("乙", 8, ErrorValue("#DIV/0!"), False, 1.5, "短", None, "甲"),
        ]
    ]


def test_rows_are_counted_from_the_first_row_of_the_sheet():
    assert read_workbook(of_cells(row(2, cell(6, 1, wide("姓名"))))).sheets[0].rows == [
        [None, None],
        [None, None],
        [None, "姓名"],
    ]


def test_sheet_states_are_told():
    sheets = [
        ("首阳镇", [["一"]], [], "visible"),
        ("旧表", [["二"]], [], "hidden"),
        ("代码", [["三"]], [], "veryHidden"),
    ]
    assert [(sheet.name, sheet.state) for sheet in read_workbook(as_xlsb(sheets)).sheets] == [
        ("首阳镇", "visible"),
        ("旧表", "hidden"),
        ("代码", "veryHidden"),
    ]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("General", NUMBER),
        ('0.00"元"', NUMBER),
        ("#,##0;[Red]-#,##0", NUMBER),
        ("@", NUMBER),
        ("yyyy-mm-dd", MOMENT),
        ('[$-804]yyyy"年"m"月"d"日";@', MOMENT),
        ("h:mm AM/PM", MOMENT),
        ("mm:ss.0", MOMENT),
        ("[h]:mm", SPAN),
        ("[mm]:ss", SPAN),
    ],
)
def test_a_number_format_tells_days_from_numbers(written, kind):
    assert kind_of_format(176, {176: written}) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, NUMBER), (14, MOMENT), (22, MOMENT), (31, MOMENT), (46, SPAN), (49, NUMBER), (57, MOMENT)],
)
def test_formats_that_every_program_knows(number, kind):
    assert kind_of_format(number, {}) == kind


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (42070.0, MOMENT, date(2015, 3, 7)),
        (42070.25, MOMENT, datetime(2015, 3, 7, 6)),
        (0.5, MOMENT, "12:00"),
        (1.25, SPAN, "30:00"),
        (-1.0, MOMENT, -1.0),
        (1e300, MOMENT, 1e300),
    ],
)
def test_a_number_shown_as_a_day_is_a_day_if_any_calendar_holds_it(value, kind, read):
    assert moment_of(value, kind, epoch1904=False) == read
