"""Text files, web pages and what is neither."""

from gansu_care.spreadsheets import limits
from tests.spreadsheets.files.texts import as_csv, as_xml2003

from .table import BROKEN, EMPTY, UNKNOWN, UNSAFE, read, refused, too_many_columns, too_many_rows


def page(rows: str) -> bytes:
    return f'<html><meta charset="utf-8"><body><table>{rows}</table></body></html>'.encode()


# --- nothing, or something else


@EMPTY
def a_file_of_no_bytes() -> bytes:
    return b""


@EMPTY
def a_file_of_blank_lines() -> bytes:
    return b" \r\n \t\r\n"


@UNKNOWN
def a_printed_page() -> bytes:
    return b"%PDF-1.7 ..."


@UNKNOWN
def a_picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n...."


@UNKNOWN
def a_program() -> bytes:
    return b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(range(256)) * 40


@UNKNOWN
def noise() -> bytes:
    return bytes(range(32)) * 40


@refused("E_FILE_TOO_LARGE", "文件有 21 MB，超过了 20 MB")
def a_byte_too_many() -> bytes:
    return b"x" * (limits.FILE_BYTES + 1)


@refused("E_FILE_OTHER_FORMAT", "这是 mht 格式，这里读不全")
def a_web_archive() -> bytes:
    return b"MIME-Version: 1.0\r\n\r\n"


# --- text


@refused("E_FILE_ENCODING", "文字编码认不出来，第 2 行起是乱码")
def bytes_of_no_encoding() -> bytes:
    return "姓名\r\n张三".encode("gb18030") + b"\xff\xff"


@refused("E_FILE_ENCODING", "文字编码认不出来，第 2 行起是乱码")
def half_a_character_in_utf_16() -> bytes:
    return b"\xff\xfe" + "姓名,性别\n张\ud800三,男\n".encode("utf-16-le", "surrogatepass")


@read([["姓名", "性别"], ["张三", "男"], *[["李四", "女"]] * 20])
def nuls_in_a_csv() -> bytes:
    return ("姓名,性别\r\n张\0三,男\0\r\n" + "李四,女\r\n" * 20).encode()


@read([["姓名", "性别"], ["张三", "=cmd|'/c calc'!A0"], ["=1+1", "@SUM(A1)"]])
def formulas_in_a_csv() -> bytes:
    return "姓名,性别\r\n张三,=cmd|'/c calc'!A0\r\n=1+1,@SUM(A1)\r\n".encode()


@read([["姓名", "性别"], ["字" * limits.READ_CHARACTERS, "男"]])
def a_cell_of_a_megabyte_in_a_csv() -> bytes:
    return f"姓名,性别\r\n{'字' * 350_000},男\r\n".encode()


@refused("E_QUOTE_OPEN", "第 3 行有一个引号没有另一半，从这里起的内容都连成了一格")
def a_quotation_mark_without_its_other() -> bytes:
    return '姓名,备注\r\n张三,好\r\n李四,"只写了一半\r\n王五,好\r\n马龙,好\r\n'.encode()


@too_many_rows("CSV")
def a_row_too_many() -> bytes:
    return b"1,2\n" * (limits.ROWS + 1)


@too_many_columns("CSV")
def a_column_too_many() -> bytes:
    return as_csv([["a"] * 201] * 2)


# --- web pages saved as .xls


@UNKNOWN
def a_page_without_a_table() -> bytes:
    return b"<html><body>no table</body></html>"


@read([["姓名", "性别"]])
def a_page_with_scripts_and_calls() -> bytes:
    return page(
        '<tr><td>姓名<script>document.location="http://127.0.0.1:9/"</script><img src="http://127.0.0.1:9/x.png"></td>'
        "<td>性<style>td{}</style>别</td></tr>"
    )


@read([["张\ufffd三", "李\ufffd四"]])
def a_page_with_characters_that_are_none() -> bytes:
    return page("<tr><td>张&#0;三</td><td>李&#xD800;四</td></tr>")


@read([["姓名", None], [None, None], [None, "性别"]])
def a_page_whose_cells_reach_further_than_it_does() -> bytes:
    return page('<tr><td rowspan="999999">姓名</td></tr><tr></tr><tr><td>性别</td></tr>')


@too_many_columns("HTML")
def a_page_with_a_cell_a_thousand_columns_wide() -> bytes:
    return page('<tr><td colspan="1000">姓名</td></tr>')


@too_many_rows("HTML")
def a_page_of_a_hundred_thousand_rows() -> bytes:
    return page("<tr><td>1" * 100_000)


@refused("E_TOO_MANY_SHEETS", "一个文件里有 300 个工作表，超过了 200 个")
def a_page_of_three_hundred_tables() -> bytes:
    return page("</table><table>".join(["<tr><td>姓名</td></tr>"] * 300))


# --- “XML 表格 2003”


@UNSAFE
def an_entity_in_an_xml_of_2003() -> bytes:
    return as_xml2003("").replace(
        b"?><Workbook", b'?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><Workbook'
    )


@too_many_rows("登记表")
def a_row_numbered_a_thousand_million() -> bytes:
    return as_xml2003('<Row ss:Index="1000000000"><Cell><Data ss:Type="Number">1</Data></Cell></Row>')


@BROKEN
def a_row_numbered_less_than_none() -> bytes:
    return as_xml2003('<Row ss:Index="-5"><Cell><Data ss:Type="Number">1</Data></Cell></Row>')


@BROKEN
def a_merge_of_more_than_there_are_numbers() -> bytes:
    return as_xml2003(f'<Row><Cell ss:MergeDown="{"9" * 5000}"><Data ss:Type="Number">1</Data></Cell></Row>')
