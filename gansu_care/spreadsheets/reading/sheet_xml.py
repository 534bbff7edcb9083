"""Looking over a sheet's XML before calamine reads it: failed formulas, formulas without result, its true size.

A quick search of the bytes is enough for the sheets that spreadsheet programs write; any other is read cell by cell.
"""

import re
import zipfile
from dataclasses import dataclass, field

from .. import limits
from .archive import chunks
from .cells import EmptyFormula, ErrorValue, column_index
from .unreadable import Unreadable
from .xml_parser import new_parser

Marker = tuple[int, int, object]

# A cell that does not begin with its address.
_NO_ADDRESS = re.compile(rb"<c(?:>| [^r>])")
# Cells right of GR (column 200) or below row 60,999.
_FAR = re.compile(
    rb'r="(?:[A-Z]*(?:6[1-9][0-9]{3}|[7-9][0-9]{4}|[0-9]{6,})"|(?:G[S-Z]|[H-Z][A-Z]|[A-Z]{3})[0-9])'
)
_FORMULA = re.compile(rb"<f[ />]")
_FAILED = re.compile(rb" t=[\"']e[\"']")
_FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)><f(?: [^>]*)?(?:/>|>[^<]*</f>)(<v>[^<]|<v */>|<v></v>|</c>)'
)
_FAILED_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"[^>]*>(?:<f(?: [^>]*)?(?:/>|>[^<]*</f>))?<v>([^<]+)</v>'
)


def look_over(archive: zipfile.ZipFile, part: str, name: str, shared: list[int]) -> list[Marker]:
    """(row, column, marker) of the cells calamine hides, counted from 0.

    `shared`: the size of each shared string. Raises Unreadable for what would not fit into memory.
    """
    if part not in archive.namelist():
        return []
    if _is_ordinary(archive, part, max(shared, default=0)):
        markers = _quick_markers(archive, part)
        if markers is not None:
            return markers
    sheet = _CellByCell(shared)
    sheet.read(archive, part)
    sheet.check(name)
    return sheet.markers


def _is_ordinary(archive: zipfile.ZipFile, part: str, longest: int) -> bool:
    """Written plainly, of an ordinary size, and not too much text even if every string were the longest."""
    texts = 0
    for number, (chunk, _fresh) in enumerate(chunks(archive, part)):
        if (number == 0 and b"<worksheet" not in chunk) or _NO_ADDRESS.search(chunk) or _FAR.search(chunk):
            return False
        texts += chunk.count(b't="s"') + chunk.count(b"t='s'")
    return texts * longest <= limits.TEXT_CHARACTERS


def _quick_markers(archive: zipfile.ZipFile, part: str) -> list[Marker] | None:
    """The markers by search; None when a formula or a failed cell is written in a way the search does not know."""
    data = archive.read(part)
    formulas, failed = len(_FORMULA.findall(data)), len(_FAILED.findall(data))
    if not formulas and not failed:
        return []
    known = _FORMULA_CELL.findall(data) if formulas else []
    errors = _FAILED_CELL.findall(data) if failed else []
    if len(known) != formulas or len(errors) != failed:
        return None
    empty = [(*_place(cell), EmptyFormula) for cell in known if _has_no_result(cell)]
    return empty + [(*_place(cell), ErrorValue(cell[2].decode())) for cell in errors]


def _place(cell: tuple[bytes, ...]) -> tuple[int, int]:
    return int(cell[1]) - 1, column_index(cell[0].decode())


def _has_no_result(cell: tuple[bytes, ...]) -> bool:
    """A text formula may have an empty text as its result."""
    return cell[3] == b"</c>" or (
        cell[3].startswith(b"<v") and cell[3][-1:] == b">" and b't="str"' not in cell[2]
    )


@dataclass(slots=True)
class _CellByCell:
    """The slow and exact way: one pass of expat over a sheet's XML."""

    shared: list[int]
    markers: list[tuple] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    text_bytes: int = 0
    row: int = 0
    column: int = 0
    kind: str = ""
    formula: bool = False
    value: str | None = None
    inside: bool = False

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        with archive.open(part) as stream:
            parser.ParseFile(stream)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.begin_cell(attributes)
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside, self.value = True, self.value or ""

    def begin_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        letters = address.rstrip("0123456789") if address else ""
        self.column = column_index(letters) + 1 if letters else self.column + 1
        self.kind, self.formula, self.value = attributes.get("t", "n"), False, None

    def text(self, data: str) -> None:
        if self.inside:
            self.value = f"{self.value}{data}"

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "c":
            self.end_cell()

    def end_cell(self) -> None:
        if self.value is None and not self.formula:
            return
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        place = self.row - 1, self.column - 1
        if self.kind == "e":
            self.markers.append((*place, ErrorValue(self.value or "#N/A")))
        elif self.value is None or (self.value == "" and self.kind != "str"):
            if self.formula:
                self.markers.append((*place, EmptyFormula))
        elif self.kind == "s":
            self.text_bytes += self.shared[int(self.value)]

    def check(self, name: str) -> None:
        """Refuse before calamine lays the sheet out as a rectangle."""
        if self.last_row > limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet=name, limit=limits.DATA_ROWS)
        if self.last_column > limits.COLUMNS:
            raise Unreadable("E_TOO_MANY_COLUMNS", sheet=name, limit=limits.COLUMNS)
        if self.text_bytes > limits.TEXT_CHARACTERS:
            raise Unreadable("E_TOO_MUCH_TEXT", sheet=name)
