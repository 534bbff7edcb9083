"""The old binary .xls (also WPS .et). Values come from calamine; failed and empty formulas from the BIFF records.

Record numbers and layouts: [MS-XLS] 2.4.
"""

import io
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook
from xlrd.biffh import error_text_from_code
from xlrd.book import unpack_SST_table
from xlrd.compdoc import CompDoc

from .. import limits
from .calamine import states_of, values_of
from .cells import EmptyFormula, ErrorValue
from .sheets import Sheet, Workbook
from .unreadable import Unreadable

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_DATEMODE, _FILEPASS, _BOUNDSHEET, _SST, _RECALC, _DIMENSIONS = 0x0022, 0x002F, 0x0085, 0x00FC, 0x01C1, 0x0200
_FORMULA, _MULRK, _RSTRING, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK = (
    *(0x0006, 0x00BD, 0x00D6, 0x00FD),
    *(0x0203, 0x0204, 0x0205, 0x027E),
)
_CELLS = frozenset((_FORMULA, _MULRK, _RSTRING, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK))
_WORKSHEET = 0
_SHORTEST_STRING = 3
_LONGEST_STRING = 2 * 32_767


def read_xls(data: bytes) -> Workbook:
    """All worksheets of the file. Raises Unreadable for encrypted files, other OLE documents and passed limits."""
    stream = _workbook_stream(data)
    book_globals = _globals(stream)
    parts = [_look_over(stream, start, name, book_globals) for name, start in book_globals.sheets]
    _check_text(book_globals, parts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for name, state in states_of(book):
        rows, merges = values_of(book, name)
        sheets.append(Sheet(name, rows, state, merges))
    for sheet, part in zip(sheets, parts, strict=False):
        for row, column, marker in part.markers:
            if row < len(sheet.rows) and column < len(sheet.rows[row]):
                sheet.rows[row][column] = marker
    return Workbook("xls", sheets, epoch1904=book_globals.epoch1904)


def _workbook_stream(data: bytes) -> bytes:
    document = CompDoc(data, logfile=io.StringIO(), ignore_workbook_corruption=True)
    if any(entry.name == "EncryptedPackage" for entry in document.dirlist):
        raise Unreadable("E_FILE_ENCRYPTED")
    for name in ("Workbook", "Book"):
        memory, base, length = document.locate_named_stream(name)
        if memory:
            return bytes(memory[base : base + length])
    raise Unreadable("E_FILE_UNKNOWN")


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """(number, content) of each record of one part, which may hold other parts (charts) inside."""
    depth = 0
    while position + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, position)
        if number == _BOF:
            depth += 1
        elif number == _EOF:
            depth -= 1
        if depth == 1 or number == _EOF:
            yield number, stream[position + 4 : position + 4 + length]
        if depth <= 0:
            return
        position += 4 + length


@dataclass(slots=True)
class _Globals:
    epoch1904: bool = False
    calculated: bool = False
    sheets: list[tuple[str, int]] = field(default_factory=list)
    string_count: int = 0
    strings: list[bytes] = field(default_factory=list)


def _globals(stream: bytes) -> _Globals:
    """What the first part says of the whole book; `sheets` are the names of its worksheets and where they begin."""
    found, before = _Globals(), 0
    for number, content in _records(stream, 0):
        if number == _FILEPASS:
            raise Unreadable("E_FILE_ENCRYPTED")
        if number == _DATEMODE:
            found.epoch1904 = content[:2] == b"\x01\x00"
        elif number == _RECALC:
            found.calculated = True
        elif number == _BOUNDSHEET and content[5] == _WORKSHEET:
            found.sheets.append((_name(content), struct.unpack_from("<I", content)[0]))
        elif number == _SST:
            found.string_count, found.strings = struct.unpack_from("<i", content, 4)[0], [content]
        elif number == _CONTINUE and before == _SST:
            found.strings.append(content)
        before = before if number == _CONTINUE else number
    strings_fit = 0 <= found.string_count * _SHORTEST_STRING <= sum(map(len, found.strings))
    if not found.sheets or not strings_fit:
        raise Unreadable("E_FILE_BROKEN")
    return found


def _name(content: bytes) -> str:
    """A sheet's name for messages; in workbooks before Excel 97 only its plain letters."""
    length, is_wide = content[6], content[7:8] == b"\1"
    if is_wide:
        return content[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return content[7:].lstrip(b"\0")[:length].decode("ascii", "replace")


@dataclass(slots=True)
class _Part:
    """One worksheet before calamine reads it: its markers, and how often each shared string is used."""

    markers: list[tuple[int, int, object]] = field(default_factory=list)
    uses: Counter[int] = field(default_factory=Counter)


def _look_over(stream: bytes, start: int, name: str, book: _Globals) -> _Part:
    """Failed cells and formulas without a result; refuses a sheet that would not fit into memory as a rectangle."""
    part, references = _Part(), []
    for number, content in _records(stream, start):
        if number == _DIMENSIONS:
            _check_dimensions(content)
        if number not in _CELLS:
            continue
        row, column = struct.unpack_from("<HH", content)
        if number == _MULRK:
            column = struct.unpack_from("<H", content, len(content) - 2)[0]
        if row >= limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet=name, limit=limits.DATA_ROWS)
        if column >= limits.COLUMNS:
            raise Unreadable("E_TOO_MANY_COLUMNS", sheet=name, limit=limits.COLUMNS)
        if number == _LABELSST:
            references.append(content[6:10])
        elif marker := _marker(number, content, book.calculated):
            part.markers.append((row, column, marker))
    part.uses = Counter(int.from_bytes(index, "little") for index in references)
    return part


def _check_dimensions(content: bytes) -> None:
    """calamine asks for memory by what this record says, and the whole process dies if it is nonsense."""
    rows_and_columns = struct.unpack_from("<IIHH" if len(content) >= 14 else "<HHHH", content)
    first_row, last_row, first_column, last_column = rows_and_columns
    if first_row > last_row or first_column > last_column or last_row > 65_536 or last_column > 256:
        raise Unreadable("E_FILE_BROKEN")


def _marker(number: int, content: bytes, calculated: bool) -> object | None:
    """An empty text as result is a true result in a book that a calculating program saved, and means "never
    calculated" in one written by a library.
    """
    if number == _BOOLERR and content[7]:
        return _error(content[6])
    if number == _FORMULA and content[12:14] == b"\xff\xff":
        if content[6] == 2:
            return _error(content[8])
        if content[6] == 3 and not calculated:
            return EmptyFormula
    return None


def _check_text(book: _Globals, parts: list[_Part]) -> None:
    """One long string may be shared by very many cells: the whole text is measured before it is copied to each."""
    longest = min(_LONGEST_STRING, sum(map(len, book.strings)))
    if sum(part.uses.total() for part in parts) * longest <= limits.TEXT_CHARACTERS:
        return
    lengths, total = _lengths(book), 0
    for (name, _start), part in zip(book.sheets, parts, strict=True):
        total += sum(part.uses[index] * length for index, length in enumerate(lengths))
        if total > limits.TEXT_CHARACTERS:
            raise Unreadable("E_TOO_MUCH_TEXT", sheet=name)


def _lengths(book: _Globals) -> list[int]:
    """Of each shared string. Where fewer are there than the table says, nothing is known of any."""
    try:
        return list(map(len, unpack_SST_table(book.strings, book.string_count)[0]))
    except (AssertionError, IndexError, struct.error):
        return []


def _error(code: int) -> ErrorValue:
    return ErrorValue(error_text_from_code.get(code, "#N/A"))
