"""A sheet's rows, however they are written: marked cells change their look, all else stays as it is."""

import re
import string
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.reading import column_letter, read_workbook
from tests.spreadsheets.files.archives import with_parts
from tests.spreadsheets.files.xlsx import SHEET, sheet_xml

from .asking import asked
from .parts import colour, opened, parts

HEAD = '<row r="1"><c r="A1" t="str"><v>序号</v></c><c r="B1" t="str"><v>姓名</v></c></row>'


def sheet_of(data: bytes, part: str = SHEET) -> str:
    return parts(data)[part].decode()


def cells_of(data: bytes, part: str = SHEET) -> dict[str, tuple]:
    """Every cell as a parser that keeps to the letter finds it: type, formula, content; not its style."""
    found, row = {}, 0
    for element in ElementTree.fromstring(parts(data)[part]).iter():
        name = element.tag.rpartition("}")[2]
        if name == "row":
            row, column = int(element.get("r", row + 1)), -1
        elif name == "c":
            told = re.match("[A-Z]+", element.get("r", ""))
            column = _index(told[0]) if told else column + 1
            content = [(one.tag.rpartition("}")[2], one.text) for one in element.iter() if one is not element]
            found[f"{column_letter(column)}{row}"] = (element.get("t"), content)
    return found


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def marked(data: bytes, cells: dict[str, str], results: dict[int, str] | None = None, **options) -> bytes:
    return mark(data, asked(cells, results, **options))[1]


# --- single cells


def test_only_the_style_of_a_marked_cell_changes() -> None:
    before = sheet_xml(HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>张三</v></c></row>')
    after = marked(before, {"B2": "名字不对"})
    assert '<c r="A2"><v>1</v></c><c r="B2" t="str" s="' in sheet_of(after)
    assert cells_of(after) == cells_of(before)
    sheet = opened(after)["表"]
    assert (colour(sheet["B2"]), colour(sheet["A2"])) == ("FFEFBCB6", "")
    assert sheet["B2"].comment.text == "名字不对"


def test_an_empty_cell_that_is_not_there_is_put_in_its_place() -> None:
    before = sheet_xml(HEAD + '<row r="2" spans="1:4"><c r="A2"><v>1</v></c><c r="D2"><v>4</v></c></row>')
    after = marked(before, {"B2": "没有填", "F2": "没有填"})
    assert re.findall(r'<c r="(\w+)"', sheet_of(after))[-4:] == ["A2", "B2", "D2", "F2"]
    assert '<row r="2" spans="1:6">' in sheet_of(after)
    assert colour(opened(after)["表"]["B2"]) == "FFEFBCB6"


def test_an_empty_row_becomes_one_and_one_that_is_not_there_is_added_in_order() -> None:
    before = sheet_xml(HEAD + '<row r="3"/><row r="7"><c r="A7"><v>7</v></c></row>')
    after = marked(before, {"B3": "没有填", "B5": "没有填", "A9": "没有填"})
    assert re.findall(r'<row r="(\d+)"', sheet_of(after)) == ["1", "3", "5", "7", "9"]
    sheet = opened(after)["表"]
    assert [colour(sheet[at]) for at in ("B3", "B5", "A9")] == ["FFEFBCB6"] * 3


def test_the_worse_of_two_problems_gives_the_colour_and_both_stand_in_one_comment() -> None:
    before = sheet_xml(HEAD + '<row r="2"><c r="B2"><v>1</v></c></row>')
    order = asked({"B2": "要确认：旧地名"})
    order.sheets[0].cells += asked({"B2": "名字不对"}).sheets[0].cells
    cell = opened(mark(before, order)[1])["表"]["B2"]
    assert colour(cell) == "FFEFBCB6"
    assert cell.comment.text == "要确认：旧地名\n名字不对"


def test_what_stands_under_a_merged_cell_is_marked_where_the_merged_cell_shows() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in range(2, 6))
    before = sheet_xml(HEAD + rows, after='<mergeCells><mergeCell ref="B2:B4"/></mergeCells>')
    after = opened(marked(before, {"B3": "没有这个地方", "B5": "没有填"}))["表"]
    assert after["B2"].comment.text == "没有这个地方"
    assert [colour(after[at]) for at in ("B2", "B5")] == ["FFEFBCB6", "FFEFBCB6"]


