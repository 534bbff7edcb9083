"""One row of a file as a form: each cell under its heading, what is wrong with it, what may be put there.

A sealed cell is shown masked; sent back as the mask it is left as it was. A cell is changed when its text, apart from
white space, is another than the one that was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gansu_care.spreadsheets.columns import ChoiceColumn, Column
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.limits import READ_CHARACTERS
from gansu_care.spreadsheets.models import StagedRow, Upload
from gansu_care.spreadsheets.problem_lists import ProblemLine, line

LONG_TEXT = 60
MOST_CHOICES = 60


@dataclass
class RowCell:
    """One cell. `text` is what the form shows: masked where the column is sealed."""

    place: int
    letter: str
    heading: str
    text: str
    shown: str
    choices: list[str] = field(default_factory=list)
    problems: list[ProblemLine] = field(default_factory=list)
    is_mended: bool = False

    @property
    def name(self) -> str:
        return f"cell-{self.place}"

    @property
    def is_long(self) -> bool:
        return len(self.shown) > LONG_TEXT or "\n" in self.shown

    @property
    def level(self) -> str:
        """error, warning, or nothing to say."""
        levels = {problem.level for problem in self.problems}
        return "error" if "error" in levels else next(iter(levels), "")


@dataclass
class RowForm:
    """`cells` can be typed anew, `unread` belong to columns that were not recognised; `problems` stand in no cell."""

    cells: list[RowCell]
    unread: list[RowCell]
    problems: list[ProblemLine]

    @property
    def bad(self) -> list[RowCell]:
        return [cell for cell in self.cells if cell.problems]

    @property
    def good(self) -> list[RowCell]:
        return [cell for cell in self.cells if not cell.problems]

    def typed(self, sent: Mapping[str, Any]) -> dict[int, str]:
        """What was typed anew, by the place of the column."""
        found = {}
        for cell in self.cells:
            text = str(sent.get(cell.name, cell.shown))[:READ_CHARACTERS].replace("\0", "")
            if _squeezed(text) != _squeezed(cell.shown):
                found[cell.place] = text.strip()
        return found

    def keep(self, sent: Mapping[str, Any]) -> None:
        """Show what was typed again: it was not saved."""
        for cell in self.cells:
            cell.shown = str(sent.get(cell.name, cell.shown))[:READ_CHARACTERS]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def row_form(upload: Upload, staged: StagedRow, mended: Mapping[int, str]) -> RowForm:
    """`mended`: the cells of this row that were typed anew before."""
    columns: list[list[str]] = upload.columns.get(str(staged.sheet_no), [])
    fields = KINDS[upload.kind].resource(staged.resource)().fields
    stored = upload.problems.filter(sheet=staged.sheet, row=staged.row)
    told = [line(one, with_cells=True) for one in stored]
    cells: list[RowCell] = []
    unread: list[RowCell] = []
    for place, ((letter, heading, name), text) in enumerate(zip(columns, staged.cells, strict=False)):
        column = fields.get(name)
        if column is None and not text:
            continue
        cell = _cell(place, letter, heading, text, column)
        cell.problems = [one for one in told if one.column == letter]
        cell.is_mended = place in mended
        (unread if column is None else cells).append(cell)
    in_cells = {cell.letter for cell in cells}
    return RowForm(cells, unread, [one for one in told if one.column not in in_cells])


def _cell(place: int, letter: str, heading: str, text: str, column: Column | None) -> RowCell:
    if column is None:
        return RowCell(place, letter, heading, text, text)
    sealed = column.mask is not None and not getattr(column, "beyond_county_only", False)
    shown = column.mask(text) if sealed and column.mask and text else text
    return RowCell(place, letter, heading, text, shown, _choices(column))


def _choices(column: Column) -> list[str]:
    """What may be put there, where that is a short list."""
    labels = list(column.labels.values()) if isinstance(column, ChoiceColumn) else []
    return labels if len(labels) <= MOST_CHOICES else []
