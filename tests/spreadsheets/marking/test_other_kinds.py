"""Files that are no package of Open XML come back as a new workbook: what they hold, how they look, what was lost."""

from datetime import date, datetime
from io import BytesIO

import pytest
import xlwt

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.marking.plain_book import PlainSheet, written
from gansu_care.spreadsheets.reading import EmptyFormula, ErrorValue, Workbook, read_workbook
from tests.spreadsheets.files.archives import with_parts
from tests.spreadsheets.files.county import COUNTY, MERGES
from tests.spreadsheets.files.ods import as_ods, of_content
from tests.spreadsheets.files.xls import as_xls
from tests.spreadsheets.files.xlsb import as_xlsb

from .asking import asked
from .parts import colour, opened

SHEETS = [("登记表", COUNTY, MERGES, "visible"), ("代码", [["男"], ["女"]], [], "hidden")]


def csv(rows: list[list]) -> bytes:
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode("gb18030")


def html(rows: list[list]) -> bytes:
    cells = ("".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in rows)
    return f"<html><meta charset=utf-8><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></html>".encode()


def remade(data: bytes, name: str = "登记表", cells: tuple[str, ...] = ("C7",)) -> tuple[bytes, Workbook]:
    order = asked(dict.fromkeys(cells, "不对"), {7: "拒绝：不对"}, name=name, head=3)
    ending, made = mark(data, order)
    assert ending == "xlsx"
    return made, read_workbook(made)


@pytest.mark.parametrize(
    ("kind", "data"), [("xls", as_xls(COUNTY, MERGES)), ("ods", as_ods(SHEETS)), ("xlsb", as_xlsb(SHEETS))]
)
def test_values_and_merged_cells_are_read_again_as_they_were(kind: str, data: bytes) -> None:
    before = read_workbook(data)
    made, after = remade(data)
    ours = after.sheets.pop()
    assert before.kind == kind
    assert [(one.name, one.state, one.rows) for one in after.sheets] == [
        (one.name, one.state, one.rows) for one in before.sheets
    ]
    assert [sorted(one.merges) for one in after.sheets] == [sorted(one.merges) for one in before.sheets]
    assert ours.rows[2][0] == f"原表是 {kind} 文件。"
    assert colour(opened(made)["登记表"]["C7"]) == "FFEFBCB6"


@pytest.mark.parametrize("data", [csv(COUNTY), html(COUNTY)])
def test_a_file_without_types_stays_one(data: bytes) -> None:
    before = read_workbook(data)
    _made, after = remade(data, name=before.sheets[0].name)
    assert (before.numbers_as_text, after.numbers_as_text) == (True, True)
    assert after.sheets[0].rows == before.sheets[0].rows


def test_a_workbook_of_types_does_not_become_one_without() -> None:
    assert not remade(as_xls(COUNTY, MERGES))[1].numbers_as_text


def test_days_count_from_1904_where_they_did() -> None:
    rows = [[None], [None], ["出生日期"], [date(2010, 9, 1)], [38960], [None], ["x"]]
    for data in (as_xlsb([("登记表", rows, [], "visible")], epoch1904=True),):
        before, (_made, after) = read_workbook(data), remade(data)
        assert (before.epoch1904, after.epoch1904) == (True, True)
        assert after.sheets[0].rows == before.sheets[0].rows


def test_failed_formulas_and_moments_come_through() -> None:
    cells = [ErrorValue("#N/A"), True, 0.1, 1e21, datetime(2015, 7, 23, 8, 30), date(1900, 1, 15), " 两 边 "]
    made = written_anew([["一"], cells, [EmptyFormula, -3]])
    assert made[1] == cells
    assert made[2][:2] == [EmptyFormula, -3.0]


def written_anew(rows: list[list]) -> list[list]:
    return read_workbook(written([PlainSheet("表", rows)], epoch1904=False)).sheets[0].rows


