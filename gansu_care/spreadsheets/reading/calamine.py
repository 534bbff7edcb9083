"""Values as python-calamine gives them, turned into ours."""

from datetime import date, datetime

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .. import limits
from .cells import plain
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Merge
from .unreadable import Unreadable

_AS_THEY_ARE = frozenset({str, int, float, bool, date, datetime})


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


def values_of(book: CalamineWorkbook, name: str) -> tuple[list[list], list[Merge]]:
    """The rows of one sheet, from row 1 and column A on, and its merged ranges."""
    sheet = book.get_sheet_by_name(name)
    # Both are the number of the last one, counted from 0.
    if sheet.total_width >= limits.COLUMNS:
        raise Unreadable("E_TOO_MANY_COLUMNS", sheet=name, limit=limits.COLUMNS)
    if sheet.total_height >= limits.ROWS:
        raise Unreadable("E_TOO_MANY_ROWS", sheet=name, limit=limits.DATA_ROWS)
    keep = _AS_THEY_ARE
    rows = [
        [value if value != "" and value.__class__ in keep else plain(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    ranges = sheet.merged_cell_ranges or ()
    return rows, [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]
