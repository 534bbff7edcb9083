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
_LAST = "\x04"
csv.field_size_limit(limits.FILE_BYTES)  # a cell too long is told with its place, like any other
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(data: bytes) -> Workbook:
    """A csv or tsv file as one sheet; every value is text."""
    try:
        text = decode(data)
    except Unreadable:
        if not any(data.startswith(mark) for mark, _encoding in _BOMS):  # a mark says that it is text
            _refuse_programs(data.decode("latin-1"))
        raise
    _refuse_programs(text)
    rows = _rows(text)
    width = max((len(row) for row in rows), default=0)
    if width > limits.COLUMNS:
        raise Unreadable("E_TOO_MANY_COLUMNS", sheet="CSV", limit=limits.COLUMNS)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Workbook("csv", [Sheet("CSV", rows)], numbers_as_text=True)


def _refuse_programs(text: str) -> None:
    """Programs, pictures and other workbooks are full of control characters; texts have none."""
    if len(_CONTROLS.findall(text[:4000])) > 2:
        raise Unreadable("E_FILE_UNKNOWN")


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


def _rows(text: str) -> list[list]:
    """Every line as cells. A line of our own at the end shows whether every quotation mark has its other."""
    text = text if text.endswith(("\n", "\r")) else text + "\n"
    reader = csv.reader(io.StringIO(text + _LAST, newline=""), delimiter=_delimiter(text))
    rows: list[list] = []
    line = begun = 1
    for row in reader:
        if len(rows) > limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet="CSV", limit=limits.DATA_ROWS)
        rows.append([_value(cell) for cell in row])
        begun, line = line, reader.line_num + 1
    if rows.pop() != [_LAST]:
        raise Unreadable("E_QUOTE_OPEN", row=begun)
    return rows


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
