"""Reading: whatever kind of file a county sends, the same sheets come out, and never an exception of a reader."""

from datetime import date, datetime

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gansu_care.spreadsheets.reading import (
    EmptyFormula,
    ErrorValue,
    Sheet,
    SkipReason,
    data_rows,
    find_header,
    normalise_heading,
    read_workbook,
    skippable,
)
from tests.spreadsheets.files.county import COUNTY, MERGES
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.files.texts import as_csv, as_html, as_xml2003
from tests.spreadsheets.files.xls import as_xls
from tests.spreadsheets.files.xlsb import as_xlsb
from tests.spreadsheets.files.xlsx import as_xlsx, one_sheet, saved, sheet_xml

SHEETS = [("登记表", COUNTY, MERGES, "visible")]

VOCABULARY = {
    "姓名": "name",
    "性别": "sex",
    "出生日期": "birth_date",
    "身份证号": "id_number",
    "乡镇": "township",
    "父亲情况/姓名": "father.name",
    "父亲情况/电话": "father.phone",
    "母亲情况/姓名": "mother.name",
    "监护类型": "guardianship_type",
    "补助金额": "amount",
}

# --- a county's workbook in every kind of file


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", as_xlsx(SHEETS)),
        ("xlsb", as_xlsb(SHEETS)),
        ("ods", as_ods(SHEETS)),
        ("xls", as_xls(COUNTY, MERGES)),
        ("html", as_html(COUNTY, MERGES)),
        ("csv", as_csv(COUNTY, encoding="utf-8")),
        ("csv", as_csv(COUNTY, encoding="utf-8-sig")),
        ("csv", as_csv(COUNTY, encoding="gb18030")),
        ("csv", as_csv(COUNTY, encoding="utf-16")),
        ("csv", as_csv(COUNTY, encoding="utf-16-le")),
        ("csv", as_csv(COUNTY, encoding="utf-16-be")),
        ("csv", as_csv(COUNTY, delimiter="\t")),
        ("csv", as_csv(COUNTY, delimiter=";")),
        ("csv", as_csv(COUNTY, delimiter="，")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
class TestCountyWorkbook:
    def test_kind_is_told_by_content(self, kind, data):
        assert read_workbook(data, "随便.doc").kind == kind

    def test_header_has_two_rows_and_the_column_numbers(self, kind, data):
        header = find_header(read_workbook(data).sheets[0], VOCABULARY)
        assert header.header_rows == [3, 4, 5]
        assert [column.field for column in header.columns] == [
            *(None, "township", "name", "sex", "birth_date", "id_number", "father.name", "father.phone"),
            *("mother.name", "guardianship_type", None, "amount"),
        ]
        assert header.columns[6].heading == "父亲情况/姓名"
        assert header.columns[11].letter == "L"
        assert header.columns[11].unit == "万元"
        assert header.facts == {"填报单位": "陇西县妇联", "填报日期": "2026年11月20日"}

    def test_only_children_are_data(self, kind, data):
        sheet = read_workbook(data).sheets[0]
        found = data_rows(sheet, find_header(sheet, VOCABULARY))
        assert [number for number, _values in found.rows] == [6, 7, 10]
        assert found.column(2) == ["张三", "李四", "马龙"]
        assert found.blanks == 2
        assert [(number, label) for number, label, _values in found.totals] == [
            (8, "首阳镇小计"),
            (12, "合计"),
        ]
        assert [number for number, _text in found.notes] == [13, 14, 15]
        assert found.facts == {"填表人": "周敏"}

    def test_a_merged_township_fills_its_range(self, kind, data):
        sheet = read_workbook(data).sheets[0]
        found = data_rows(sheet, find_header(sheet, VOCABULARY))
        merged = None if kind == "csv" else "首阳镇"
        assert found.column(1) == ["首阳镇", merged, "菜子镇"]


# --- types and hidden things


def test_a_number_stays_a_number_and_a_text_a_text():
    rows = [["身份证号", "姓名"], [620100201009010000, "6201"], ["620100201009010013", 6201]]
    for data in (
        one_sheet(*rows),
        as_xls(rows),
        as_ods([("表", rows, [], "visible")]),
        as_xlsb([("表", rows, [], "visible")]),
    ):
        cells = read_workbook(data).sheets[0].rows
        assert isinstance(cells[1][0], float)
        assert cells[1][1] == "6201"
        assert cells[2] == ["620100201009010013", 6201]


def test_rows_are_counted_from_the_first_row_of_the_sheet():
    book = openpyxl.Workbook()
    book.active["B3"] = "姓名"
    assert read_workbook(saved(book)).sheets[0].rows == [[None, None], [None, None], [None, "姓名"]]


def test_failed_and_uncalculated_formulas_are_marked():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = "姓名", "=A1", "#N/A"
    sheet["C1"].data_type = "e"
    assert read_workbook(saved(book)).sheets[0].rows == [["姓名", EmptyFormula, ErrorValue("#N/A")]]


def test_failed_and_uncalculated_formulas_of_an_old_workbook_are_marked():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "姓名")
    sheet.write(0, 1, xlwt.Formula("A1"))
    sheet.row(0).set_cell_error(2, 0x2A)
    assert read_workbook(saved(book)).sheets[0].rows == [["姓名", EmptyFormula, ErrorValue("#N/A")]]


