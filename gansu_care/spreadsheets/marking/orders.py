"""What the child process is told to write, as plain values: no database, no language, no settings are needed there.

Everything a reader sees is already in her language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gansu_care.spreadsheets.reading.own_marks import COLUMN_MARK

AUTHOR = "甘肃省农村留守儿童关爱登记"


class Note(NamedTuple):
    """A text in a cell or in its comment, and its colour: error, warning, or none."""

    level: str
    text: str


class ProblemRow(NamedTuple):
    """One line of the list of problems; `row` and `column` (a letter) say where its link leads."""

    level: str
    level_label: str
    sheet: str
    row: int | None
    column: str
    heading: str
    value: str
    message: str
    advice: str

    @property
    def target(self) -> str:
        """The cell in its sheet, such as F12; empty for a problem of the whole sheet."""
        return f"{self.column or 'A'}{self.row}" if self.row else ""


@dataclass
class SheetOrder:
    """One sheet that was read. Rows count from 1, columns from 0."""

    name: str
    header_rows: list[int]
    heading: Note
    cells: list[tuple[int, int, Note]] = field(default_factory=list)
    # What a row came to, for each row that was read.
    results: dict[int, Note] = field(default_factory=dict)
    # Rows that were not taken over, for the workbook of those alone; and the headings it is read by.
    refused: list[int] = field(default_factory=list)
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    # Columns whose 同上 is itself refused: there it is not replaced by what it stands for.
    own_dittos: set[tuple[int, int]] = field(default_factory=set)

    @property
    def heading_row(self) -> int:
        return self.header_rows[0]


@dataclass
class Order:
    """A whole workbook: its sheets, the list of problems, the words around it."""

    sheets: list[SheetOrder]
    problems: list[ProblemRow]
    words: dict[str, str]
    heads: list[str]
    refused_only: bool = False
    # What people write for “as above”.
    dittos: frozenset[str] = frozenset()

    def sheet(self, name: str) -> SheetOrder | None:
        return next((each for each in self.sheets if each.name == name), None)


def our_heading(text: str) -> str:
    """The heading of our column, known again wherever it is moved."""
    return f"{text}{COLUMN_MARK}"


class CannotMark(Exception):
    """The workbook could not be marked; the list of problems is to be had all the same."""
