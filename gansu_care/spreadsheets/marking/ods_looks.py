"""The looks of OpenDocument: number formats and widths. OpenDocument 1.3, part 3: 16 (styles), 16.29 (data styles)."""

import re
import zipfile
from array import array
from io import BytesIO

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.reading.xml_parser import new_parser

from .looks import TEXT, Looks, NewStyles, SheetLook

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _STYLE, _NUMBER = (
    f"{_OASIS}{name}:1.0 " for name in ("office", "table", "style", "datastyle")
)
_LENGTH = re.compile(r"([0-9.]{1,12})(cm|mm|in|pt|pc|px)")
_PIXELS = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "pc": 16.0, "px": 1.0}
_PIXELS_A_CHARACTER, _MARGIN = 7, 5
_TIMES = re.compile(r"[0-9]{1,7}")
_MANY = 10**7
# Parts of a day or a moment as Excel writes them, short and long.
_OF_MOMENTS = {
    "year": ("yy", "yyyy"),
    "month": ("m", "mm"),
    "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}
_DATA_STYLES = (
    "number-style",
    "currency-style",
    "percentage-style",
    "date-style",
    "time-style",
    "text-style",
)


def looks_of_ods(data: bytes) -> Looks:
    archive = zipfile.ZipFile(BytesIO(data))
    styles = _DataStyles()
    for part in ("styles.xml", "content.xml"):
        if part in archive.namelist():
            _pass(archive, part, styles)
    tables = _Tables(styles)
    _pass(archive, "content.xml", tables)
    return Looks(tables.looks, styles.new.written())


def _pass(archive: zipfile.ZipFile, part: str, reader: "_DataStyles | _Tables") -> None:
    parser = new_parser(namespaces=True)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


class _DataStyles:
    """How numbers are written, by the name of the cell style; how wide columns are, by that of theirs."""

    def __init__(self) -> None:
        self.new = NewStyles()
        self.codes: dict[str, int] = {}
        self.cells: dict[str, int] = {}
        self.widths: dict[str, float] = {}
        self.style = self.data_style = ""
        self.pieces: list[str] = []
        self.is_literal = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag.startswith(_NUMBER):
            self.begin_piece(tag.removeprefix(_NUMBER), said)
        elif tag == f"{_STYLE}style":
            self.style = said.get(f"{_STYLE}name", "")
            code = self.codes.get(said.get(f"{_STYLE}data-style-name", ""))
            if code is not None:
                self.cells[self.style] = self.new.format(code)
        elif tag == f"{_STYLE}table-column-properties":
            self.widths[self.style] = _characters(said.get(f"{_STYLE}column-width", ""))

    def begin_piece(self, name: str, said: dict[str, str]) -> None:
        long = said.get(f"{_NUMBER}style") == "long"
        if name in _DATA_STYLES:
            self.data_style, self.pieces = said.get(f"{_STYLE}name", ""), []
        elif name == "month" and said.get(f"{_NUMBER}textual") == "true":
            self.pieces.append(("mmm", "mmmm")[long])
        elif name in _OF_MOMENTS:
            self.pieces.append(_OF_MOMENTS[name][long])
        elif name == "number":
            self.pieces.append(_code_of_number(said))
        self.is_literal = name in ("text", "currency-symbol")

    def text(self, text: str) -> None:
        if self.is_literal:
            self.pieces.append("%" if text == "%" else f'"{text.replace(chr(34), "")}"')

    def end(self, tag: str) -> None:
        name = tag.removeprefix(_NUMBER)
        self.is_literal = False
        if tag.startswith(_NUMBER) and name in _DATA_STYLES:
            code = "".join(self.pieces)
            if name == "text-style":
                self.codes[self.data_style] = TEXT
            elif code:
                self.codes[self.data_style] = self.new.written_code(code)


class _Tables:
    """The style of each cell of each table, as far as it says how numbers are written."""

    def __init__(self, styles: _DataStyles) -> None:
        self.styles = styles
        self.looks: dict[str, SheetLook] = {}
        self.depth = 0
        self.begin_table("")

    def begin_table(self, name: str) -> None:
        self.name = name
        self.rows: dict[int, array] = {}
        self.widths: dict[int, float] = {}
        self.row = self.column = 0
        self.line, self.times, self.is_filled = array("H"), 1, False

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == f"{_TABLE}table":
            self.depth += 1
            if self.depth == 1:
                self.begin_table(said.get(f"{_TABLE}name", ""))
        elif self.depth == 1 and tag == f"{_TABLE}table-column":
            self.begin_column(said)
        elif self.depth == 1 and tag == f"{_TABLE}table-row":
            self.line, self.times = array("H"), _times(said, "rows-repeated")
            self.is_filled = False
        elif self.depth == 1 and tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self.begin_cell(said)

    def begin_column(self, said: dict[str, str]) -> None:
        past = min(self.column + _times(said, "columns-repeated"), limits.COLUMNS)
        if width := self.styles.widths.get(said.get(f"{_TABLE}style-name", "")):
            self.widths |= dict.fromkeys(range(self.column, past), width)
        self.column = past

    def begin_cell(self, said: dict[str, str]) -> None:
        style = self.styles.cells.get(said.get(f"{_TABLE}style-name", ""), 0)
        room = limits.COLUMNS - len(self.line)
        self.line.extend([style] * min(_times(said, "columns-repeated"), room))
        self.is_filled = self.is_filled or f"{_OFFICE}value-type" in said

    def text(self, text: str) -> None:
        """What cells hold is read elsewhere."""

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self.depth -= 1
            if self.depth == 0:
                self.end_table()
        elif self.depth == 1 and tag == f"{_TABLE}table-row":
            if self.is_filled and any(self.line):
                past = min(self.row + self.times, limits.ROWS)
                self.rows |= dict.fromkeys(range(self.row, past), self.line)
            self.row += self.times

    def end_table(self) -> None:
        rows = self.rows

        def style_of(row: int, column: int) -> int | None:
            line = rows.get(row)
            return (line[column] or None) if line and column < len(line) else None

        self.looks.setdefault(self.name, SheetLook(style_of, widths=self.widths))


def _code_of_number(said: dict[str, str]) -> str:
    """#,##0.00: grouped or not, with so many digits before and behind the point."""
    whole, places = (_digits(said, name) for name in ("min-integer-digits", "decimal-places"))
    front = "0" * max(whole, 1)
    if said.get(f"{_NUMBER}grouping") == "true":
        front = f"#,##{front}"
    return f"{front}.{'0' * places}" if places else front


def _digits(said: dict[str, str], name: str) -> int:
    told = said.get(f"{_NUMBER}{name}", "0")
    return min(int(told), 30) if _TIMES.fullmatch(told) else 0


def _times(said: dict[str, str], name: str) -> int:
    told = said.get(f"{_TABLE}number-{name}", "1")
    return max(1, int(told)) if _TIMES.fullmatch(told) else _MANY


def _characters(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    if not found:
        return 0
    pixels = float(found[1]) * _PIXELS[found[2]]
    return max(round((pixels - _MARGIN) / _PIXELS_A_CHARACTER, 2), 0)
