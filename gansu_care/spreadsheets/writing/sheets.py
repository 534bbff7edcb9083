"""Long lists to xlsx, streamed: constant memory, whatever the number of rows.

Cells are made column by column in blocks and finished cells are remembered, since most values of a register repeat
(codes, divisions, dates). Strings stand in the cells themselves (inline), so that nothing is kept until the end; they
can never become formulas. A list longer than a sheet goes on in the next one.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils import timezone

from . import package
from .cell_text import clean, looks_like_formula
from .sheet_columns import DATE, DECIMAL, ID, INT, MOMENT, MONEY, TEXT, SheetColumn, groups, letter

BLOCK = 2_000
REMEMBERED = 4_000  # finished cells a column, then the memo starts anew
SHEET_ROWS = 1_048_576
# Serial day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was.
EPOCH = date(1899, 12, 30).toordinal()
FIRST_SAFE_DAY = date(1900, 3, 1)
NOTHING = '"/>'
NOTES_SHEET = "导出说明"  # in every language: the reader passes over a sheet that it does not know


class Cells(dict[Any, str]):
    """Finished cells of one column by value: all of the XML behind the cell's row number."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def __missing__(self, value: Any) -> str:
        cell = finished(value, self.kind)
        if len(self) >= REMEMBERED:
            self.clear()
        self[value] = cell
        return cell


def finished(value: Any, kind: str) -> str:
    """The XML of a cell behind its row number. Kinds decide the format, the value's own type how it is stored."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return f'" t="b"><v>{int(value)}</v></c>'
    if kind not in (TEXT, ID):
        number = _number(value)
        if number is not None:
            return f'" s="{package.STYLES[kind]}"><v>{number}</v></c>'
    return _text_cell(value, kind)


def _number(value: Any) -> str | None:
    """A number, day or moment as Excel stores it; None for what must be text."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return f"{local.toordinal() - EPOCH + seconds / 86400:.9f}"
    if isinstance(value, date):
        return str(value.toordinal() - EPOCH) if value >= FIRST_SAFE_DAY else None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else None
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return repr(value) if isinstance(value, float) and value - value == 0 else None


def _text_cell(value: Any, kind: str) -> str:
    text = clean(value)
    style = package.ID_STYLE if kind == ID else package.GUARDED if looks_like_formula(text) else package.PLAIN
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'" s="{style}" t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


def write_xlsx(
    file: IO[bytes],
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    *,
    sheet_name: str = "Sheet1",
    footer: str = "",
    header: str = "",
    notes: Sequence[str] = (),
) -> int:
    """Write a list to `file`; returns the number of data rows.

    Args:
        file: opened for writing; it need not be seekable.
        rows: one value for each column: str, int, Decimal, date, datetime, bool, float or None.
        sheet_name: name of the first sheet; a list longer than a sheet goes on in “name (2)”.
        footer: printed at the foot of each page: who exported it, and when. `header` at its head.
        notes: lines of a sheet of their own, behind the list.
    """
    whole = list(columns)
    head = _head(whole)
    names: list[str] = []
    left, written = iter(rows), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        more = True
        while more:
            names.append(package.sheet_title(sheet_name, len(names)))
            written += _write_sheet(archive, len(names), whole, head, left, footer, header)
            left, more = _peek(left)
        if notes:
            names.append(NOTES_SHEET)
            _write_notes(archive, len(names), notes, footer, header)
        package.finish(archive, names, len(head))
    return written


def _peek(rows: Iterator[Any]) -> tuple[Iterator[Any], bool]:
    """The same rows, and whether there is one."""
    first = list(islice(rows, 1))
    return chain(first, rows), bool(first)


def _write_sheet(
    archive: zipfile.ZipFile,
    number: int,
    columns: list[SheetColumn],
    head: list[str],
    rows: Iterator[Sequence[Any]],
    footer: str,
    header: str,
) -> int:
    count = 0
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
        part.write(package.sheet_opening(columns, len(head)).encode())
        part.write("".join(head).encode())
        for block in _blocks(columns, rows, len(head) + 1):
            part.write("".join(block).encode())
            count += len(block)
        part.write(package.sheet_closing(_merges(columns), footer, header).encode())
    return count


def _write_notes(
    archive: zipfile.ZipFile, number: int, notes: Sequence[str], footer: str, header: str
) -> None:
    cells = (_text_cell(note, TEXT) for note in notes)
    rows = "".join(f'<row r="{row}"><c r="A{row}{cell}</row>' for row, cell in enumerate(cells, start=1))
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
        part.write(package.sheet_opening([SheetColumn("", width=60)], 1).encode())
        part.write(rows.encode())
        part.write(package.sheet_closing([], footer, header).encode())


def _blocks(columns: list[SheetColumn], rows: Iterator[Sequence[Any]], first: int) -> Iterator[list[str]]:
    """The rows of one sheet as XML, block by block; takes no row more than the sheet holds."""
    cells = [Cells(column.kind).__getitem__ for column in columns]
    # {0} is the row number, {1}… the finished cells.
    frame = "".join(f'<c r="{letter(i)}{{0}}{{{i + 1}}}' for i in range(len(columns)))
    row_xml = f'<row r="{{0}}">{frame}</row>'.format
    number = first
    while block := list(islice(rows, min(BLOCK, SHEET_ROWS - number + 1))):
        made = (map(cell, values) for cell, values in zip(cells, zip(*block, strict=True), strict=True))
        yield list(map(row_xml, range(number, number + len(block)), *made))
        number += len(block)


def _head(columns: list[SheetColumn]) -> list[str]:
    """The heading rows as XML: one, or two where columns are grouped."""
    lower = [_head_cell(index, column.heading) for index, column in enumerate(columns)]
    if not any(str(column.group) for column in columns):
        return [_head_row(1, lower)]
    upper = [_head_cell(first, group or columns[first].heading) for group, first, _last in groups(columns)]
    below = [_head_cell(i, column.heading if str(column.group) else "") for i, column in enumerate(columns)]
    return [_head_row(1, upper), _head_row(2, below)]


def _head_row(number: int, cells: Sequence[tuple[int, str]]) -> str:
    made = "".join(f'<c r="{letter(index)}{number}" s="{package.HEAD}"{tail}' for index, tail in cells)
    return f'<row r="{number}" ht="24" customHeight="1">{made}</row>'


def _head_cell(index: int, heading: Any) -> tuple[int, str]:
    text = clean(heading)
    return index, f' t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "/>"


def _merges(columns: list[SheetColumn]) -> list[str]:
    if not any(str(column.group) for column in columns):
        return []
    merges = []
    for group, first, last in groups(columns):
        if not group:
            merges.append(f"{letter(first)}1:{letter(first)}2")
        elif last > first:
            merges.append(f"{letter(first)}1:{letter(last)}1")
    return merges


__all__ = ["DATE", "DECIMAL", "ID", "INT", "MOMENT", "MONEY", "TEXT", "SheetColumn", "write_xlsx"]
