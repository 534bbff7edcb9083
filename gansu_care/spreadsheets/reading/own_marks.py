"""What we wrote into an officer's workbook when we gave it back marked, known again when she uploads it.

The heading of our column and the first cell of our sheet end with characters that nobody sees and nobody types. They
stay with the text wherever the officer moves it, and whatever program saves the file.
"""

from .. import limits
from .cells import Cell
from .sheets import Sheet, Workbook

COLUMN_MARK = "\u200b\u200c\u200b"
SHEET_MARK = "\u200b\u200c\u200c\u200b"
# The same sheet in a workbook that was made of a text file: its numbers are still those of a file without types.
TEXT_SHEET_MARK = "\u200b\u200c\u200c\u200c\u200b"
_ROWS = limits.HEADER_SEARCH_ROWS + limits.HEADER_LEVELS


def is_our_sheet(sheet: Sheet) -> bool:
    """Whether this is the list of problems that we added."""
    return _first_cell_ends_with(sheet, (SHEET_MARK, TEXT_SHEET_MARK))


def leave_out_marks(workbook: Workbook) -> None:
    """Take our column out of each sheet, so that it is read as it was before we marked it."""
    for sheet in workbook.sheets:
        for column in _our_columns(sheet):
            _empty(sheet, column)
        if _first_cell_ends_with(sheet, (TEXT_SHEET_MARK,)):
            workbook.numbers_as_text = True


def _first_cell_ends_with(sheet: Sheet, marks: tuple[str, ...]) -> bool:
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return isinstance(first, str) and first.rstrip().endswith(marks)


def _our_columns(sheet: Sheet) -> set[int]:
    return {
        column for row in sheet.rows[:_ROWS] for column, value in enumerate(row) if _is_our_heading(value)
    }


def _is_our_heading(value: Cell) -> bool:
    return isinstance(value, str) and value.rstrip(" \r\n").endswith(COLUMN_MARK)


def _empty(sheet: Sheet, column: int) -> None:
    """Nothing stands in the column; where it was the last one, the sheet is as wide again as its cells are."""
    for row in sheet.rows:
        if column < len(row):
            row[column] = None
    if any(column < len(row) - 1 for row in sheet.rows):
        return
    width = max((_filled_width(row, column) for row in sheet.rows), default=0)
    for row in sheet.rows:
        del row[width:]


def _filled_width(row: list, end: int) -> int:
    """How many of the first `end` cells there are up to the last that holds something."""
    while end and (end > len(row) or row[end - 1] is None):
        end -= 1
    return end
