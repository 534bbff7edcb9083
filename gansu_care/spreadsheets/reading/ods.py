"""OpenDocument (.ods), which LibreOffice and WPS save: one pass over content.xml gives all of it.

A cell or a row may say that it comes a million times. That costs nothing as long as it is empty; one that holds
something is measured against the limits first. OpenDocument 1.3, part 3: 9 (tables), 19 (attributes).
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .. import limits
from .cells import EmptyFormula, ErrorValue, day_or_moment, plain
from .grid import Grid
from .sheets import HIDDEN, VISIBLE, Sheet, Workbook
from .unreadable import Unreadable
from .xml_parser import new_parser

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0 " for name in ("office", "table", "text", "style"))
_DRAWN = f"{_OASIS}drawing:1.0 "
_CALC_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
# In a cell or between the sheets, but no cell's text: notes, changes, linked data, how characters are read.
_LEFT_OUT = frozenset({
    f"{_OFFICE}annotation", f"{_TABLE}tracked-changes", f"{_TABLE}dde-links", f"{_TABLE}shapes", f"{_TEXT}ruby-text",
})  # fmt: skip
_COPY_OF_ANOTHER_FILE = "ta_extref"
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|(?:Err|错误):[0-9]{3}")
_LONGEST_ERROR = 20
_DURATION = re.compile(r"PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]*)?S")
_COUNT = re.compile(r"[0-9]{1,9}")
_VERY_OFTEN = 10**9
_DAY = 24


def read_ods(data: bytes, archive: zipfile.ZipFile) -> Workbook:
    """All sheets of the file. Raises Unreadable when a limit is passed."""
    document = _Document()
    parser = new_parser(namespaces=True)
    parser.StartElementHandler, parser.EndElementHandler = document.start, document.end
    parser.CharacterDataHandler = document.text
    with archive.open("content.xml") as stream:
        parser.ParseFile(stream)
    if document.tables > limits.SHEETS:
        raise Unreadable("E_TOO_MANY_SHEETS", count=document.tables, limit=limits.SHEETS)
    return Workbook("ods", document.sheets, epoch1904=document.epoch1904)


# --- one cell


@dataclass(slots=True)
class _Cell:
    """One cell: its attributes, and its text so far (None: there is not even an empty paragraph)."""

    attributes: dict[str, str]
    pieces: list[str] | None = None
    room: int = limits.READ_CHARACTERS

    def begin_paragraph(self) -> None:
        if self.pieces is None:
            self.pieces = []
        else:
            self.add("\n")

    def add(self, text: str) -> None:
        if self.pieces is not None and self.room > 0:
            self.pieces.append(text[: self.room])
            self.room -= len(text)

    def value(self) -> object:
        text, calculated = "".join(self.pieces or ()), f"{_TABLE}formula" in self.attributes
        kind = self.attributes.get(f"{_OFFICE}value-type", "")
        if self.attributes.get(_CALC_KIND) == "error" or (calculated and _ERROR.fullmatch(text)):
            return ErrorValue(text[:_LONGEST_ERROR])
        if calculated and not kind and self.pieces is None:
            return EmptyFormula
        return _READ.get(kind, _text)(self.attributes, text)


def _text(attributes: dict[str, str], text: str) -> object:
    return attributes.get(f"{_OFFICE}string-value", "")[: limits.READ_CHARACTERS] or text or None


def _number(attributes: dict[str, str], text: str) -> object:
    """What is no number is a text, for its column to judge."""
    said = attributes.get(f"{_OFFICE}value", text)
    try:
        return float(said)
    except ValueError:
        return said[: limits.READ_CHARACTERS] or None


def _truth(attributes: dict[str, str], text: str) -> object:
    return attributes.get(f"{_OFFICE}boolean-value") == "true"


def _day(attributes: dict[str, str], text: str) -> object:
    """A day before the year 1 or after 9999 is given as it is shown."""
    try:
        value = datetime.fromisoformat(attributes.get(f"{_OFFICE}date-value", ""))
    except ValueError:
        return text or None
    return day_or_moment(value.replace(tzinfo=None))


def _time(attributes: dict[str, str], text: str) -> object:
    found = _DURATION.fullmatch(attributes.get(f"{_OFFICE}time-value", ""))
    if not found:
        return text or None
    hours, minutes, seconds = map(int, found.groups())
    lasting = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return plain((datetime.min + lasting).time() if hours < _DAY else lasting)


_READ: dict[str, Callable[[dict[str, str], str], object]] = {
    "float": _number,
    "percentage": _number,
    "currency": _number,
    "date": _day,
    "time": _time,
    "boolean": _truth,
}

# --- the document


def _times(attributes: dict[str, str], name: str) -> int:
    """How often something comes, or how far it reaches; 1 when nothing is said."""
    said = attributes.get(f"{_TABLE}number-{name}")
    if said is None:
        return 1
    return max(1, int(said)) if _COUNT.fullmatch(said) else _VERY_OFTEN


class _Document:
    """Where the pass stands. An element that is left out is passed over with all it holds."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.tables = 0
        self.epoch1904 = False
        self.style, self.hidden_styles = "", set[str]()
        self.left_out = 0
        self.grid: Grid | None = None
        self.state = VISIBLE
        self.row = self.column = 0
        self.row_times = self.cell_times = 1
        self.filled: list[tuple[int, int, object]] = []
        self.cell: _Cell | None = None
        self.in_paragraph = False

    # --- elements, by their names

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.left_out or tag in _LEFT_OUT or tag.startswith(_DRAWN) or self._is_no_sheet(tag, attributes):
            self.left_out += 1
        elif begin := _BEGIN.get(tag):
            begin(self, attributes)

    def end(self, tag: str) -> None:
        if self.left_out:
            self.left_out -= 1
        elif finish := _END.get(tag):
            finish(self)

    def text(self, text: str) -> None:
        if self.in_paragraph and self.cell and not self.left_out:
            self.cell.add(text)

    def _is_no_sheet(self, tag: str, attributes: dict[str, str]) -> bool:
        """A table inside a cell, a copy of what another file held, a sheet past the limit."""
        if tag != f"{_TABLE}table":
            return False
        if self.grid or attributes.get(f"{_TABLE}style-name") == _COPY_OF_ANOTHER_FILE:
            return True
        self.tables += 1
        return self.tables > limits.SHEETS

    # --- styles and settings

    def begin_style(self, attributes: dict[str, str]) -> None:
        self.style = attributes.get(f"{_STYLE}name", "")

    def table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self.style)

    def null_date(self, attributes: dict[str, str]) -> None:
        self.epoch1904 = attributes.get(f"{_TABLE}date-value", "").startswith("1904")

    # --- tables

    def begin_table(self, attributes: dict[str, str]) -> None:
        self.grid, self.row = Grid(attributes.get(f"{_TABLE}name", "")), 0
        self.state = HIDDEN if attributes.get(f"{_TABLE}style-name") in self.hidden_styles else VISIBLE

    def end_table(self) -> None:
        if self.grid:
            self.sheets.append(self.grid.sheet(self.state))
        self.grid = None

    def begin_row(self, attributes: dict[str, str]) -> None:
        self.column, self.filled = 0, []
        self.row_times = _times(attributes, "rows-repeated")

    def end_row(self) -> None:
        if self.grid and self.filled:
            self.grid.check(self.row + self.row_times - 1, self.filled[-1][1] - 1)
            for row in range(self.row, self.row + self.row_times):
                for first, past, value in self.filled:
                    for column in range(first, past):
                        self.grid.put(row, column, value)
        self.row += self.row_times

    # --- cells

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.cell = _Cell(attributes)
        self.cell_times = _times(attributes, "columns-repeated")

    def end_cell(self) -> None:
        if self.cell and self.grid:
            attributes, value = self.cell.attributes, self.cell.value()
            if value is not None:
                self.filled.append((self.column, self.column + self.cell_times, value))
            right, down = _times(attributes, "columns-spanned"), _times(attributes, "rows-spanned")
            self.grid.merge(self.row, self.column, down, right)
        self.end_covered()

    def end_covered(self) -> None:
        """What a cell under a merged one holds is not shown, and not read."""
        self.column += self.cell_times
        self.cell = None

    # --- text

    def begin_paragraph(self, attributes: dict[str, str]) -> None:
        if self.cell:
            self.cell.begin_paragraph()
            self.in_paragraph = True

    def end_paragraph(self) -> None:
        self.in_paragraph = False

    def spaces(self, attributes: dict[str, str]) -> None:
        said = attributes.get(f"{_TEXT}c", "1")
        self.text(" " * min(int(said) if _COUNT.fullmatch(said) else _VERY_OFTEN, limits.READ_CHARACTERS))

    def line_break(self, attributes: dict[str, str]) -> None:
        self.text("\n")

    def tab(self, attributes: dict[str, str]) -> None:
        self.text("\t")


_BEGIN: dict[str, Callable[[_Document, dict[str, str]], None]] = {
    f"{_STYLE}style": _Document.begin_style,
    f"{_STYLE}table-properties": _Document.table_properties,
    f"{_TABLE}null-date": _Document.null_date,
    f"{_TABLE}table": _Document.begin_table,
    f"{_TABLE}table-row": _Document.begin_row,
    f"{_TABLE}table-cell": _Document.begin_cell,
    f"{_TABLE}covered-table-cell": _Document.begin_cell,
    f"{_TEXT}p": _Document.begin_paragraph,
    f"{_TEXT}s": _Document.spaces,
    f"{_TEXT}line-break": _Document.line_break,
    f"{_TEXT}tab": _Document.tab,
}
_END: dict[str, Callable[[_Document], None]] = {
    f"{_TABLE}table": _Document.end_table,
    f"{_TABLE}table-row": _Document.end_row,
    f"{_TABLE}table-cell": _Document.end_cell,
    f"{_TABLE}covered-table-cell": _Document.end_covered,
    f"{_TEXT}p": _Document.end_paragraph,
}
