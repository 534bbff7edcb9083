"""Reading: bytes of any kind -> Workbook -> Header -> Data. Pure Python, no database.

workbook = read_workbook(data, name)          # raises Unreadable
for sheet in workbook.sheets:
    if skippable(sheet) is None and (header := find_header(sheet, vocabulary)):
        data = data_rows(sheet, header)
"""

from .apart import read_workbook_apart
from .cells import EmptyFormula, ErrorValue, column_index, column_letter, is_blank, shown
from .data import Data, data_rows
from .facts import facts_in
from .files import read_workbook
from .header import Header, HeaderColumn, find_header
from .headings import normalise_heading
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Sheet, Workbook
from .skipping import SkipReason, skippable
from .unreadable import FILE_FAULTS, Unreadable

__all__ = [
    "FILE_FAULTS",
    "HIDDEN",
    "VERY_HIDDEN",
    "VISIBLE",
    "Data",
    "EmptyFormula",
    "ErrorValue",
    "Header",
    "HeaderColumn",
    "Sheet",
    "SkipReason",
    "Unreadable",
    "Workbook",
    "column_index",
    "column_letter",
    "data_rows",
    "facts_in",
    "find_header",
    "is_blank",
    "normalise_heading",
    "read_workbook",
    "read_workbook_apart",
    "shown",
    "skippable",
]
