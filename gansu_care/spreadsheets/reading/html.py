"""Web pages saved as .xls: many office systems "export to Excel" that way."""

import re
from html.parser import HTMLParser

from .. import limits
from .sheets import Merge, Sheet, Workbook
from .text import decode
from .unreadable import Unreadable

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(data: bytes) -> Workbook:
    """Each table of the page as a sheet; every value is text."""
    parser = _Tables()
    parser.feed(_decoded(data))
    parser.close()
    sheets = [Sheet(f"Sheet{number}", *table.laid_out()) for number, table in enumerate(parser.tables, 1)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise Unreadable("E_FILE_UNKNOWN")
    return Workbook("html", sheets, numbers_as_text=True)


def _decoded(data: bytes) -> str:
    told = _CHARSET.search(data[:2000])
    if told and told[1].lower().startswith(b"gb"):
        return data.decode("gb18030", "replace")
    return decode(data)


class _Table:
    def __init__(self) -> None:
        self.rows: list[list[tuple[str, int, int]]] = []

    def laid_out(self) -> tuple[list[list], str, list[Merge]]:
        """Rows as a rectangle, the state of a sheet, and the merged ranges."""
        grid: dict[tuple[int, int], str | None] = {}
        merges: list[Merge] = []
        for number, cells in enumerate(self.rows):
            column = 0
            for text, down, right in cells:
                while (number, column) in grid:
                    column += 1
                if column + right > limits.COLUMNS:
                    raise Unreadable("E_TOO_MANY_COLUMNS", sheet="HTML", limit=limits.COLUMNS)
                down = min(down, len(self.rows) - number)
                for place in ((number + r, column + c) for r in range(down) for c in range(right)):
                    grid[place] = None
                grid[number, column] = text or None
                if down > 1 or right > 1:
                    merges.append((number + 1, column + 1, number + down, column + right))
                column += right
        width = max((column for _row, column in grid), default=-1) + 1
        rows = [[grid.get((r, c)) for c in range(width)] for r in range(len(self.rows))]
        return rows, "visible", merges


class _Tables(HTMLParser):
    """Collects the outermost tables; a table inside a cell gives its text to the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self.silent = True
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")
        elif self.depth == 1 and tag == "tr":
            self._begin_row()
        elif self.depth == 1 and tag in ("td", "th"):
            self._begin_cell(dict(attrs))

    def _begin_row(self) -> None:
        self._end_cell()
        rows = self.tables[-1].rows
        if len(rows) >= limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet="HTML", limit=limits.DATA_ROWS)
        rows.append([])

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if not self.tables[-1].rows:
            self.tables[-1].rows.append([])
        self.cell = []
        self.spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self.silent = False
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self._end_cell()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def _end_cell(self) -> None:
        if self.cell is not None:
            down, right = self.spans
            self.tables[-1].rows[-1].append((" ".join("".join(self.cell).split()), down, right))
        self.cell = None


def _span(value: str | None) -> int:
    """A span as browsers read it: what is no number is 1."""
    return max(1, min(int(value), 1000)) if value and re.fullmatch(r"[0-9]{1,6}", value.strip()) else 1
