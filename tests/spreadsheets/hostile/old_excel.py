"""The old binary workbook (.xls, .et) and what else comes in its container."""

import struct

from gansu_care.spreadsheets.reading import ErrorValue
from tests.spreadsheets.files.xls import as_xls, renamed_stream

from .table import BROKEN, ENCRYPTED, UNKNOWN, read, too_many_columns, too_many_rows, too_much_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["姓名", "人数"], ["张三", 2.71828]]
LABEL = b"\xfd\x00\x0a\x00"


def workbook() -> bytes:
    return as_xls(ROWS)


def changed(old: bytes, new: bytes) -> bytes:
    data = workbook()
    assert data.count(old) >= 1
    return data.replace(old, new, 1)


@ENCRYPTED
def an_xlsx_with_a_password() -> bytes:
    return renamed_stream(workbook(), "EncryptedPackage")


@ENCRYPTED
def an_xls_with_a_password() -> bytes:
    return changed(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00")


@UNKNOWN
def a_letter_of_old_word() -> bytes:
    return renamed_stream(workbook(), "WordDocument")


@UNKNOWN
def a_workbook_of_excel_2() -> bytes:
    return b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\x00\x00\x0a\x00" * 40


@BROKEN
def an_xls_that_ends_in_the_middle() -> bytes:
    return workbook()[:3000]


@BROKEN
def a_container_of_nothing() -> bytes:
    return OLE + bytes(600)


@BROKEN
def a_container_whose_sectors_go_in_a_circle() -> bytes:
    data = bytearray(workbook())
    (first,) = struct.unpack_from("<I", data, 76)
    table = 512 + first * 512
    for sector in range(8):
        struct.pack_into("<i", data, table + 4 * sector, (sector + 1) % 8)
    return bytes(data)


@BROKEN
def a_dimension_record_of_nonsense() -> bytes:
    return changed(
        struct.pack("<HHIIHH", 0x200, 14, 0, 2, 0, 2), struct.pack("<HHIIHH", 0x200, 14, 0, 0xFFFFFFFF, 0, 2)
    )


@BROKEN
def a_table_of_two_thousand_million_strings() -> bytes:
    return changed(struct.pack("<II", 3, 3), struct.pack("<II", 3, 0x7FFFFFFF))


@BROKEN
def a_table_of_fewer_than_no_strings() -> bytes:
    return changed(struct.pack("<II", 3, 3), struct.pack("<ii", 3, -3))


@BROKEN
def a_sheet_that_begins_after_the_end() -> bytes:
    data = workbook()
    at = data.index(b"\x85\x00")
    return data[: at + 4] + struct.pack("<I", 0x7FFFFFF0) + data[at + 8 :]


@too_many_columns("登记表")
def a_label_in_a_column_far_away() -> bytes:
    return changed(LABEL + struct.pack("<HH", 0, 1), LABEL + struct.pack("<HH", 0, 40_000))


@too_many_rows("登记表")
def a_label_in_a_row_far_away() -> bytes:
    return changed(LABEL + struct.pack("<HH", 1, 0), LABEL + struct.pack("<HH", 65_000, 0))


@too_much_text("登记表")
def one_long_text_shared_by_twelve_thousand_labels() -> bytes:
    return as_xls([["字" * 9000]] * 12_000)


@read([["姓名", "人数"], ["张三", ErrorValue("#NUM!")]])
def a_number_that_is_none() -> bytes:
    return changed(struct.pack("<d", 2.71828), struct.pack("<d", float("nan")))


@read([["姓名", "人数"], ["张三", 2.71828]])
def a_sheet_whose_name_holds_a_nul() -> bytes:
    name = "登记表".encode("utf-16-le")
    return changed(name, "登\0表".encode("utf-16-le"))


@read([["姓名", "人数"], ["张三", 2.71828]])
def records_nobody_knows() -> bytes:
    """Whatever a later program adds is passed over."""
    return changed(b"\x42\x00\x02\x00", b"\x43\x7f\x02\x00")
