"""The cells of one row: where one stands, where a new one belongs, which are in our colours.

Most sheets tell the address of every cell: then a cell is found by a search for it, and the others are not looked at.
"""

import re
from collections.abc import Iterator

from gansu_care.spreadsheets.reading.cells import column_index, column_letter

from .sheet_stream import Cell, Grammar

STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)")


def style_of(tag: bytes) -> int:
    """The style that a start tag names; 0, the usual one, where it names none."""
    told = STYLE.search(tag)
    return int(told[1]) if told else 0


class RowCells:
    """One row of a sheet; `coloured`: the styles that are ours."""

    def __init__(self, grammar: Grammar, row: bytes, number: int, coloured: frozenset[int]) -> None:
        self.grammar, self.row, self.number, self.styles = grammar, row, number, coloured
        self.end = row.rindex(grammar.row_end)

    def find(self, column: int) -> Cell | None:
        raise NotImplementedError

    def place_of_new(self, column: int) -> int:
        """Where a cell of this column has to be put in."""
        raise NotImplementedError

    def last_before(self, column: int) -> Cell | None:
        """The right-most cell left of a column."""
        raise NotImplementedError

    def coloured(self) -> Iterator[Cell]:
        """Cells whose style is one of ours."""
        raise NotImplementedError


class CountedCells(RowCells):
    """Cells of a row of any kind: each is looked at, in its order."""

    def __init__(self, grammar: Grammar, row: bytes, number: int, coloured: frozenset[int]) -> None:
        super().__init__(grammar, row, number, coloured)
        self._cells = list(grammar.cells(row))

    def find(self, column: int) -> Cell | None:
        return next((cell for cell in self._cells if cell.column == column), None)

    def place_of_new(self, column: int) -> int:
        return next((cell.start for cell in self._cells if cell.column > column), self.end)

    def last_before(self, column: int) -> Cell | None:
        beside = (cell for cell in self._cells if cell.column < column)
        return max(beside, key=lambda cell: cell.column, default=None)

    def coloured(self) -> Iterator[Cell]:
        return (cell for cell in self._cells if style_of(self.row[cell.start : cell.inner]) in self.styles)


class AddressedCells(RowCells):
    """Cells of a row that all begin with their address."""

    def find(self, column: int) -> Cell | None:
        start = self._start_of(column)
        return None if start < 0 else self._cell(column, start)

    def _start_of(self, column: int) -> int:
        address = f' r="{column_letter(column)}{self.number}"'.encode()
        return self.row.find(self.grammar.cell_start + address)

    def _cell(self, column: int, start: int) -> Cell:
        inner = self.row.index(b">", start) + 1
        if self.row[inner - 2 : inner] == b"/>":
            return Cell(column, start, inner, inner)
        ending = self.grammar.cell_end.search(self.row, inner)
        return Cell(column, start, inner, ending.end() if ending else inner)

    def place_of_new(self, column: int) -> int:
        last = self._last(self.end)
        for beyond in range(column + 1, last.column + 1 if last else 0):
            if (start := self._start_of(beyond)) >= 0:
                return start
        return self.end

    def _last(self, end: int) -> Cell | None:
        start = self.grammar.last_cell(self.row, end)
        column = self.grammar.column_at(self.row, start) if start >= 0 else None
        return None if column is None else self._cell(column, start)

    def last_before(self, column: int) -> Cell | None:
        cell = self._last(self.end)
        while cell is not None and cell.column >= column:
            cell = self._last(cell.start)
        return cell

    def coloured(self) -> Iterator[Cell]:
        for found in self.grammar.coloured(self.styles).finditer(self.row):
            yield self._cell(column_index(found[1].decode()), found.start())
