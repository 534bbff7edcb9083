"""Excel's binary workbooks whose records do not say the truth."""

import struct

from gansu_care.spreadsheets.reading import ErrorValue
from tests.spreadsheets.files.archives import members_of, with_parts
from tests.spreadsheets.files.xlsb import BOOK, SHEET, STRINGS, as_xlsb, cell, of_cells, record, row, wide

from .table import BROKEN, read, too_many_columns, too_many_rows, too_much_text

NAME = cell(6, 0, wide("姓名"))


@BROKEN
def a_record_longer_than_its_part() -> bytes:
    return of_cells(row(0, NAME, record(6, b"\0" * 12, length=200_000_000)))


@BROKEN
def a_text_of_four_thousand_million_characters() -> bytes:
    return of_cells(row(0, cell(6, 0, struct.pack("<I", 0xFFFFFFF0) + "姓名".encode("utf-16-le"))))


@BROKEN
def a_shared_text_that_is_not_there() -> bytes:
    return of_cells(row(0, cell(7, 0, struct.pack("<I", 7))), ["姓名"])


@BROKEN
def a_row_after_the_last_one() -> bytes:
    return of_cells(row(0x7FFFFFFF, NAME))


@BROKEN
def an_xlsb_cut_in_the_middle_of_a_record() -> bytes:
    data = as_xlsb([("表", [["姓名"], ["张三"]], [], "visible")])
    return with_parts(data, {SHEET: members_of(data)[SHEET][:60]})


@BROKEN
def a_list_of_sheets_of_noise() -> bytes:
    return with_parts(of_cells(row(0, NAME)), {BOOK: bytes(range(256)) * 10})


@BROKEN
def a_sheet_without_its_part() -> bytes:
    return with_parts(of_cells(row(0, NAME)), {SHEET: None})


@too_many_rows("表")
def a_record_in_the_last_row() -> bytes:
    return of_cells(row(0, NAME) + row(1_048_575, NAME))


@too_many_columns("表")
def a_record_in_a_column_far_away() -> bytes:
    return of_cells(row(0, NAME, cell(6, 0x7FFFFFFF, wide("远"))))


@too_much_text("表")
def one_long_text_shared_by_twelve_thousand_records() -> bytes:
    cells = b"".join(row(number, cell(7, 0, struct.pack("<I", 0))) for number in range(12_000))
    return of_cells(cells, ["字" * 9000])


@read([["姓名"]])
def a_dimension_record_that_claims_everything() -> bytes:
    return of_cells(row(0, NAME), size=(0, 0xFFFFFFFF, 0, 0xFFFFFFFF))


@read([["姓名"]])
def a_table_of_strings_that_claims_more_than_it_holds() -> bytes:
    data = of_cells(row(0, cell(7, 0, struct.pack("<I", 0))), ["姓名"])
    return with_parts(data, {STRINGS: record(159, b"\xff" * 8) + record(19, b"\0" + wide("姓名"))})


@read([["半\ufffd个", "空白"]])
def half_a_character_and_a_nul() -> bytes:
    return of_cells(row(0, cell(6, 0, wide("半\ud800个")), cell(6, 1, wide("空\0白"))))


@read([["姓名", ErrorValue("#NUM!"), ErrorValue("#NUM!"), ErrorValue("#N/A")]])
def bits_that_are_no_number() -> bytes:
    nan, infinite = struct.pack("<d", float("nan")), struct.pack("<d", float("inf"))
    return of_cells(row(0, NAME, cell(5, 1, nan), cell(5, 2, infinite), cell(3, 3, b"\xee")))
