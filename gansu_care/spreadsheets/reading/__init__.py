"""Reading: bytes of any kind -> Workbook -> Header -> Data. Pure Python, no database.

workbook = read_workbook(data, name)          # raises Unreadable
for sheet in workbook.sheets:
    if skippable(sheet) is None and (header := find_header(sheet, vocabulary)):
        data = data_rows(sheet, header)
"""

from .apart import read_workbook_apart
from .cells import EmptyFormula, ErrorValue, column_index, column_letter, is_blank, shown
from .data import Data, data_rows, is_serial
from .facts import facts_in
from .files import read_workbook
from .header import OTHER_PERSON, Header, HeaderColumn, find_header, ways_to_read
from .headings import heading_path, normalise_heading, normalised
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Sheet, Workbook
from .skipping import SkipReason, skippable
from .unreadable import FILE_FAULTS, Unreadable

__all__ = [
    "FILE_FAULTS",
    "HIDDEN",
    "OTHER_PERSON",
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
    "heading_path",
    "is_blank",
    "is_serial",
    "normalise_heading",
    "normalised",
    "read_workbook",
    "read_workbook_apart",
    "shown",
    "skippable",
    "ways_to_read",
]