def test_cells_and_rows_without_address_are_counted() -> None:
    before = sheet_xml("<row><c t='str'><v>姓名</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>")
    after = marked(before, {"B2": "不对", "D2": "没有填"}, {2: "拒绝：不对"})
    assert cells_of(before).items() <= cells_of(after).items()
    assert '<c s="1"><v>2</v></c>' in sheet_of(after)
    assert colour(opened(after)["表"]["D2"]) == "FFEFBCB6"


def test_a_sheet_whose_elements_have_a_prefix() -> None:
    rows = (
        '<x:row r="1"><x:c r="A1" t="str"><x:v>姓名</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row>'
    )
    after = marked(sheet_xml(rows, prefix="x:"), {"A2": "不对", "C2": "没有填"}, {2: "拒绝：不对"})
    found = cells_of(after)
    assert found["D2"] == ("inlineStr", [("is", None), ("t", "拒绝：不对")])
    assert read_workbook(after).sheets[0].rows == [["姓名", None, None], [1.0, None, None]][:2] or found["A2"]
    assert "<x:legacyDrawing" in sheet_of(after)
    assert opened(after)["表"]["A2"].comment.text == "不对"


def test_comments_and_cdata_inside_a_sheet_are_no_cells() -> None:
    rows = (
        HEAD
        + '<!-- <row r="9"><c r="A9"/></row> --><row r="2"><c r="B2" t="str"><v><![CDATA[</c></row>]]></v></c></row>'
    )
    before = sheet_xml(rows)
    after = marked(before, {"B2": "不对"}, {2: "拒绝：不对"})
    assert cells_of(before).items() <= cells_of(after).items()
    assert opened(after)["表"]["B2"].value == "</c></row>"
    assert opened(after)["表"]["C2"].value == "拒绝：不对"


def test_styles_of_the_row_and_of_the_column_are_those_of_an_empty_cell() -> None:
    rows = (
        HEAD
        + '<row r="2" s="2" customFormat="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    )
    before = with_styles(sheet_xml(rows))
    after = marked(before, {"B2": "没有填", "B3": "没有填"})
    sheet = opened(after)["表"]
    assert sheet["B2"].number_format == "0.00"
    assert sheet["B3"].number_format == "@"


def with_styles(data: bytes) -> bytes:
    """Style 1 is text, style 2 two places; column B is text."""
    xml = parts(data)["xl/styles.xml"].decode()
    xfs = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' + "".join(
        f'<xf numFmtId="{key}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for key in (49, 2)
    )
    xml = re.sub("<cellXfs.*?</cellXfs>", f'<cellXfs count="3">{xfs}</cellXfs>', xml, flags=re.DOTALL)
    sheet = sheet_of(data).replace(
        "<sheetData>", '<cols><col min="2" max="2" width="9" style="1"/></cols><sheetData>'
    )
    return with_parts(data, {"xl/styles.xml": xml, SHEET: sheet})


# --- the column of results


def result_column(data: bytes) -> str:
    found = re.search(r'<c r="([A-Z]+)1"[^>]*><is><t[^>]*>处理结果', sheet_of(data))
    assert found
    return found[1]


