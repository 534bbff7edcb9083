"""Excel's binary workbooks, record by record. [MS-XLSB] 2.1.4 (records), 2.4 (their contents).

`as_xlsb` writes what Excel itself would find complete enough to open; python-calamine and LibreOffice read it too.
"""

import struct
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from gansu_care.spreadsheets.reading import ErrorValue

from .archives import zipped

SHEET, BOOK, STRINGS, STYLES = (
    *("xl/worksheets/sheet1.bin", "xl/workbook.bin"),
    *("xl/sharedStrings.bin", "xl/styles.bin"),
)
_STATES = ("visible", "hidden", "veryHidden")
_PLAIN, _DAY = 0, 1
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(number: int, content: bytes = b"", length: int | None = None) -> bytes:
    """One record; `length` is what it says of itself, if that is not the truth."""
    head = bytes((number,)) if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
    size, said = len(content) if length is None else length, b""
    while True:
        size, byte = size >> 7, size & 0x7F
        said += bytes((byte | (0x80 if size else 0),))
        if not size:
            return head + said + content


def wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le", "surrogatepass")
    return struct.pack("<I", len(encoded) // 2) + encoded


def cell(number: int, column: int, content: bytes, style: int = _PLAIN) -> bytes:
    return record(number, struct.pack("<II", column, style) + content)


def row(number: int, *cells: bytes) -> bytes:
    return record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0)) + b"".join(cells)


def of_cells(
    rows: bytes, strings: Sequence[str] = (), after: bytes = b"", name: str = "表", size: tuple = (0, 9, 0, 9)
) -> bytes:
    """A workbook of one sheet that holds these records."""
    return _package([(name, "visible", _sheet(rows, after, size))], strings)


def as_xlsb(sheets: Sequence[tuple], epoch1904: bool = False) -> bytes:
    """Each sheet as (name, rows, merges, state)."""
    strings: dict[str, int] = {}
    made = []
    for name, rows, merges, state in sheets:
        cells = b"".join(row(place, *_cells(values, strings, epoch1904)) for place, values in enumerate(rows))
        merged = b"".join(
            record(176, struct.pack("<IIII", f - 1, last - 1, left - 1, right - 1))
            for f, left, last, right in merges
        )
        after = record(177, struct.pack("<I", len(merges))) + merged + record(178) if merges else b""
        width = max(map(len, rows), default=1)
        made.append((name, state, _sheet(cells, after, (0, max(len(rows) - 1, 0), 0, width - 1))))
    return _package(made, list(strings), epoch1904)


def _cells(values: Sequence, strings: dict[str, int], epoch1904: bool) -> list[bytes]:
    return [
        _cell(column, value, strings, epoch1904) for column, value in enumerate(values) if value is not None
    ]


def _cell(column: int, value: Any, strings: dict[str, int], epoch1904: bool) -> bytes:
    if isinstance(value, bool):
        return cell(4, column, bytes((value,)))
    if isinstance(value, ErrorValue):
        return cell(3, column, bytes((_ERRORS[value.text],)))
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        since = moment - (datetime(1904, 1, 1) if epoch1904 else datetime(1899, 12, 30))
        return _number(column, since.total_seconds() / 86400, _DAY)
    if isinstance(value, int | float):
        return _number(column, float(value), _PLAIN)
    return cell(7, column, struct.pack("<I", strings.setdefault(value, len(strings))))


def _number(column: int, value: float, style: int) -> bytes:
    """As Excel does: whole numbers of up to 30 bits in four bytes."""
    if value.is_integer() and abs(value) < 1 << 29:
        return cell(2, column, struct.pack("<i", int(value) << 2 | 2), style)
    return cell(5, column, struct.pack("<d", value), style)


def _sheet(rows: bytes, after: bytes, size: tuple) -> bytes:
    return (
        record(129)
        + record(148, struct.pack("<IIII", *size))
        + record(145)
        + rows
        + record(146)
        + after
        + record(130)
    )


def _styles() -> bytes:
    formats = (
        record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 176) + wide("yyyy-mm-dd"))
        + record(616)
    )
    looks = b"".join(
        record(47, struct.pack("<HHHHHBBHH", 0xFFFF if of_styles else 0, number, 0, 0, 0, 0, 0, 0, 0))
        for of_styles, number in ((False, 0), (False, 176))
    )
    return record(278) + formats + record(617, struct.pack("<I", 2)) + looks + record(618) + record(279)


def _package(
    sheets: Sequence[tuple[str, str, bytes]], strings: Sequence[str], epoch1904: bool = False
) -> bytes:
    listed = b"".join(
        record(156, struct.pack("<II", _STATES.index(state), place) + wide(f"rId{place}") + wide(name))
        for place, (name, state, _content) in enumerate(sheets, 1)
    )
    book = (
        record(131)
        + record(153, struct.pack("<II", int(epoch1904), 0) + wide(""))
        + record(143)
        + listed
        + record(144)
    ) + record(132)
    count = struct.pack("<II", len(strings), len(strings))
    table = record(159, count) + b"".join(record(19, b"\0" + wide(text)) for text in strings) + record(160)
    parts = {f"worksheets/sheet{place}.bin": "worksheet" for place in range(1, len(sheets) + 1)}
    parts |= {"styles.bin": "styles", "sharedStrings.bin": "sharedStrings"}
    return zipped(
        {
            "[Content_Types].xml": _content_types(parts),
            "_rels/.rels": _relations({"xl/workbook.bin": "officeDocument"}),
            BOOK: book,
            "xl/_rels/workbook.bin.rels": _relations(parts),
            STYLES: _styles(),
            STRINGS: table,
            **{
                f"xl/worksheets/sheet{place}.bin": sheet
                for place, (_name, _state, sheet) in enumerate(sheets, 1)
            },
        }
    )


def _relations(parts: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for place, (path, kind) in enumerate(parts.items(), 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _content_types(parts: dict[str, str]) -> str:
    kinds = {"worksheet": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings"}
    inner = "".join(
        f'<Override PartName="/xl/{path}" ContentType="application/vnd.ms-excel.{kinds[kind]}"/>'
        for path, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        f"{inner}</Types>"
    )