def test_the_looks_of_an_xls_come_through() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("登记表")
    look = xlwt.easyxf(
        "font: bold on, italic on, colour red, height 280; pattern: pattern solid, fore_colour yellow;"
        " borders: left thin, bottom double; align: horiz center, vert top, wrap on",
        num_format_str='yyyy"年"m"月"',
    )
    sheet.write(2, 0, "日期")
    sheet.write(6, 0, date(2015, 7, 23), look)
    sheet.write(6, 1, "", look)
    sheet.col(0).width = 256 * 33
    stream = BytesIO()
    book.save(stream)
    made = opened(remade(stream.getvalue(), cells=("C7",))[0])["登记表"]
    cell = made["A7"]
    assert (cell.value, cell.number_format) == (datetime(2015, 7, 23), 'yyyy"年"m"月"')
    assert (cell.font.bold, cell.font.italic, cell.font.size, cell.font.color.rgb) == (
        True,
        True,
        14,
        "FFFF0000",
    )
    assert (cell.border.left.style, cell.border.bottom.style, cell.border.top.style) == (
        "thin",
        "double",
        None,
    )
    assert (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text) == (
        "center",
        "top",
        True,
    )
    assert (colour(cell), colour(made["B7"])) == ("FFFFFF00", "FFFFFF00")
    assert made.column_dimensions["A"].width == 33


def test_number_formats_and_widths_of_opendocument_come_through() -> None:
    styles = """<office:automatic-styles>
      <number:number-style style:name="N1"><number:number number:decimal-places="2" number:min-integer-digits="1"
        number:grouping="true"/></number:number-style>
      <number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text><number:month/>
        <number:text>月</number:text></number:date-style>
      <number:text-style style:name="N3"><number:text-content/></number:text-style>
      <number:percentage-style style:name="N4"><number:number number:decimal-places="1"/><number:text>%</number:text>
        </number:percentage-style>
      <style:style style:name="wide" style:family="table-column"><style:table-column-properties
        style:column-width="2in"/></style:style>
      <style:style style:name="money" style:family="table-cell" style:data-style-name="N1"/>
      <style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
      <style:style style:name="text" style:family="table-cell" style:data-style-name="N3"/>
      <style:style style:name="share" style:family="table-cell" style:data-style-name="N4"/>
      </office:automatic-styles>"""
    cells = (
        '<table:table-cell table:style-name="money" office:value-type="float" office:value="1234.5"/>'
        '<table:table-cell table:style-name="month" office:value-type="date" office:date-value="2015-07-23"/>'
        '<table:table-cell table:style-name="text" office:value-type="string"><text:p>0931</text:p></table:table-cell>'
        '<table:table-cell table:style-name="share" office:value-type="percentage" office:value="0.5"/>'
        '<table:table-cell table:number-columns-repeated="9"/>'
    )
    table = (
        '<table:table table:name="登记表"><table:table-column table:style-name="wide" '
        'table:number-columns-repeated="2"/><table:table-row table:number-rows-repeated="6"><table:table-cell/>'
        f"</table:table-row><table:table-row table:number-rows-repeated='2'>{cells}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:style-name='money'/>"
        "</table:table-row></table:table>"
    )
    data = of_content(f"{styles}<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>")
    made = opened(remade(data, cells=("D7",))[0])["登记表"]
    for row in (7, 8):
        assert [cell.number_format for cell in made[row]][:4] == ["#,##0.00", 'yyyy"年"m"月"', "@", "0.0%"]
    assert [made.column_dimensions[letter].width for letter in "AB"] == [26.71, 26.71]


def test_names_that_excel_refuses_are_made_fit_and_none_comes_twice() -> None:
    sheets = [(name, [["姓名"], ["张三"]], [], "visible") for name in ("甲/乙", "甲:乙", "很长的名字" * 9)]
    order = asked({"A2": "不对"}, {2: "拒绝"}, name="甲:乙")
    made = opened(mark(as_ods(sheets), order)[1])
    assert made.sheetnames == ["甲 乙", "甲 乙 (2)", ("很长的名字" * 9)[:31], "问题清单"]
    assert colour(made["甲 乙 (2)"]["A2"]) == "FFEFBCB6"
    assert made["问题清单"]["C5"].hyperlink.location == "'甲 乙 (2)'!A2"


def test_looks_that_cannot_be_read_cost_only_the_looks() -> None:
    data = with_parts(as_ods(SHEETS), {"styles.xml": "<no end"})
    assert remade(data)[1].sheets[0].rows == read_workbook(data).sheets[0].rows
