"""“XML 表格 2003” (SpreadsheetML), which Excel and WPS open under the name .xls."""

import re
from datetime import datetime
from xml.etree import ElementTree

from .. import limits
from .cells import EmptyFormula, ErrorValue
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Merge, Sheet, Workbook
from .unreadable import Unreadable

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS, _X = f"{{{NAMESPACE}}}", "{urn:schemas-microsoft-com:office:excel}"
_STATES = {"SheetHidden": HIDDEN, "SheetVeryHidden": VERY_HIDDEN}


def read_xml2003(data: bytes) -> Workbook:
    """All worksheets of the file."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", data):
        raise Unreadable("E_FILE_UNSAFE")
    root = ElementTree.fromstring(data)
    sheets = [_sheet(element) for element in root.iter(f"{_SS}Worksheet")]
    return Workbook("xml", sheets, epoch1904=root.find(f".//{_X}Date1904") is not None)


def _sheet(element: ElementTree.Element) -> Sheet:
    name = element.get(f"{_SS}Name", "")
    cells: dict[tuple[int, int], object] = {}
    merges: list[Merge] = []
    number = 0
    for row in element.iterfind(f"{_SS}Table/{_SS}Row"):
        number = int(row.get(f"{_SS}Index", number + 1))
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = int(cell.get(f"{_SS}Index", column + 1))
            right, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
            if (value := _value(cell)) is not None:
                cells[number - 1, column - 1] = value
            if right or down:
                merges.append((number, column, number + down, column + right))
            column += right
    visible = element.find(f".//{_X}Visible")
    return Sheet(name, _rectangle(cells, name), _STATES.get(getattr(visible, "text", ""), VISIBLE), merges)


def _rectangle(cells: dict[tuple[int, int], object], name: str) -> list[list]:
    height = max((row for row, _column in cells), default=-1) + 1
    width = max((column for _row, column in cells), default=-1) + 1
    if height > limits.ROWS:
        raise Unreadable("E_TOO_MANY_ROWS", sheet=name, limit=limits.DATA_ROWS)
    if width > limits.COLUMNS:
        raise Unreadable("E_TOO_MANY_COLUMNS", sheet=name, limit=limits.COLUMNS)
    return [[cells.get((row, column)) for column in range(width)] for row in range(height)]


def _value(cell: ElementTree.Element) -> object:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return EmptyFormula if cell.get(f"{_SS}Formula") else None
    text = "".join(data.itertext())
    if not text:
        return None
    kind = data.get(f"{_SS}Type")
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        return datetime.fromisoformat(text)
    if kind == "Boolean":
        return text == "1"
    return ErrorValue(text) if kind == "Error" else text
