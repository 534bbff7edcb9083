"""OpenDocument: what LibreOffice and WPS put into an .ods comes out as it would of an .xlsx."""

from datetime import date, datetime, time

import pytest

from gansu_care.spreadsheets.reading import EmptyFormula, ErrorValue, read_workbook
from tests.spreadsheets.files import ods
from tests.spreadsheets.files.xlsx import as_xlsx


def cells(xml: str) -> list[list]:
    """What a row of these cells is read as."""
    data = ods.rows_xml(f"<table:table-row>{xml}</table:table-row>")
    return read_workbook(data).sheets[0].rows


@pytest.mark.parametrize(
    ("attributes", "shown", "value"),
    [
        ('office:value-type="float" office:value="3.5"', "3.50", 3.5),
        ('office:value-type="percentage" office:value="0.25"', "25%", 0.25),
        ('office:value-type="currency" office:currency="CNY" office:value="1200"', "￥1,200.00", 1200.0),
        ('office:value-type="date" office:date-value="2015-03-07"', "2015年3月7日", date(2015, 3, 7)),
        ('office:value-type="date" office:date-value="2015-03-07T00:00:00"', "3/7", date(2015, 3, 7)),
        (
            'office:value-type="date" office:date-value="2015-03-07T08:05:00.000000000"',
            "3/7",
            datetime(2015, 3, 7, 8, 5),
        ),
        ('office:value-type="date" office:date-value="-0044-03-15"', "前44年3月15日", "前44年3月15日"),
        ('office:value-type="time" office:time-value="PT08H30M00S"', "8:30", "08:30"),
        ('office:value-type="time" office:time-value="PT30H05M00S"', "30:05", "30:05"),
        ('office:value-type="boolean" office:boolean-value="true"', "真", True),
        ('office:value-type="boolean" office:boolean-value="false"', "假", False),
        ('office:value-type="string" office:string-value="全文"', "全…", "全文"),
        ("", "没有写种类", "没有写种类"),
    ],
)
def test_a_cell_gives_its_value_and_not_how_it_is_shown(attributes, shown, value):
    (read,) = cells(f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")[0]
    assert (read, type(read)) == (value, type(value))


def test_formulas_give_what_they_came_to_last():
    formula = 'table:formula="of:=[.A1]/0"'
    number = 'office:value-type="float" office:value'
    error = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    assert cells(
        f'<table:table-cell {formula} {number}="7"><text:p>7</text:p></table:table-cell>'
        f"<table:table-cell {formula} {error}><text:p>#DIV/0!</text:p></table:table-cell>"
        f'<table:table-cell {formula} {number}="0"><text:p>#N/A</text:p></table:table-cell>'
        f"<table:table-cell {formula} {error}><text:p>错误:502</text:p></table:table-cell>"
        f"<table:table-cell {formula}/>"
        f"<table:table-cell {formula}><text:p/></table:table-cell>"
        '<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
    ) == [
        [
            *(7, ErrorValue("#DIV/0!"), ErrorValue("#N/A"), ErrorValue("错误:502"), EmptyFormula),
            *(None, "#N/A"),
        ]
    ]


def test_the_text_of_a_cell_is_its_paragraphs_and_nothing_else():
    assert cells(
        '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>批注</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>文本框</text:p></draw:text-box></draw:frame>"
        '<text:p>张<text:span>三</text:span><text:s text:c="2"/>丰<text:tab/>终</text:p>'
        "<text:p><text:ruby><text:ruby-base>洮</text:ruby-base><text:ruby-text>táo</text:ruby-text></text:ruby>"
        "阳<text:line-break/>镇</text:p></table:table-cell>"
    ) == [["张三  丰\t终\n洮阳\n镇"]]


def test_what_comes_repeatedly_stands_in_each_of_its_cells():
    one = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>'
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = (
        f'<table:table-header-rows><table:table-row table:number-rows-repeated="2">{one}</table:table-row>'
        "</table:table-header-rows>"
        f'<table:table-row table:number-rows-repeated="2">{blank}</table:table-row>'
        f"<table:table-row-group><table:table-row>{blank}{one}</table:table-row></table:table-row-group>"
        f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    )
    assert read_workbook(ods.rows_xml(rows)).sheets[0].rows == [
        [1, 1, None, None, None],
        [1, 1, None, None, None],
        [None] * 5,
        [None] * 5,
        [None, None, None, 1, 1],
    ]


def test_what_lies_under_a_merged_cell_is_not_read():
    sheet = read_workbook(
        ods.rows_xml(
            '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string">'
            "<text:p>首阳镇</text:p></table:table-cell></table:table-row>"
            '<table:table-row><table:covered-table-cell office:value-type="string"><text:p>从前</text:p>'
            "</table:covered-table-cell></table:table-row>"
            '<table:table-row><table:table-cell office:value-type="string"><text:p>菜子镇</text:p>'
            "</table:table-cell></table:table-row>"
        )
    ).sheets[0]
    assert sheet.rows == [["首阳镇"], [None], ["菜子镇"]]
    assert sheet.merges == [(1, 1, 2, 1)]


def test_hidden_sheets_are_told():
    data = ods.as_ods([("首阳镇", [["一"]], [], "visible"), ("旧表", [["二"]], [], "hidden")])
    assert [(sheet.name, sheet.state) for sheet in read_workbook(data).sheets] == [
        ("首阳镇", "visible"),
        ("旧表", "hidden"),
    ]


def test_only_the_documents_own_tables_are_sheets():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p>{}</table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    inner = f'<table:table table:name="里">{row.format("里", "")}</table:table>'
    data = ods.of_tables(
        f'<table:table table:name="表">{row.format("姓名", inner)}</table:table>'
        f'<table:table table:name="别处" table:style-name="ta_extref">{row.format("别的文件", "")}</table:table>',
        before=f"<table:tracked-changes>{row.format('改前', '')}</table:tracked-changes>",
    )
    assert [(sheet.name, sheet.rows) for sheet in read_workbook(data).sheets] == [("表", [["姓名"]])]


def test_the_days_of_1904_are_told():
    setting = '<table:null-date table:date-value="1904-01-01"/>'
    before = f"<table:calculation-settings>{setting}</table:calculation-settings>"
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    table = f"<table:table>{row}</table:table>"
    assert read_workbook(ods.of_tables(table, before)).epoch1904
    assert not read_workbook(ods.of_tables(table)).epoch1904


def test_an_ods_and_an_xlsx_of_the_same_cells_are_read_alike():
    rows = [
        ["姓名", "日", "时刻", "时间", "真", "数", "号"],
        ["张三", date(2015, 3, 7), datetime(2015, 3, 7, 8, 5), time(8, 30), True, 3.5, "620100201503070011"],
        ["两\n行", None, None, None, False, -2, None],
    ]
    sheets = [("表", rows, [(1, 1, 1, 2)], "visible")]
    theirs = [("表", [["姓名", None, *rows[0][2:]], *rows[1:]], [(1, 1, 1, 2)], "visible")]
    assert read_workbook(ods.as_ods(sheets)).sheets == read_workbook(as_xlsx(theirs)).sheets
