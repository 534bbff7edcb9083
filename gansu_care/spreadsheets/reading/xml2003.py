"""“XML 表格 2003” (SpreadsheetML), which Excel and WPS open under the name .xls."""

import re
from datetime import datetime
from xml.etree import ElementTree

from .cells import EmptyFormula, ErrorValue
from .grid import Grid
from .sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Sheet, Workbook
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
    grid = Grid(element.get(f"{_SS}Name", ""))
    number = 0
    for row in element.iterfind(f"{_SS}Table/{_SS}Row"):
        number = int(row.get(f"{_SS}Index", number + 1))
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = int(cell.get(f"{_SS}Index", column + 1))
            right, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
            if (value := _value(cell)) is not None:
                grid.put(number - 1, column - 1, value)
            grid.merge(number - 1, column - 1, down + 1, right + 1)
            column += right
    visible = element.find(f".//{_X}Visible")
    return grid.sheet(_STATES.get(getattr(visible, "text", ""), VISIBLE))


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
        return datetime.fromisoformat(text).replace(tzinfo=None)
    if kind == "Boolean":
        return text == "1"
    return ErrorValue(text) if kind == "Error" else text
