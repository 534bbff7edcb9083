"""Reports to xlsx by openpyxl: one sheet a table, as the paper shows it, with real numbers and a native chart."""

from collections.abc import Sequence
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gansu_care.spreadsheets.tables import (
    DATE,
    DECIMAL,
    INT,
    MONEY,
    NOT_APPLICABLE,
    PERCENT,
    TEXT,
    Table,
    Value,
    check_text,
)

from .cell_text import clean
from .package import sheet_title
from .sheet_columns import display_width

# Minus is U+2212, as on the page.
FORMATS = {
    INT: '#,##0;"\u2212"#,##0',
    MONEY: '#,##0.00;"\u2212"#,##0.00',
    DECIMAL: '#,##0.00;"\u2212"#,##0.00',
    PERCENT: '0.0;"\u2212"0.0',
    DATE: "yyyy\\-mm\\-dd",
    TEXT: "@",
}
NARROW, WIDE, STUB = 9.0, 18.0, 24.0
TITLE_ROW, BASIS_ROW, HEAD_ROW = 1, 2, 3
PORTRAIT_COLUMNS = 7
THIN, MEDIUM = Side(style="thin"), Side(style="medium")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
SHADE = PatternFill("solid", fgColor="F5F7FB")
FAILED = Font(color="B42318", bold=True)


def write_report(file: IO[bytes], tables: Sequence[Table], *, footer: str = "") -> None:
    """Write the tables of a report, one sheet each.

    Args:
        footer: printed at the foot of each page: who made the file, and when.
    """
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(_sheet_name(book, table))
        _write_table(sheet, table)
        _print_setup(sheet, table, footer)
    book.save(file)


def _sheet_name(book: Workbook, table: Table) -> str:
    name = f"{table.label} {table.title}"
    wanted = sheet_title(name)
    return wanted if wanted not in book.sheetnames else sheet_title(name, len(book.sheetnames))


def _write_table(sheet: Worksheet, table: Table) -> None:
    _write_title(sheet, table)
    first = HEAD_ROW + table.depth
    _write_head(sheet, table)
    last = _write_rows(sheet, table, first)
    below = _write_below(sheet, table, last + 1)
    _write_chart(sheet, table, below + 1)
    sheet.freeze_panes = f"B{first}"
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def put(cell: XlsxCell, value: Any) -> None:
    """A value into a cell; text is never taken for a formula."""
    if isinstance(value, int | float) or not value or isinstance(value, date) or hasattr(value, "as_tuple"):
        cell.value = value
        return
    cell.value = clean(value)
    cell.data_type = "s"
    cell.quotePrefix = str(value).startswith(("=", "+", "-", "@"))


def _write_title(sheet: Worksheet, table: Table) -> None:
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=table.width)
    title = sheet.cell(TITLE_ROW, 1)
    put(title, f"{table.label}　{table.title}")
    title.font, title.alignment = Font(size=16, bold=True), CENTRED
    sheet.row_dimensions[TITLE_ROW].height = 30
    put(sheet.cell(BASIS_ROW, 1), table.basis)
    sheet.cell(BASIS_ROW, 1).font = Font(size=10)
    if str(table.unit):
        unit = sheet.cell(BASIS_ROW, table.width)
        put(unit, _("单位：%(unit)s") % {"unit": table.unit})
        unit.alignment, unit.font = Alignment(horizontal="right"), Font(size=10)


def _write_head(sheet: Worksheet, table: Table) -> None:
    for level, headings in enumerate(table.heads()):
        for heading in headings:
            top, left = HEAD_ROW + level, heading.column + 1
            bottom, right = top + heading.depth - 1, left + heading.span - 1
            if (bottom, right) != (top, left):
                sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
            put(sheet.cell(top, left), heading.text)
    for row in range(HEAD_ROW, HEAD_ROW + table.depth):
        for column in range(1, table.width + 1):
            _style_head(sheet.cell(row, column), row, column, table)


def _style_head(cell: Any, row: int, column: int, table: Table) -> None:
    is_first, is_last = row == HEAD_ROW, row == HEAD_ROW + table.depth - 1
    cell.font, cell.alignment, cell.fill = Font(bold=True), CENTRED, SHADE
    cell.border = Border(
        top=MEDIUM if is_first else THIN,
        bottom=THIN if is_last else None,
        left=THIN if column > 1 else None,
    )


def _write_rows(sheet: Worksheet, table: Table, first: int) -> int:
    """Write the body from row `first` on; returns its last row."""
    number = first - 1
    for number, row in enumerate(table.rows, start=first):
        label = sheet.cell(number, 1)
        put(label, row.label)
        label.alignment = Alignment(indent=2 * row.level + (0 if row.is_sum or row.is_section else 1))
        for index, cell in enumerate(row.cells):
            _write_figure(sheet.cell(number, index + 2), cell.value, table.kind(index, cell))
        if row.is_section:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=table.width)
        for column in range(1, table.width + 1):
            _style_body(sheet.cell(number, column), column, bold=row.is_sum or row.is_section)
    for column in range(1, table.width + 1):
        bottom = sheet.cell(max(number, first - 1), column)
        bottom.border = Border(top=bottom.border.top, left=bottom.border.left, bottom=MEDIUM)
    return number