@pytest.mark.parametrize(
    ("cells", "prefix"),
    [
        (
            '<row r="1"><c r="A1" t="str"><f>X</f><v></v></c><c r="B1"><v>7</v></c><c r="C1"><f>1</f></c></row>',
            "",
        ),
        (
            '<x:row r="1"><x:c r="A1" t="str"><x:f>X</x:f><x:v></x:v></x:c><x:c r="B1"><x:v>7</x:v></x:c>'
            '<x:c r="C1"><x:f>1</x:f></x:c></x:row>',
            "x:",
        ),
        ('<row><c t="str"><f>X</f><v></v></c><c><v>7</v></c><c><f>1</f></c></row>', ""),
        (
            '<row r="1"><c r="A1" t="str"><f>X</f><v></v></c><c r="B1"><v>7</v></c>'
            '<c r="C1"><f t="shared" si="0"/></c></row>',
            "",
        ),
    ],
    ids=["plain", "prefixed", "without addresses", "shared formula"],
)
def test_formulas_are_seen_however_the_xml_is_written(cells, prefix):
    assert read_workbook(sheet_xml(cells, prefix)).sheets[0].rows == [[None, 7, EmptyFormula]]


def test_sheet_states_are_told():
    sheets = [
        ("首阳镇", COUNTY, MERGES, "visible"),
        ("旧表", COUNTY, [], "hidden"),
        ("代码", [["1"]], [], "veryHidden"),
    ]
    book = read_workbook(as_xlsx(sheets))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("首阳镇", "visible"),
        ("旧表", "hidden"),
        ("代码", "veryHidden"),
    ]


def test_the_days_of_1904_are_told_and_dates_are_right():
    rows = [["姓名", "出生日期"], ["张三", date(2010, 9, 1)]]
    book = read_workbook(as_xlsx([("表", rows, [], "visible")], CALENDAR_MAC_1904))
    assert book.epoch1904
    assert book.sheets[0].rows[1][1] == date(2010, 9, 1)


def test_the_dot_of_minority_names_survives_gb18030():
    book = read_workbook("姓名,性别\r\n阿依古丽·买买提,女\r\n䶮㛃,男".encode("gb18030"))
    assert book.sheets[0].rows[1:] == [["阿依古丽·买买提", "女"], ["䶮㛃", "男"]]


def test_text_kept_with_an_equals_sign_in_csv():
    assert (
        read_workbook(b'\xe5\xa7\x93,id\r\na,="620100201009010013"').sheets[0].rows[1][1]
        == "620100201009010013"
    )


def test_xml_spreadsheet_of_2003():
    data = as_xml2003(
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">登记表</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell><Data ss:Type="Number">3</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="DateTime">2010-09-01T00:00:00.000Z</Data></Cell></Row>'
    )
    sheet = read_workbook(data).sheets[0]
    assert sheet.rows[2] == ["姓名", 3.0]
    assert sheet.rows[3][1] == datetime(2010, 9, 1)
    assert sheet.merges == [(1, 1, 1, 2)]


# --- headers, rows, sheets in detail


