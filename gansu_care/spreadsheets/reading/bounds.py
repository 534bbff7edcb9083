"""What every reader's workbook has to keep to before it is handed on, whatever kind of file it came from."""

from math import isfinite

from .. import limits
from .cells import ErrorValue
from .sheets import Sheet, Workbook
from .unreadable import Unreadable


def keep_in_bounds(workbook: Workbook) -> None:
    """Refuse a workbook too large to work with; mend the cells no column and no database can take."""
    if len(workbook.sheets) > limits.SHEETS:
        raise Unreadable("E_TOO_MANY_SHEETS", count=len(workbook.sheets), limit=limits.SHEETS)
    cells = merges = texts = 0
    for sheet in workbook.sheets:
        cells += sum(map(len, sheet.rows))
        merges += len(sheet.merges)
        if cells > limits.CELLS:
            raise Unreadable("E_TOO_MANY_CELLS", sheet=sheet.name, million=limits.CELLS // 10**6)
        if merges > limits.MERGES:
            raise Unreadable("E_TOO_MANY_MERGES", sheet=sheet.name, limit=limits.MERGES)
        _check_merges(sheet)
        texts += _mended(sheet)
        if texts > limits.TEXT_CHARACTERS:
            raise Unreadable("E_TOO_MUCH_TEXT", sheet=sheet.name)


def _check_merges(sheet: Sheet) -> None:
    """Merged ranges cover one another in damaged files only; filling them would take for ever."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    sheet.merges = list(dict.fromkeys(sheet.merges))
    covered = sum(
        max(0, min(last, height) - first + 1) * max(0, min(right, width) - left + 1)
        for first, left, last, right in sheet.merges
    )
    if covered > height * width:
        raise Unreadable("E_FILE_BROKEN")


def _mended(sheet: Sheet) -> int:
    """How many characters the sheet holds. A text is cut where it is too long for any column, which says so."""
    longest, texts = limits.READ_CHARACTERS, 0
    sheet.name = sheet.name.replace("\0", "")
    for row in sheet.rows:
        for column, value in enumerate(row):
            kind = value.__class__
            if kind is str:
                texts += len(value)
                if len(value) > longest or "\0" in value:
                    row[column] = value.replace("\0", "")[:longest] or None
            elif kind is float and not isfinite(value):
                row[column] = ErrorValue("#NUM!")
    return texts
