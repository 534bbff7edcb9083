"""Workbooks of Office Open XML whose parts mean harm."""

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading import EmptyFormula, ErrorValue
from tests.spreadsheets.files.archives import with_parts
from tests.spreadsheets.files.xlsx import NAMESPACE, SHEET, one_sheet, shared, sheet_xml

from .table import (
    BROKEN,
    EMPTY,
    TOO_HEAVY,
    UNSAFE,
    read,
    refused,
    too_many_columns,
    too_many_rows,
    too_much_text,
)

TEXTS = 100_000
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def a_row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def books(*sheets: str) -> str:
    """The part that lists the sheets."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="rId1"/>' for place, name in enumerate(sheets, 1)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<workbook xmlns="{NAMESPACE}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'


# --- XML that grows, calls or hides


@UNSAFE
def an_entity_that_asks_for_a_file_of_ours() -> bytes:
    doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return sheet_xml("", parts={SHEET: f"{doctype}<worksheet>&x;</worksheet>"})


@UNSAFE
def an_entity_that_asks_another_host() -> bytes:
    doctype = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    return with_parts(one_sheet(["姓名"]), {BOOK: doctype + books("表")})


@UNSAFE
def entities_that_grow_without_end() -> bytes:
    return sheet_xml("", parts={"xl/sharedStrings.xml": f"{ENTITIES}<sst><si><t>&b;</t></si></sst>"})


@UNSAFE
def entities_in_a_part_that_is_not_named_xml() -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="sheet.dat"/>'
        "</Relationships>"
    )
    return with_parts(
        one_sheet(["姓名"]), {RELATIONS: relations, "xl/sheet.dat": f"{ENTITIES}<x><c><v>&b;</v></c></x>"}
    )


@UNSAFE
def a_document_type_hidden_in_utf_16() -> bytes:
    return sheet_xml("", parts={SHEET: f"{ENTITIES}<worksheet/>".encode("utf-16")})


@UNSAFE
def a_document_type_hidden_in_utf_16_without_its_mark() -> bytes:
    return sheet_xml("", parts={SHEET: f"\n{ENTITIES}<worksheet/>".encode("utf-16-le")})


@UNSAFE
def a_list_of_sheets_of_six_megabytes() -> bytes:
    return with_parts(one_sheet(["姓名"]), {BOOK: books("表") + " " * 6_000_000})


@read([["姓名"]])
def a_hundred_thousand_elements_in_each_other() -> bytes:
    deep = "<ext>" * 100_000 + "</ext>" * 100_000
    return sheet_xml(
        a_row('<c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'), after=f"<extLst>{deep}</extLst>"
    )


@BROKEN
def a_sheet_that_ends_in_the_middle_of_a_cell() -> bytes:
    return sheet_xml(
        "", parts={SHEET: f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1"><c r="A1"><v>1'}
    )


@BROKEN
def a_list_of_sheets_without_relations() -> bytes:
    return with_parts(one_sheet(["姓名"]), {RELATIONS: None})


@BROKEN
def a_sheet_that_lies_outside_the_file() -> bytes:
    data = one_sheet(["姓名"])
    return with_parts(data, {SHEET: None, "xl/sharedStrings.xml": None})


@EMPTY
def a_workbook_without_a_cell() -> bytes:
    return one_sheet()


@refused("E_TOO_MANY_SHEETS", "一个文件里有 201 个工作表，超过了 200 个")
def two_hundred_and_one_sheets() -> bytes:
    return with_parts(one_sheet(["姓名"]), {BOOK: books(*(f"表{number}" for number in range(201)))})


# --- claims of size


@read([["姓名"]])
def a_dimension_that_claims_the_whole_sheet() -> bytes:
    cell = '<c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
    xml = (
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{a_row(cell)}</sheetData></worksheet>"
    )
    return sheet_xml("", parts={SHEET: xml})


@too_many_rows("表")
def a_cell_in_the_last_corner() -> bytes:
    return sheet_xml(a_row('<c r="A1"><v>1</v></c>') + a_row('<c r="XFD1048576"><v>1</v></c>', 1048576))


@too_many_columns("表")
def a_cell_in_the_last_column() -> bytes:
    return sheet_xml(a_row('<c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c>'))


@read([[1]])
def formats_far_away_from_the_data() -> bytes:
    return sheet_xml(a_row('<c r="A1"><v>1</v></c>') + a_row('<c r="XFD1048576" s="0"/>', 1048576))


@BROKEN
def merged_cells_over_merged_cells() -> bytes:
    """Each to be filled down: ten thousand times ten thousand cells."""
    rows = "".join(a_row(f'<c r="A{number}"><v>1</v></c>', number) for number in range(1, 10_001))
    merges = "".join(f'<mergeCell ref="A{number}:A10000"/>' for number in range(1, 10_000))
    return sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")


@refused("E_TOO_MANY_MERGES", "加上工作表“表”，整个文件里合并的单元格超过 100000 处")
def a_hundred_thousand_and_one_merged_cells() -> bytes:
    rows = "".join(a_row(f'<c r="E{number}"><v>1</v></c>', number) for number in range(1, 50_002))
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/><mergeCell ref="C{n}:D{n}"/>' for n in range(1, 50_002))
    return sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")


# --- text


@read([[f"第{number}个"] for number in range(TEXTS // 2)])
def a_hundred_thousand_shared_strings() -> bytes:
    """As many as no sheet needs: half of them are used."""
    cells = "".join(a_row(f'<c r="A{n + 1}" t="s"><v>{n}</v></c>', n + 1) for n in range(TEXTS // 2))
    return sheet_xml(cells, parts=shared(*(f"第{number}个" for number in range(TEXTS))))


@TOO_HEAVY
def a_table_of_strings_that_claims_two_thousand_million() -> bytes:
    """calamine asks for as much memory at once, and its process is ended; it is not ours."""
    table = f'<sst xmlns="{NAMESPACE}" count="2147483647" uniqueCount="2147483647"><si><t>姓名</t></si></sst>'
    return sheet_xml(a_row('<c r="A1" t="s"><v>0</v></c>'), parts={"xl/sharedStrings.xml": table})


@BROKEN
def a_string_that_is_not_in_the_table() -> bytes:
    return sheet_xml(a_row('<c r="A1" t="s"><v>7</v></c>'), parts=shared("姓名"))


@too_much_text("表")
def one_megabyte_shared_by_twelve_thousand_cells() -> bytes:
    cells = "".join(a_row(f'<c r="A{n}" t="s"><v>0</v></c>', n) for n in range(1, 12_001))
    return sheet_xml(cells, parts=shared("字" * 350_000))


@read([["字" * limits.READ_CHARACTERS]])
def a_cell_of_a_megabyte() -> bytes:
    """Long enough left for its column to say that it is too long."""
    return sheet_xml(a_row('<c r="A1" t="s"><v>0</v></c>'), parts=shared("字" * 350_000))


@read([["张三", "a_xD800_b"]])
def characters_that_are_none() -> bytes:
    """A NUL is gone; half a character stays as it is written."""
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("AB"))
    return sheet_xml(a_row(cells), parts=shared("张_x0000_三", "a_xD800_b"))


# --- numbers and formulas


@read([[ErrorValue("#NUM!"), ErrorValue("#NUM!"), 1]])
def numbers_that_are_none() -> bytes:
    return sheet_xml(a_row('<c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>1</v></c>'))


@read([["姓名", "计算器", 7, EmptyFormula]])
def formulas_that_would_start_programs() -> bytes:
    return sheet_xml(
        a_row(
            '<c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
            '<c r="B1" t="str"><f>cmd|\'/c calc\'!A0</f><v>计算器</v></c>'
            '<c r="C1"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>7</v></c>'
            '<c r="D1"><f>HYPERLINK("http://127.0.0.1:9/","x")</f></c>'
        )
    )


@read([["姓名", 3]])
def links_to_other_workbooks() -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="file:///\\\\127.0.0.1\\share\\x.xlsx" TargetMode="External"/></Relationships>'
    )
    return sheet_xml(
        a_row('<c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1"><f>[1]表!A1</f><v>3</v></c>'),
        parts={
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{NAMESPACE}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations,
        },
    )


@read([["姓名"]])
def a_workbook_with_macros() -> bytes:
    return with_parts(one_sheet(["姓名"]), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)})
