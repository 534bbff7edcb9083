"""Text files: which encoding, which delimiter, which rows."""

import csv
import io
import re

from .. import limits
from .sheets import Sheet, Workbook
from .unreadable import Unreadable

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ("\t", ",", ";", "，", "|")
_LINES_TO_JUDGE = 60
# Excel users write ="6201…" to keep a number as text.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(data: bytes) -> Workbook:
    """A csv or tsv file as one sheet; every value is text."""
    text = decode(data)
    if len(_CONTROLS.findall(text[:4000])) > 2:
        raise Unreadable("E_FILE_UNKNOWN")
    try:
        rows = list(_rows(text))
    except csv.Error as fault:  # a cell of more than 131,072 characters
        raise Unreadable("E_TOO_MUCH_TEXT") from fault
    width = max((len(row) for row in rows), default=0)
    if width > limits.COLUMNS:
        raise Unreadable("E_TOO_MANY_COLUMNS", sheet="CSV", limit=limits.COLUMNS)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Workbook("csv", [Sheet("CSV", rows)], numbers_as_text=True)


def decode(data: bytes) -> str:
    """The text: by its mark, else UTF-8 if it is, else GB18030.

    Never gb2312: it reads A1A4, the dot of minority names, as U+30FB. Raises Unreadable with the row that fails.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if unmarked := _utf16_without_mark(data):
        return _strictly(data, unmarked)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")


def _utf16_without_mark(data: bytes) -> str | None:
    """Delimiters, digits and line ends are ASCII: in UTF-16 each of them brings a zero byte."""
    sample = data[:4000]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) * 10 < len(sample) // 2:
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        good = data[: fault.start].decode(encoding, "ignore")
        raise Unreadable("E_FILE_ENCODING", row=good.count("\n") + 1) from None


def _rows(text: str):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for count, row in enumerate(reader, 1):
        if count > limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet="CSV", limit=limits.DATA_ROWS)
        yield [_value(cell) for cell in row]


def _value(cell: str) -> str | None:
    if cell.startswith('="') and (kept := _TEXT_FORMULA.fullmatch(cell)):
        cell = kept[1]
    return cell or None


def _delimiter(text: str) -> str:
    """The one that cuts most lines into equally many cells; a line cut into one cell says nothing."""
    lines = text[:200_000].splitlines()[:_LINES_TO_JUDGE]
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    most = max(set(wide), key=lambda width: (wide.count(width), width), default=0)
    return wide.count(most), most
