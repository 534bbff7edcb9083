"""A sheet's XML in pieces: what stands before its rows, the rows in blocks of whole rows, what stands behind them.

No more than a block is held at a time, whatever the number of rows. Rows and cells are found by a search of the
bytes: inside a sheet's rows every < begins a tag, once comments and CDATA (which no spreadsheet program writes) are
taken out.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gansu_care.spreadsheets.reading.cells import column_index

from .package import Package
from .tags import ATTRIBUTES, without_asides

HEAD, ROWS, TAIL = "head", "rows", "tail"
_PIECE = 1 << 20
_ROWS_BEGIN = re.compile(rb"<([\w.-]+:)?sheetData(?:\s[^>]*?)?(/?)>")
_ASIDE = re.compile(rb"<!|<\?(?!xml\s)")
_AFTER_NAME = b" \t\r\n/>"


class Cell(NamedTuple):
    """A cell of a row: its column, its bytes from `start` to `end`, its start tag up to `inner`."""

    column: int
    start: int
    inner: int
    end: int


class Grammar:
    """How rows and cells are written in one sheet: with its own prefix."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.prefix = prefix
        self.row = re.compile(rb"<" + p + rb"row(?P<attributes>" + ATTRIBUTES + rb")\s*(?P<empty>/?)>")
        self.cell = re.compile(rb"<" + p + rb"c(?P<attributes>" + ATTRIBUTES + rb")\s*(?P<empty>/?)>")
        self.cell_end = re.compile(rb"</" + p + rb"c\s*>")
        self.row_end = b"</" + prefix + b"row"
        self.rows_end = b"</" + prefix + b"sheetData"
        self.cell_start = b"<" + prefix + b"c"
        self._addressed = b"<" + prefix + b'c r="'
        self._coloured: dict[frozenset[int], re.Pattern[bytes]] = {}
        self._any_cell = re.compile(rb"<" + p + rb"c[\s/>]")
        self.content = re.compile(rb"<" + p + rb"(?:v|is|f)[\s/>]")

    def is_addressed(self, block: bytes) -> bool:
        """Whether every cell of a block begins with its address."""
        return block.count(self._addressed) == len(self._any_cell.findall(block))

    def coloured(self, styles: frozenset[int]) -> re.Pattern[bytes]:
        """Start tags of cells that have one of these styles, with the letters of their column."""
        if styles not in self._coloured:
            numbers = b"|".join(str(style).encode() for style in sorted(styles)) or b"none"
            style = rb"\ss\s*=\s*[\"'](?:" + numbers + rb")[\"']"
            cell = re.escape(self._addressed) + rb"([A-Z]{1,3})\d+\"[^>]*?"
            self._coloured[styles] = re.compile(cell + style + rb"[^>]*>")
        return self._coloured[styles]

    def rows(self, block: bytes, number: int) -> Iterator[tuple[int, int, int]]:
        """(number, start, end) of each row of a block; `number` is that of the row before."""
        place = 0
        while found := self.row.search(block, place):
            told = _ADDRESS_OF_ROW.search(found["attributes"])
            number = int(told[1]) if told else number + 1
            place = found.end() if found["empty"] else self._end_of_row(block, found.end())
            yield number, found.start(), place

    def _end_of_row(self, block: bytes, place: int) -> int:
        return block.index(b">", block.index(self.row_end, place)) + 1

    def cells(self, row: bytes) -> Iterator[Cell]:
        """The cells of one row, in their order."""
        opening = self.row.match(row)
        place, column = opening.end() if opening else 0, -1
        while found := self.cell.search(row, place):
            told = _ADDRESS.search(found["attributes"])
            column = column_index(told[1].decode()) if told else column + 1
            ending = None if found["empty"] else self.cell_end.search(row, found.end())
            place = ending.end() if ending else found.end()
            yield Cell(column, found.start(), found.end(), place)

    def last_filled(self, row: bytes) -> int:
        """The column of the last cell that holds something, -1 for none: found from the end of the row."""
        end = len(row)
        while (place := self.last_cell(row, end)) >= 0:
            if self.content.search(row, place, end):
                column = self.column_at(row, place)
                return self._last_filled_by_count(row) if column is None else column
            end = place
        return -1

    def last_cell(self, row: bytes, end: int) -> int:
        """Where the last cell before a place begins; -1 if there is none."""
        while (end := row.rfind(self.cell_start, 0, end)) >= 0:
            if row[end + len(self.cell_start)] in _AFTER_NAME:
                return end
        return -1

    def column_at(self, row: bytes, place: int) -> int | None:
        """The column of the cell that begins there; None where its address is not told."""
        found = self.cell.match(row, place)
        told = _ADDRESS.search(found["attributes"]) if found else None
        return column_index(told[1].decode()) if told else None

    def _last_filled_by_count(self, row: bytes) -> int:
        filled = (cell.column for cell in self.cells(row) if self.content.search(row, cell.inner, cell.end))
        return max(filled, default=-1)


_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")
_ADDRESS_OF_ROW = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")


def pieces(package: Package, part: str) -> Iterator[tuple[str, bytes]]:
    """(HEAD, bytes), (ROWS, bytes) …, (TAIL, bytes). A sheet without rows is all head."""
    with package.open(part) as stream:
        source = iter(lambda: stream.read(_PIECE), b"")
        if _has_asides(package, part):
            source = iter((without_asides(b"".join(source)),))
        yield from _parted(source)


def _has_asides(package: Package, part: str) -> bool:
    with package.open(part) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            if _ASIDE.search(tail + piece):
                return True
            tail = piece[-8:]
    return False


def _parted(source: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    held = b""
    for piece in source:
        held += piece
        if begin := _ROWS_BEGIN.search(held):
            break
    else:
        yield HEAD, held
        return
    yield HEAD, held[: begin.end()]
    held = held[begin.end() :]
    if begin[2]:
        yield TAIL, held + b"".join(source)
        return
    yield from _blocks(held, source, Grammar(begin[1] or b""))


def _blocks(held: bytes, source: Iterator[bytes], grammar: Grammar) -> Iterator[tuple[str, bytes]]:
    while (end := held.find(grammar.rows_end)) < 0:
        last = held.rfind(grammar.row_end)
        cut = held.find(b">", last) + 1 if last >= 0 else 0
        if cut:
            yield ROWS, held[:cut]
            held = held[cut:]
        piece = next(source, b"")
        if not piece:
            raise ValueError("a sheet whose rows have no end")
        held += piece
    if end:
        yield ROWS, held[:end]
    yield TAIL, held[end:] + b"".join(source)
