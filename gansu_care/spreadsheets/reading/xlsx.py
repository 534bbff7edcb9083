"""Office Open XML. Values come from calamine; what it hides comes from our own pass over the sheet's XML.

calamine gives '' for a failed formula and for one without a stored result, and it lays out every sheet as a full
rectangle in memory: so sheet_xml looks each sheet over first.
"""

import re
import zipfile
from io import BytesIO

from python_calamine import CalamineWorkbook

from .. import limits
from .archive import WORKBOOK_PARTS
from .calamine import states_of, values_of
from .relations import part_ending, relations_of, root_of
from .sheet_xml import look_over
from .sheets import Sheet, Workbook
from .unreadable import Unreadable


def read_xlsx(data: bytes, archive: zipfile.ZipFile) -> Workbook:
    """All worksheets of the file. Raises Unreadable when a limit is passed."""
    epoch1904, parts = _parts(archive)
    shared = _shared_lengths(archive)
    hidden = {name: look_over(archive, part, name, shared) for name, part in parts.items()}
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets = []
    for name, state in states_of(book):
        rows, merges = values_of(book, name)
        for row, column, value in hidden.get(name, ()):
            _put(rows, row, column, value)
        sheets.append(Sheet(name, rows, state, merges))
    return Workbook("xlsx", sheets, epoch1904=epoch1904)


def _put(rows: list[list], row: int, column: int, value: object) -> None:
    width = max(column + 1, len(rows[0]) if rows else 0)
    while len(rows) <= row:
        rows.append([None] * width)
    if len(rows[row]) < width:
        for line in rows:
            line.extend([None] * (width - len(line)))
    rows[row][column] = value


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _parts(archive: zipfile.ZipFile) -> tuple[bool, dict[str, str]]:
    """Whether days count from 1904, and the XML part of each sheet by the sheet's name."""
    path = part_ending(archive, *WORKBOOK_PARTS)
    relations = relations_of(archive, path)
    epoch1904, parts = False, {}
    for element in root_of(archive, path).iter():
        if _local(element.tag) == "workbookPr":
            epoch1904 = element.get("date1904", "0").lower() in ("1", "true", "on")
        if _local(element.tag) == "sheet":
            relation_id = next((value for key, value in element.items() if _local(key) == "id"), "")
            parts[element.get("name", "")] = relations.get(relation_id, ("", ""))[1]
    if len(parts) > limits.SHEETS:
        raise Unreadable("E_TOO_MANY_SHEETS", count=len(parts), limit=limits.SHEETS)
    return epoch1904, {name: part for name, part in parts.items() if "chartsheets/" not in part}


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """The size in bytes of each shared string, its markup included."""
    part = part_ending(archive, "sharedstrings.xml")
    if not part:
        return []
    return [len(piece) for piece in re.split(rb"</(?:\w+:)?si>", archive.read(part))]