def test_results_stand_right_of_everything_and_say_what_became_of_each_row() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in (2, 3, 4))
    after = marked(sheet_xml(HEAD + rows), {}, {2: "拒绝：不对", 3: "存疑：像两个人", 4: "新增：没有"})
    sheet = opened(after)["表"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == ["拒绝：不对", "存疑：像两个人", "新增：没有"]
    assert [colour(sheet.cell(row, 3)) for row in (2, 3, 4)] == ["FFEFBCB6", "FFECCE93", ""]
    assert sheet.column_dimensions["C"].width == 60


@pytest.mark.parametrize(
    ("after_rows", "column"),
    [
        ("", "C"),
        ('<autoFilter ref="A1:E9"/>', "F"),
        ('<mergeCells><mergeCell ref="A2:G2"/></mergeCells>', "H"),
        ('<mergeCells count="1"><mergeCell ref="$A$1:$D$1"/></mergeCells>', "E"),
    ],
)
def test_results_stand_outside_filters_and_merged_cells(after_rows: str, column: str) -> None:
    before = sheet_xml(HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>', after=after_rows)
    assert result_column(marked(before, {}, {2: "拒绝"})) == column


def test_results_stand_outside_a_table() -> None:
    table = '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ref="A1:F9"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/table" Target="/xl/tables/table1.xml"/></Relationships>'
    )
    extra = {"xl/tables/table1.xml": table, "xl/worksheets/_rels/sheet1.xml.rels": relations}
    listed = f'<tableParts count="1"><tablePart xmlns:r="{office}" r:id="rId1"/></tableParts>'
    before = sheet_xml(HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>', after=listed, parts=extra)
    after = marked(before, {"A2": "不对"}, {2: "拒绝"})
    assert result_column(after) == "G"
    assert re.search(r"<legacyDrawing [^>]*/><tableParts", sheet_of(after))


def test_an_empty_cell_with_a_border_makes_room_for_the_result() -> None:
    before = sheet_xml(HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="C2" s="0"/><c r="D2" s="0"/></row>')
    after = sheet_of(marked(before, {}, {2: "拒绝"}))
    assert re.findall(r'<c r="(\w+2)"', after) == ["A2", "C2", "D2"]
    assert after.count('r="C2"') == 1


def test_a_sheet_as_wide_as_an_upload_may_be_gets_no_column() -> None:
    last = column_letter(limits.COLUMNS - 1)
    before = sheet_xml(HEAD + f'<row r="2"><c r="A2"><v>1</v></c><c r="{last}2"><v>1</v></c></row>')
    after = marked(before, {"A2": "不对"}, {2: "拒绝"})
    assert "处理结果" not in sheet_of(after)
    assert len(read_workbook(after).sheets[0].rows[0]) == limits.COLUMNS


def test_hidden_columns_are_parted_and_the_dimension_is_true() -> None:
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>'
    before = sheet_xml(rows)
    sheet = sheet_of(before).replace(
        "<sheetData>", '<dimension ref="A1:B2"/><cols><col min="2" max="9" hidden="1"/></cols><sheetData>'
    )
    after = sheet_of(marked(with_parts(before, {SHEET: sheet}), {}, {2: "拒绝"}))
    assert '<dimension ref="A1:C2"/>' in after
    assert (
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="60" customWidth="1"/>'
        '<col min="4" max="9" hidden="1"/></cols>'
    ) in after


# --- again


def test_marked_again_it_is_the_same_and_with_less_wrong_less_is_coloured() -> None:
    rows = (
        HEAD
        + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    )
    order = asked({"A2": "不对", "B2": "要确认", "B3": "不对"}, {2: "拒绝", 3: "拒绝"})
    once = mark(sheet_xml(rows), order)[1]
    assert parts(mark(once, order)[1]) == parts(once)
    less = opened(mark(once, asked({"B3": "不对"}, {2: "相同", 3: "拒绝"}))[1])["表"]
    assert [colour(less[at]) for at in ("A2", "B2", "B3", "C2")] == ["", "", "FFEFBCB6", ""]
    assert (less["A2"].comment, less["B3"].comment.text, less["C2"].value) == (None, "不对", "相同")
    assert less.max_column == 3


def test_saved_by_another_program_our_marks_are_known_again() -> None:
    """openpyxl numbers styles anew and moves strings, as Excel and WPS do."""
    rows = HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
    once = mark(sheet_xml(rows), asked({"A2": "不对"}, {2: "拒绝"}))[1]
    book = opened(once)
    book["表"]["A2"] = 5
    saved = _saved(book)
    assert read_workbook(saved).sheets[0].rows == [["序号", "姓名"], [5.0, 2.0]]
    again = opened(mark(saved, asked({}, {2: "新增"}))[1])
    assert again.sheetnames == ["表", "问题清单"]
    assert (colour(again["表"]["A2"]), again["表"]["A2"].comment) == ("", None)
    assert [cell.value for cell in again["表"][2]] == [5, 2, "新增"]


def _saved(book) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_heading_of_hers_that_reads_alike_is_not_ours() -> None:
    before = sheet_xml(HEAD.replace("姓名", "处理结果") + '<row r="2"><c r="A2"><v>1</v></c></row>')
    after = mark(before, asked({"A2": "不对"}, {2: "拒绝"}))[1]
    assert read_workbook(after).sheets[0].rows == [["序号", "处理结果"], [1.0, None]]
    assert opened(after)["表"]["C2"].value == "拒绝"


# --- anything


LETTERS = st.text(string.ascii_letters + "王<&\"' \n>;_x", max_size=6)
VALUES = st.one_of(st.none(), st.integers(0, 10**6), LETTERS)
ROWS = st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=7)


def written(rows: list[list], *, address: bool, prefix: str, blank: bool) -> str:
    """Rows as some program might write them: with addresses or without, empty cells left out or written."""
    made = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for place, value in enumerate(row):
            at = f' r="{column_letter(place)}{number}"' if address else ""
            if value is not None:
                cells.append(_written_cell(at, value, prefix))
            elif blank or not address:
                cells.append(f"<{prefix}c{at}/>")
        told = f' r="{number}"' if address else ""
        made.append(f"<{prefix}row{told}>{''.join(cells)}</{prefix}row>")
    return "".join(made)


def _written_cell(at: str, value: object, p: str) -> str:
    if isinstance(value, int):
        return f"<{p}c{at}><{p}v>{value}</{p}v></{p}c>"
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f"<{p}c{at} t='inlineStr'><{p}is><{p}t xml:space='preserve'>{text}</{p}t></{p}is></{p}c>"


@settings(max_examples=150, deadline=None)
@given(
    rows=ROWS,
    address=st.booleans(),
    prefix=st.sampled_from(["", "x:"]),
    blank=st.booleans(),
    marks=st.sets(st.tuples(st.integers(1, 8), st.integers(0, 7)), max_size=8),
    results=st.sets(st.integers(2, 8), max_size=5),
)
def test_whatever_a_sheet_holds_its_cells_stay_and_the_marks_are_there(
    rows, address, prefix, blank, marks, results
) -> None:
    before = sheet_xml(written(rows, address=address, prefix=prefix, blank=blank), prefix=prefix)
    addresses = {f"{column_letter(column)}{row}" for row, column in marks}
    order = asked(dict.fromkeys(addresses, "不对"), dict.fromkeys(results, "拒绝"))
    after = mark(before, order)[1]

    old, new = cells_of(before), cells_of(after)
    assert all(new[at] == cell for at, cell in old.items() if cell[1])
    sheet = opened(after)["表"]
    assert {at for at in addresses if colour(sheet[at]) == "FFEFBCB6"} == addresses
    assert {at for at in new if has_comment(sheet, at)} == addresses
    added = {at for at in new if new[at][1] and not old.get(at, (None, []))[1]}
    assert len(added) == len(results) + bool(results)
    assert parts(mark(after, order)[1]) == parts(after)
    assert calamine(after) == calamine(before)


def has_comment(sheet, at: str) -> bool:
    return sheet[at].comment is not None


def calamine(data: bytes) -> list[list]:
    """The first sheet as the fast reader sees it, without our column: that is the last one."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = next((row.index(cell) for row in rows for cell in row if str(cell).startswith("处理结果")), None)
    kept = [row[:ours] for row in rows]
    while kept and not any(cell != "" for cell in kept[-1]):
        kept.pop()
    width = max((place + 1 for row in kept for place, cell in enumerate(row) if cell != ""), default=0)
    return [row[:width] for row in kept]