def _style_body(cell: Any, column: int, *, bold: bool) -> None:
    cell.border = Border(bottom=THIN, left=THIN if column > 1 else None)
    if bold:
        cell.font, cell.fill = Font(bold=True), SHADE


def _write_figure(cell: XlsxCell, value: Value, kind: str) -> None:
    if value is None:
        cell.value, cell.alignment = NOT_APPLICABLE, Alignment(horizontal="right")
        return
    put(cell, value)
    cell.number_format = FORMATS[kind]
    if kind == TEXT:
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _write_below(sheet: Worksheet, table: Table, row: int) -> int:
    """Notes and checks under the table; returns the last row used."""
    lines: list[tuple[str, Font]] = []
    for place, note in enumerate(table.notes, start=1):
        text = _("注：%(note)s") if len(table.notes) == 1 else _("注%(place)s：%(note)s")
        lines.append((text % {"place": place, "note": note}, Font(size=10)))
    for check in table.checks:
        mark, font = ("✓", Font(size=10)) if check.holds else ("✗", FAILED)
        lines.append((f"{mark} {check_text(check)}", font))
    for number, (text, font) in enumerate(lines, start=row):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=table.width)
        cell = sheet.cell(number, 1)
        put(cell, text)
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
    return row + len(lines) - 1


def _write_chart(sheet: Worksheet, table: Table, row: int) -> None:
    """A native bar chart of the table's plain rows, which staff can edit, under the table."""
    drawn = table.as_chart()
    if drawn is None or not drawn["rows"]:
        return
    source, heads, first = _chart_source(sheet, table, drawn)
    last = first + len(drawn["rows"]) - 1
    chart = BarChart()
    chart.title, chart.style, chart.height, chart.width = str(drawn["title"]), 10, 9, 20
    chart.y_axis.numFmt, chart.y_axis.delete, chart.x_axis.delete = "#,##0", False, False
    for name, column in heads:
        series = Series(Reference(source, min_col=column, min_row=first, max_row=last), title=name)
        chart.series.append(series)
    chart.legend = None if len(heads) == 1 else chart.legend
    chart.set_categories(Reference(source, min_col=1, min_row=first, max_row=last))
    sheet.add_chart(chart, f"A{row + 1}")


def _chart_source(sheet: Worksheet, table: Table, drawn: dict[str, Any]) -> tuple[Worksheet, list, int]:
    """Where the chart's figures stand: (sheet, [(name, column)], first row). The table itself, when its plain rows
    follow each other; else a hidden sheet, since a chart takes one block of cells.
    """
    places = [place for place, row in enumerate(table.rows) if row in table.plain_rows()]
    names = [str(head) for head in drawn["heads"][1:]]
    if places == list(range(places[0], places[0] + len(places))):
        columns = [index + 2 for index, column in enumerate(table.columns) if column.key in drawn["keys"]]
        return sheet, list(zip(names, columns, strict=True)), HEAD_ROW + table.depth + places[0]
    data = sheet.parent.create_sheet(sheet_title(_("图表数据 %(number)s") % {"number": table.number}))
    data.sheet_state = "hidden"
    for number, values in enumerate([drawn["heads"], *drawn["rows"]], start=1):
        for column, value in enumerate(values, start=1):
            put(data.cell(number, column), value)
    return data, [(name, column) for column, name in enumerate(names, start=2)], 2


def _widths(table: Table) -> list[float]:
    labels = max((display_width(str(row.label)) + 2 * row.level for row in table.rows), default=0)
    widths = [min(max(STUB, labels + 2), 40)]
    for index, column in enumerate(table.columns):
        figures = (display_width(_as_typed(row.cells[index].value)) for row in table.rows if row.cells)
        own = max(display_width(str(column.headings[-1])) + 2, max(figures, default=0) + 3, NARROW)
        widths.append(min(own, 40 if column.kind == TEXT else WIDE))
    return widths


def _as_typed(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) or hasattr(value, "as_tuple") else str(value or "")


def _print_setup(sheet: Worksheet, table: Table, footer: str) -> None:
    """A4, all columns on one page's width, headings on each page, page numbers."""
    setup = sheet.page_setup
    setup.paperSize = sheet.PAPERSIZE_A4
    setup.orientation = "portrait" if table.width <= PORTRAIT_COLUMNS else "landscape"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW + table.depth - 1}"
    sheet.print_options.horizontalCentered = True
    bottom = sheet.max_row + (22 if table.chart else 0)
    sheet.print_area = f"A1:{get_column_letter(table.width)}{bottom}"
    sheet.oddFooter.left.text = clean(footer).replace("&", "＆")
    sheet.oddFooter.right.text = "&P / &N"
