"""Long lists to xlsx, streamed: constant memory, whatever the number of rows.

Rows come in blocks, column by column, and so are their cells made (cells.py). Strings stand in the cells themselves
(inline), so that nothing is kept until the end; they can never become formulas. A list longer than a sheet goes on in
the next one.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import IO, Any
from xml.sax.saxutils import escape

from . import package
from .cell_text import clean
from .cells import ROW_NUMBER, ColumnCells
from .sheet_columns import DATE, DECIMAL, ID, INT, MOMENT, MONEY, TEXT, SheetColumn, groups, letter

BLOCK = 2_000
PIECE = 250  # rows that are compressed at a time
SHEET_ROWS = 1_048_576
NOTES_SHEET = "导出说明"  # in every language: the reader passes over a sheet that it does not know

Block = Sequence[Sequence[Any]]
"""Some rows column by column: the values of the first column, those of the second …"""


def write_xlsx(
    file: IO[bytes],
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    **looks: Any,
) -> int:
    """Write rows to `file`, one value for each column; otherwise as `write_blocks`."""
    return write_blocks(file, columns, _blocks_of(iter(rows)), **looks)


def write_blocks(
    file: IO[bytes],
    columns: Sequence[SheetColumn],
    blocks: Iterable[Block],
    *,
    sheet_name: str = "Sheet1",
    footer: str = "",
    header: str = "",
    notes: Sequence[str] = (),
) -> int:
    """Write a list to `file`; returns the number of data rows.

    Args:
        file: opened for writing; it need not be seekable.
        blocks: rows column by column. Values: str, int, Decimal, date, datetime, bool, float or None.
        sheet_name: name of the first sheet; a list longer than a sheet goes on in “name (2)”.
        footer: printed at the foot of each page: who exported it, and when. `header` at its head.
        notes: lines of a sheet of their own, behind the list.
    """
    whole = list(columns)
    head = _head(whole)
    names: list[str] = []
    left, written = _Left(blocks), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        while not names or left.any():
            names.append(package.sheet_title(sheet_name, len(names)))
            written += _write_sheet(archive, len(names), whole, head, left, footer, header)
        if notes:
            names.append(NOTES_SHEET)
            _write_notes(archive, len(names), notes, footer, header)
        package.finish(archive, names, len(head))
    return written


def _blocks_of(rows: Iterator[Sequence[Any]]) -> Iterator[Block]:
    while block := list(islice(rows, BLOCK)):
        yield list(zip(*block, strict=True))


def rows_of(blocks: Iterable[Block]) -> Iterator[Sequence[Any]]:
    """The same row by row."""
    for block in blocks:
        yield from zip(*block, strict=True)


class _Left:
    """The rows that are still to be written."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = (block for block in blocks if block and block[0])

    def any(self) -> bool:
        first = list(islice(self._blocks, 1))
        self._blocks = chain(first, self._blocks)  # type: ignore[assignment]
        return bool(first)

    def take(self, most: int) -> Block | None:
        """The next block, of which no more than so many rows; None when there are none, or none may be taken."""
        block = next(self._blocks, None) if most else None
        if block is not None and len(block[0]) > most:
            rest = [values[most:] for values in block]
            self._blocks = chain([rest], self._blocks)  # type: ignore[assignment]
            block = [values[:most] for values in block]
        return block


def _write_sheet(
    archive: zipfile.ZipFile,
    number: int,
    columns: list[SheetColumn],
    head: list[str],
    rows: _Left,
    footer: str,
    header: str,
) -> int:
    """Takes no row more than the sheet holds; returns how many it took."""
    cells = [ColumnCells(letter(index), column.kind) for index, column in enumerate(columns)]
    above = written = len(head)
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
        part.write(package.sheet_opening(columns, len(head)).encode())
        part.write("".join(head).encode())
        while block := rows.take(SHEET_ROWS - written):
            made = _rows(cells, block, written + 1)
            while piece := b"".join(islice(made, PIECE)):
                part.write(piece)
            written += len(block[0])
        part.write(package.sheet_closing(_merges(columns), footer, header).encode())
    return written - above


def _rows(cells: Sequence[ColumnCells], block: Block, first: int) -> Iterator[bytes]:
    """The rows of a block as XML; `first` is the number of the first of them."""
    made = (make(values) for make, values in zip(cells, block, strict=True))
    rows = zip(repeat(b'<row r="\0">'), *made, repeat(b"</row>"))
    for number, row in enumerate(map(b"".join, rows), start=first):
        yield row.replace(ROW_NUMBER, b"%d" % number)


def _write_notes(
    archive: zipfile.ZipFile, number: int, notes: Sequence[str], footer: str, header: str
) -> None:
    column = ColumnCells("A", TEXT)
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
        part.write(package.sheet_opening([SheetColumn("", width=60)], 1).encode())
        part.write(b"".join(_rows([column], [notes], 1)))
        part.write(package.sheet_closing([], footer, header).encode())


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


__all__ = [
    "DATE",
    "DECIMAL",
    "ID",
    "INT",
    "MOMENT",
    "MONEY",
    "TEXT",
    "Block",
    "SheetColumn",
    "write_blocks",
    "write_xlsx",
]
