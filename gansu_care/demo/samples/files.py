"""A sheet laid out as county offices lay theirs out, written as .xls, .xlsx or csv."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font


@dataclass
class Layout:
    """Rows of cells from row 1 on; merges as (first row, first column, last row, last column), counted from 0."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    def add(self, *cells: Any) -> int:
        """Append a row; returns its index."""
        self.rows.append(list(cells))
        return len(self.rows) - 1

    def add_across(self, text: str, columns: int) -> None:
        """A line of text over the whole width."""
        row = self.add(text)
        self.merges.append((row, 0, row, columns - 1))

    def add_headings(self, headings: Sequence[str]) -> None:
        """One row of headings, or two where some read “upper/lower”; equal neighbours above share one cell."""
        pairs = [heading.split("/", 1) for heading in headings]
        upper = self.add(*(pair[0] for pair in pairs))
        if all(len(pair) == 1 for pair in pairs):
            return
        lower = self.add(*(pair[1] if len(pair) == 2 else None for pair in pairs))
        first = 0
        for column in range(1, len(pairs) + 1):
            if column < len(pairs) and len(pairs[column]) == 2 and pairs[column][0] == pairs[first][0]:
                self.rows[upper][column] = None
                continue
            self.merges.append((upper, first, upper if len(pairs[first]) == 2 else lower, column - 1))
            first = column


def xls(layouts: Sequence[Layout]) -> bytes:
    """Excel 97-2003, as WPS and old Excel save it."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    plain = xlwt.easyxf("align: wrap on, vert centre")
    for layout in layouts:
        sheet = book.add_sheet(layout.name)
        sheet.visibility = 1 if layout.hidden else 0
        covered = {(row, column) for merge in layout.merges for row, column in _cells(merge)}
        for r, cells in enumerate(layout.rows):
            for c, value in enumerate(cells):
                if value is not None and (r, c) not in covered:
                    sheet.write(r, c, value, day if isinstance(value, date) else plain)
        for first, left, last, right in layout.merges:
            sheet.write_merge(first, last, left, right, layout.rows[first][left], plain)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(merge: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    first, left, last, right = merge
    return [(row, column) for row in range(first, last + 1) for column in range(left, right + 1)]


def xlsx(layouts: Sequence[Layout]) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for layout in layouts:
        sheet = book.create_sheet(layout.name)
        sheet.sheet_state = "hidden" if layout.hidden else "visible"
        for cells in layout.rows:
            sheet.append(cells)
        for first, left, last, right in layout.merges:
            sheet.merge_cells(
                start_row=first + 1, start_column=left + 1, end_row=last + 1, end_column=right + 1
            )
        if layout.merges:
            sheet["A1"].font = Font(bold=True, size=14)
            sheet["A1"].alignment = Alignment(horizontal="center")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_gbk(layout: Layout) -> bytes:
    """As Excel in a Chinese office saves “CSV（逗号分隔）”: the system's encoding and no byte-order mark."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for cells in layout.rows:
        writer.writerow(["" if cell is None else cell for cell in cells])
    return file.getvalue().encode("gb18030")
