"""OpenDocument spreadsheets that mean harm: mostly claims of how often something comes."""

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading import EmptyFormula, ErrorValue
from tests.spreadsheets.files import ods

from .table import (
    BROKEN,
    EMPTY,
    ENCRYPTED,
    UNSAFE,
    read,
    refused,
    too_many_columns,
    too_many_rows,
    too_much_text,
)

TEXT = '<table:table-cell office:value-type="string"{}><text:p>姓名</text:p></table:table-cell>'
CELL = TEXT.format("")
ROW = f"<table:table-row>{CELL}</table:table-row>"


@too_many_rows("表")
def a_row_a_million_times() -> bytes:
    return ods.rows_xml(f'<table:table-row table:number-rows-repeated="1048576">{CELL}</table:table-row>')


@too_many_columns("表")
def a_cell_sixteen_thousand_times() -> bytes:
    often = TEXT.format(' table:number-columns-repeated="16384"')
    return ods.rows_xml(f"<table:table-row>{often}</table:table-row>")


@too_many_rows("表")
def a_row_more_often_than_there_are_numbers() -> bytes:
    return ods.rows_xml(
        f'<table:table-row table:number-rows-repeated="{"9" * 5000}">{CELL}</table:table-row>'
    )


@too_many_rows("表")
def a_row_behind_a_million_blank_ones() -> bytes:
    return ods.rows_xml(f'<table:table-row table:number-rows-repeated="1000000"/>{ROW}')


@read([["姓名"]])
def blank_rows_and_cells_to_the_end_of_the_sheet_and_beyond() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="999999999"/>'
    rows = f'<table:table-row table:number-rows-repeated="999999999">{blank}</table:table-row>'
    return ods.rows_xml(f"<table:table-row>{CELL}{blank}</table:table-row>{rows * 3}")


@read([["姓名"]])
def a_merged_cell_of_a_thousand_million_rows() -> bytes:
    span = ' table:number-rows-spanned="999999999" table:number-columns-spanned="999999999"'
    return ods.rows_xml(f"<table:table-row>{TEXT.format(span)}</table:table-row>")


@read([[" " * limits.READ_CHARACTERS]])
def a_thousand_million_spaces() -> bytes:
    spaces = '<text:p><text:s text:c="999999999"/></text:p>'
    return ods.rows_xml(f"<table:table-row>{CELL.replace('<text:p>姓名</text:p>', spaces)}</table:table-row>")


@too_much_text("表")
def a_long_text_in_twelve_thousand_rows() -> bytes:
    cell = f'<table:table-cell office:value-type="string"><text:p>{"字" * 9000}</text:p></table:table-cell>'
    return ods.rows_xml(f'<table:table-row table:number-rows-repeated="12000">{cell}</table:table-row>')


@refused("E_TOO_MANY_CELLS", "加上工作表“后”，整个文件超过 15 百万格，空格也算")
def two_sheets_of_twelve_million_blank_cells() -> bytes:
    corner = (
        '<table:table-row table:number-rows-repeated="60000"/><table:table-row>'
        f'<table:table-cell table:number-columns-repeated="199"/>{CELL}</table:table-row>'
    )
    return ods.of_tables(
        "".join(f'<table:table table:name="{name}">{corner}</table:table>' for name in "前后")
    )


@refused("E_TOO_MANY_SHEETS", "一个文件里有 5000 个工作表，超过了 200 个")
def five_thousand_sheets() -> bytes:
    return ods.of_tables(f'<table:table table:name="表">{ROW}</table:table>' * 5000)


@read([["姓名"]])
def ten_thousand_tables_in_each_other() -> bytes:
    deep = "<table:table><table:table-row><table:table-cell>" * 10_000
    back = "</table:table-cell></table:table-row></table:table>" * 10_000
    return ods.rows_xml(
        f"<table:table-row>{CELL}<table:table-cell>{deep}{back}</table:table-cell></table:table-row>"
    )


@UNSAFE
def an_entity_that_asks_for_a_file_of_ours_in_an_ods() -> bytes:
    return ods.of_content("<office:body/>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


@ENCRYPTED
def an_ods_with_a_password() -> bytes:
    """Its content is noise, which must not be taken for anything else."""
    said = '<manifest:encryption-data manifest:checksum="x"/>'
    return ods.of_members(
        {"META-INF/manifest.xml": ods.manifest(of_content=said), "content.xml": b"\xff\xfe" * 500}
    )


@BROKEN
def an_ods_without_content() -> bytes:
    return ods.of_members({"styles.xml": "<x/>"})


@BROKEN
def an_ods_whose_content_ends_in_the_middle() -> bytes:
    return ods.of_members({"content.xml": f"<office:document-content {ods.DECLARED}><office:body>"})


@EMPTY
def an_ods_without_a_table() -> bytes:
    return ods.of_tables("")


@refused("E_FILE_DOCUMENT", "这是 odt 文档，不是电子表格")
def a_letter_in_open_document() -> bytes:
    return ods.of_content("<office:body/>", mimetype="application/vnd.oasis.opendocument.text")


@read([["姓名"]])
def tables_that_another_program_sends() -> bytes:
    source = '<office:dde-source office:dde-application="soffice" office:dde-topic="file:///etc/passwd"/>'
    link = f"<table:dde-link>{source}<table:table>{ROW * 3}</table:table></table:dde-link>"
    before = f"<table:dde-links>{link}</table:dde-links>"
    return ods.of_tables(f'<table:table table:name="表">{ROW}</table:table>', before)


@read([["姓名", "计算器", EmptyFormula, ErrorValue("#NUM!")]])
def formulas_that_would_start_programs_in_an_ods() -> bytes:
    dde = 'table:formula="of:=DDE(&quot;cmd&quot;;&quot;/c calc&quot;;&quot;A0&quot;)"'
    web = 'table:formula="of:=WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)"'
    cells = (
        CELL,
        f'<table:table-cell {dde} office:value-type="string"><text:p>计算器</text:p></table:table-cell>',
        f"<table:table-cell {web}/>",
        '<table:table-cell office:value-type="float" office:value="1e999"/>',
    )
    return ods.rows_xml(f"<table:table-row>{''.join(cells)}</table:table-row>")


@read([["很多"]])
def a_number_that_is_a_word() -> bytes:
    return ods.rows_xml(
        '<table:table-row><table:table-cell office:value-type="float" office:value="很多"/></table:table-row>'
    )