def sheet_of(*rows, merges=()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("表1", [list(row) + [None] * (width - len(row)) for row in rows], merges=list(merges))


@pytest.mark.parametrize(
    ("heading", "normal"),
    [
        (" 姓　名 ", "姓名"),
        ("*姓名", "姓名"),
        ("姓\n名", "姓名"),
        ("金额（万元）", "金额"),
        ("金额（单位：元）", "金额"),
        ("出生日期（年月日）", "出生日期"),
        ("出生日期(必填)", "出生日期"),
        ("3、性别：", "性别"),
        ("父（母）状态", "父(母)状态"),
        ("ＩＤ", "id"),
    ],
)
def test_headings_are_brought_to_one_form(heading, normal):
    assert normalise_heading(heading) == normal


def test_no_header_is_found_in_a_letter():
    assert (
        find_header(sheet_of(["关于填报的通知"], ["各县区妇联："], ["请填报姓名、性别"]), VOCABULARY) is None
    )


def test_names_of_others_never_become_the_childs():
    sheet = sheet_of(["姓名", "祖父情况", None], [None, "姓名", "出生日期"], ["张三", "张大", "1950-1-1"])
    header = find_header(sheet, {**VOCABULARY, "祖父母/住址": "x", "出生日期": "birth_date", "性别": "sex"})
    assert header is None
    sheet = sheet_of(
        ["姓名", "性别", "祖父情况", None],
        [None, None, "姓名", "出生日期"],
        ["张三", "男", "张大", "1950-1-1"],
    )
    header = find_header(sheet, {**VOCABULARY, "出生日期": "birth_date"})
    assert [column.field for column in header.columns] == ["name", "sex", None, None]


def test_headings_under_basic_facts_are_the_childs():
    sheet = sheet_of(
        ["儿童基本情况", None, None, "父亲", None],
        ["姓名", "性别", "出生日期", "姓名", "电话"],
        ["张三", "男", "2015-1-1", "张大", "13800000000"],
        merges=[(1, 1, 1, 3), (1, 4, 1, 5)],
    )
    header = find_header(sheet, {**VOCABULARY, "父亲姓名": "father.name", "父亲/电话": "father.phone"})
    assert header.header_rows == [1, 2]
    assert [column.field for column in header.columns] == [
        "name",
        "sex",
        "birth_date",
        "father.name",
        "father.phone",
    ]


def test_a_row_of_units_gives_each_column_its_unit():
    sheet = sheet_of(["姓名", "补助金额", "性别"], [None, "（万元）", None], ["张三", 3.5, "男"])
    header = find_header(sheet, VOCABULARY)
    assert header.header_rows == [1, 2]
    assert [column.unit for column in header.columns] == [None, "万元", None]


def test_a_unit_above_the_table_holds_for_all():
    sheet = sheet_of(
        ["资金表"], [None, None, "单位：万元"], ["姓名", "补助金额", "性别"], ["张三", 3.5, "男"]
    )
    header = find_header(sheet, VOCABULARY)
    assert header.columns[1].unit == "万元"
    assert header.facts == {}


def test_a_fact_may_stand_beside_its_label():
    sheet = sheet_of(
        ["填报单位", "陇西县妇联", "填报日期：", date(2026, 11, 20)], ["姓名", "性别"], ["张三", "男"]
    )
    assert find_header(sheet, VOCABULARY).facts == {"填报单位": "陇西县妇联", "填报日期": date(2026, 11, 20)}


def test_a_heading_that_comes_twice_is_read_once_and_told():
    header = find_header(sheet_of(["姓名", "性别", "姓名"], ["张三", "男", "李四"]), VOCABULARY)
    assert [column.field for column in header.columns] == ["name", "sex", None]
    assert [column.letter for column in header.repeated] == ["C"]


def test_a_sum_above_the_first_row_ends_nothing():
    sheet = sheet_of(["姓名", "性别"], ["合计", 2], ["张三", "男"], ["李四", "女"])
    assert [row for row, _values in data_rows(sheet, find_header(sheet, VOCABULARY)).rows] == [3, 4]


def test_the_header_repeated_on_each_printed_page_is_no_data():
    sheet = sheet_of(
        ["登记表"],
        ["姓名", "性别"],
        ["张三", "男"],
        ["登记表"],
        ["姓 名", "性别"],
        ["甲", "乙"],
        ["李四", "女"],
    )
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert [row for row, _values in found.rows] == [3, 7]
    assert (found.notes, found.repeated) == ([(4, "登记表")], [5, 6])


def test_numbered_lines_without_content_are_blank():
    sheet = sheet_of(["序号", "姓名", "性别"], [1, "张三", "男"], [2, None, None], [3, " ", EmptyFormula])
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert len(found.rows) == 1
    assert found.blanks == 2


def test_a_caption_across_the_table_is_no_child():
    sheet = sheet_of(
        ["姓名", "性别", "乡镇"], ["一、首阳镇"], ["张三", "男", "首阳镇"], merges=[(2, 1, 2, 3)]
    )
    found = data_rows(sheet, find_header(sheet, VOCABULARY))
    assert [row for row, _values in found.rows] == [3]
    assert found.notes == [(2, "一、首阳镇")]


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("填表说明", COUNTY, SkipReason.EXPLANATIONS),
        ("代码表", COUNTY, SkipReason.CODES),
        ("数据字典", COUNTY, SkipReason.CODES),
        ("示例", COUNTY, SkipReason.EXAMPLE),
        ("Sheet2", [[None, " "]], SkipReason.EMPTY),
        ("Sheet2", COUNTY, None),
        ("首阳镇", COUNTY, None),
    ],
)
def test_sheets_without_data_are_told(name, rows, reason):
    assert skippable(Sheet(name, rows)) == reason


def test_a_sheet_may_begin_anywhere():
    """A reader that hands out rows one by one begins with the first that holds something."""
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D7"] = "张三", 3
    (sheet,) = read_workbook(saved(book)).sheets
    assert sheet.rows[4] == [None, None, "张三", None]
    assert (len(sheet.rows), sheet.rows[6][3], sheet.rows[0]) == (7, 3, [None] * 4)


def test_cells_that_read_the_same_are_one_value():
    (sheet,) = read_workbook(
        as_xlsx([("表", [["姓名", "年"], ["洮阳镇小学", 2015.5], ["洮阳镇小学", 2015.5]], [], "visible")])
    ).sheets
    assert all(first is second for first, second in zip(*sheet.rows[1:], strict=True))
