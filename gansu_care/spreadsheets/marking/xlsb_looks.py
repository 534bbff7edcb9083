"""The looks of Excel's binary workbook: number formats and widths. Records: [MS-XLSB] 2.4."""

import struct
import zipfile
from io import BytesIO

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading.relations import part_ending, relations_of
from gansu_care.spreadsheets.reading.xlsb import _listed as listed_sheets
from gansu_care.spreadsheets.reading.xlsb import _records as records
from gansu_care.spreadsheets.reading.xlsb import _text as text_at

from .looks import FIRST_OWN, Looks, NewStyles, SheetLook

_ROW, _SHORT_FIRST, _SHORT_LAST, _LAST_CELL, _RICH_TEXT, _COLUMN = 0, 12, 18, 18, 62, 60
_FORMAT, _XF, _CELL_XFS, _END_CELL_XFS = 44, 47, 617, 618


def looks_of_xlsb(data: bytes) -> Looks:
    archive = zipfile.ZipFile(BytesIO(data))
    book = part_ending(archive, "workbook.bin")
    relations = relations_of(archive, book)
    _epoch1904, listed = listed_sheets(archive, book)
    styles_part = next((path for kind, path in relations.values() if kind == "styles"), "")
    sheets = {name: _look(archive, relations[relation][1]) for name, _state, relation in listed}
    return Looks(sheets, _styles(archive, styles_part))


def _styles(archive: zipfile.ZipFile, part: str) -> str:
    """Every cell format in the file's own order: a cell's format keeps its number."""
    styles, codes, of_cells = NewStyles(), dict[int, str](), False
    for number, content in records(archive, part) if part else ():
        if number == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = text_at(content, 2)[0]
        elif number in (_CELL_XFS, _END_CELL_XFS):
            of_cells = number == _CELL_XFS
        elif number == _XF and of_cells:
            key = struct.unpack_from("<H", content, 2)[0]
            styles.format(styles.code(key, codes.get(key, "General")))
    return styles.written()


def _look(archive: zipfile.ZipFile, part: str) -> SheetLook:
    formats: dict[tuple[int, int], int] = {}
    widths: dict[int, float] = {}
    row, column = 0, -1
    for number, content in records(archive, part):
        if number == _ROW:
            row, column = struct.unpack_from("<I", content)[0], -1
        elif number == _COLUMN:
            first, last, width = struct.unpack_from("<III", content)
            widths |= dict.fromkeys(range(first, min(last + 1, limits.COLUMNS)), width / 256)
        elif number <= _LAST_CELL or number == _RICH_TEXT:
            short = _SHORT_FIRST <= number <= _SHORT_LAST
            column = column + 1 if short else struct.unpack_from("<I", content)[0]
            at = 0 if short else 4
            if place := int.from_bytes(content[at : at + 3], "little"):
                formats[row, column] = FIRST_OWN + place
    return SheetLook(lambda row, column: formats.get((row, column)), widths=widths)
