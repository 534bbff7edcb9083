"""Values as python-calamine gives them, turned into ours."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .. import limits
from .cells import plain
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Merge
from .unreadable import Unreadable

_AS_THEY_ARE = frozenset({int, float, bool, date, datetime})
_REPEATED = frozenset({date, float})


def states_of(book: CalamineWorkbook) -> list[tuple[str, str]]:
    """(name, state) of each worksheet; charts and macro sheets hold no rows."""
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.SHEETS:
        raise Unreadable("E_TOO_MANY_SHEETS", count=len(sheets), limit=limits.SHEETS)
    return [(sheet.name, _state(sheet.visible)) for sheet in sheets]


def _state(visible: SheetVisibleEnum) -> str:
    if visible == SheetVisibleEnum.Visible:
        return VISIBLE
    return HIDDEN if visible == SheetVisibleEnum.Hidden else VERY_HIDDEN


class _Once:
    """Cells that read the same are one value: a sheet then takes a fraction of the memory, here and handed on."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {"": None}
        self.values: dict[Any, Any] = {}

    def row(self, cells: list) -> list:
        text, one, keep = self.texts.setdefault, self.values.setdefault, _AS_THEY_ARE
        return [
            text(value, value)
            if value.__class__ is str
            else one(value, value)
            if value.__class__ in _REPEATED
            else value
            if value.__class__ in keep
            else plain(value)
            for value in cells
        ]


def _rows_of(sheet: CalamineSheet) -> Iterable[list]:
    """All rows from the first one on, blank ones too; one at a time where the sheet begins in its first cell."""
    begins = sheet.start is None or sheet.start == (0, 0)
    return sheet.iter_rows() if begins else sheet.to_python(skip_empty_area=False)


def values_of(book: CalamineWorkbook, name: str) -> tuple[list[list], list[Merge]]:
    """The rows of one sheet, from row 1 and column A on, and its merged ranges."""
    sheet = book.get_sheet_by_name(name)
    # Both are the number of the last one, counted from 0.
    if sheet.total_width >= limits.COLUMNS:
        raise Unreadable("E_TOO_MANY_COLUMNS", sheet=name, limit=limits.COLUMNS)
    if sheet.total_height >= limits.ROWS:
        raise Unreadable("E_TOO_MANY_ROWS", sheet=name, limit=limits.DATA_ROWS)
    rows = list(map(_Once().row, _rows_of(sheet)))
    ranges = sheet.merged_cell_ranges or ()
    return rows, [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]
