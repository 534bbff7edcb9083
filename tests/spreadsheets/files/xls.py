"""The old binary workbook, which .et of WPS is too."""

import struct
from collections.abc import Sequence

import xlwt

from .xlsx import saved


def as_xls(rows: Sequence[Sequence], merges: Sequence[tuple] = (), name: str = "登记表") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    covered = {
        (row, column)
        for first, left, last, right in merges
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value is not None and (number, place) not in covered:
                sheet.write(number - 1, place - 1, value)
    for first, left, last, right in merges:
        sheet.write_merge(first - 1, last - 1, left - 1, right - 1, rows[first - 1][left - 1])
    return saved(book)


def renamed_stream(data: bytes, name: str) -> bytes:
    """An OLE file whose only stream has another name, as an encrypted .xlsx has."""
    at = data.rindex("Workbook".encode("utf-16-le"))
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2)
    return data[:at] + entry + data[at + 66 :]
