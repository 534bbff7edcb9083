"""Excel's binary workbook (.xlsb): records in the parts of a zip.

calamine reads most of it, but takes whole days for numbers, loses failed formulas and the short records that some
programs write, knows no merged cells and dies of a damaged string table. So the records are read here.
Records and their layouts: [MS-XLSB] 2.1.4 and 2.4.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from xlrd.biffh import error_text_from_code

from .. import limits
from .cells import ErrorValue
from .grid import Grid
from .number_formats import NUMBER, kind_of_format, moment_of
from .relations import Relations, part_ending, relations_of
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Workbook
from .unreadable import Unreadable

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = range(8, 12)
_SHORT_FIRST, _SHORT_LAST = 12, 18  # the same as 1 to 7, in the column after the cell before
_SHORT_OFFSET = 11
_RICH_TEXT = 62
_SHARED_STRING, _FORMAT, _XF, _CELL_XFS, _END_CELL_XFS = 19, 44, 47, 617, 618
_BOOK, _SHEET, _MERGED = 153, 156, 176
_ROWS_OF_EXCEL = 1 << 20
_STATES = (VISIBLE, HIDDEN, VERY_HIDDEN)


def read_xlsb(data: bytes, archive: zipfile.ZipFile) -> Workbook:
    """All worksheets of the file. Raises Unreadable when a limit is passed or a record goes beyond its part."""
    book = part_ending(archive, "workbook.bin")
    relations = relations_of(archive, book)
    epoch1904, listed = _listed(archive, book)
    if len(listed) > limits.SHEETS:
        raise Unreadable("E_TOO_MANY_SHEETS", count=len(listed), limit=limits.SHEETS)
    shared = _shared_strings(archive, relations)
    kinds = _kinds_of_styles(archive, relations)
    sheets = []
    for name, state, relation in listed:
        kind, part = relations[relation]
        if kind == "worksheet":
            cells = _Cells(Grid(name), shared, kinds, epoch1904)
            cells.read(archive, part)
            sheets.append(cells.grid.sheet(state))
    return Workbook("xlsb", sheets, epoch1904=epoch1904)


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    """(number, content) of each record of a part."""
    data, at = archive.read(part), 0
    while at < len(data):
        number, at = data[at], at + 1
        if number & 0x80:
            number, at = number & 0x7F | (data[at] & 0x7F) << 7, at + 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if at + length > len(data):
            raise Unreadable("E_FILE_BROKEN")
        yield number, data[at : at + length]
        at += length


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends; FFFFFFFF characters are none."""
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise Unreadable("E_FILE_BROKEN")
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _listed(archive: zipfile.ZipFile, book: str) -> tuple[bool, list[tuple[str, str, str]]]:
    """Whether days count from 1904, and (name, state, id of its relation) of each sheet."""
    epoch1904, listed = False, []
    for number, content in _records(archive, book):
        if number == _BOOK:
            epoch1904 = bool(content[0] & 1)
        elif number == _SHEET:
            (state,) = struct.unpack_from("<I", content)
            relation, end = _text(content, 8)
            listed.append((_text(content, end)[0], _STATES[min(state, 2)], relation))
    return epoch1904, listed


def _part_of_kind(relations: Relations, wanted: str) -> str:
    return next((path for kind, path in relations.values() if kind == wanted), "")


def _shared_strings(archive: zipfile.ZipFile, relations: Relations) -> list[str]:
    part = _part_of_kind(relations, "sharedStrings")
    if not part:
        return []
    return [_text(content, 1)[0] for number, content in _records(archive, part) if number == _SHARED_STRING]


def _kinds_of_styles(archive: zipfile.ZipFile, relations: Relations) -> list[str]:
    """For each cell style: whether its numbers are shown as numbers, as moments or as spans of time."""
    formats: dict[int, str] = {}
    kinds: list[str] = []
    of_cells = False
    part = _part_of_kind(relations, "styles")
    for number, content in _records(archive, part) if part else ():
        if number == _FORMAT:
            formats[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif number in (_CELL_XFS, _END_CELL_XFS):
            of_cells = number == _CELL_XFS
        elif number == _XF and of_cells:
            kinds.append(kind_of_format(struct.unpack_from("<H", content, 2)[0], formats))
    return kinds


@dataclass(slots=True)
class _Cells:
    """The records of one worksheet, put into its grid."""

    grid: Grid
    shared: list[str]
    kinds: list[str]
    epoch1904: bool
    row: int = 0
    column: int = -1
    merged: list[tuple[int, ...]] = field(default_factory=list)

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        for number, content in _records(archive, part):
            if number == _ROW:
                self.begin_row(content)
            elif number <= _SHORT_LAST or number == _RICH_TEXT:
                self.cell(number, content)
            elif number == _MERGED:
                first, last, left, right = struct.unpack_from("<IIII", content)
                self.grid.merge(first, left, last - first + 1, right - left + 1)

    def begin_row(self, content: bytes) -> None:
        (self.row,) = struct.unpack_from("<I", content)
        self.column = -1
        if self.row >= _ROWS_OF_EXCEL:
            raise Unreadable("E_FILE_BROKEN")

    def cell(self, number: int, content: bytes) -> None:
        if _SHORT_FIRST <= number <= _SHORT_LAST:
            number, self.column, at = number - _SHORT_OFFSET, self.column + 1, 4
        else:
            self.column, at = struct.unpack_from("<I", content)[0], 8
        value = self.value(number, content, at)
        if value is not None:
            self.grid.put(self.row, self.column, value)

    def value(self, number: int, content: bytes, at: int) -> object:
        if number in (_SHARED, _TEXT, _FORMULA_TEXT, _RICH_TEXT):
            return self.text(number, content, at) or None
        if number in (_REAL, _FORMULA_NUMBER):
            return self.number(struct.unpack_from("<d", content, at)[0], content, at)
        if number == _RK:
            return self.number(_unpacked(content[at : at + 4]), content, at)
        if number in (_BOOL, _FORMULA_BOOL):
            return bool(content[at])
        if number in (_ERROR, _FORMULA_ERROR):
            return ErrorValue(error_text_from_code.get(content[at], "#N/A"))
        return None

    def text(self, number: int, content: bytes, at: int) -> str:
        if number == _SHARED:
            return self.shared[struct.unpack_from("<I", content, at)[0]]
        return _text(content, at + 1 if number == _RICH_TEXT else at)[0]

    def number(self, value: float, content: bytes, at: int) -> object:
        style = int.from_bytes(content[at - 4 : at - 1], "little")
        kind = self.kinds[style] if style < len(self.kinds) else NUMBER
        return value if kind == NUMBER else moment_of(value, kind, self.epoch1904)


def _unpacked(content: bytes) -> float:
    """A number in four bytes. [MS-XLSB] 2.5.123: two flags, then 30 bits of a whole number or of a float."""
    (raw,) = struct.unpack("<i", content)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", raw & ~3))[0]
    return value / 100 if raw & 1 else value
