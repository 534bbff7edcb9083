"""The looks of an old .xls, as xlrd finds them: fonts, fills, borders, number formats, widths and heights."""

import io
from typing import Any
from xml.sax.saxutils import quoteattr

import xlrd

from gansu_care.spreadsheets import limits

from .looks import FIRST_OWN, Looks, NewStyles, SheetLook

_HORIZONTAL = ("general", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_VERTICAL = ("top", "center", "bottom", "justify", "distributed")
_LINES = (
    *("none", "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot"),
    *("mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
)
_SOLID, _BOLD = 1, 700


def looks_of_xls(data: bytes) -> Looks:
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
    )
    return Looks({sheet.name: _look(sheet) for sheet in book.sheets()}, _Formats(book).written())


def _look(sheet: Any) -> SheetLook:
    def style_of(row: int, column: int) -> int | None:
        if row < sheet.nrows and column < sheet.row_len(row):
            return FIRST_OWN + sheet.cell_xf_index(row, column)
        return None

    widths = {
        column: info.width / 256 for column, info in sheet.colinfo_map.items() if column < limits.COLUMNS
    }
    heights = {row: info.height / 20 for row, info in sheet.rowinfo_map.items() if info.height_mismatch}
    return SheetLook(style_of, min(sheet.ncols, limits.COLUMNS), widths, heights)


class _Formats:
    """Every format of the file, in the file's own order: a cell's format keeps its number."""

    def __init__(self, book: Any) -> None:
        self.book, self.styles = book, NewStyles()

    def written(self) -> str:
        for xf in self.book.xf_list:
            fill = (
                self.colour(xf.background.pattern_colour_index)
                if xf.background.fill_pattern == _SOLID
                else ""
            )
            self.styles.format(
                self.number_format(xf.format_key),
                self.styles.font(self.font(self.book.font_list[xf.font_index])),
                self.styles.fill(fill),
                self.styles.border(
                    "".join(self.side(xf.border, name) for name in ("left", "right", "top", "bottom"))
                ),
                _alignment(xf.alignment),
            )
        return self.styles.written()

    def number_format(self, key: int) -> int:
        held = self.book.format_map.get(key)
        return self.styles.code(key, held.format_str if held else "General")

    def font(self, font: Any) -> str:
        marks = (
            *("<b/>" if font.weight >= _BOLD or font.bold else "", "<i/>" if font.italic else ""),
            *("<strike/>" if font.struck_out else "", "<u/>" if font.underline_type else ""),
        )
        return (
            f'{"".join(marks)}<sz val="{font.height / 20:g}"/>{self.tag("color", font.colour_index)}'
            f'<name val={quoteattr(font.name or "宋体")}/><charset val="{font.character_set}"/>'
        )

    def colour(self, index: int) -> str:
        rgb = self.book.colour_map.get(index)
        return f"FF{bytes(rgb).hex().upper()}" if rgb else ""

    def tag(self, name: str, index: int) -> str:
        colour = self.colour(index)
        return f'<{name} rgb="{colour}"/>' if colour else ""

    def side(self, border: Any, name: str) -> str:
        line = _named(_LINES, getattr(border, f"{name}_line_style"))
        if line == "none":
            return f"<{name}/>"
        return f'<{name} style="{line}">{self.tag("color", getattr(border, f"{name}_colour_index"))}</{name}>'


def _alignment(alignment: Any) -> str:
    horizontal, vertical = _named(_HORIZONTAL, alignment.hor_align), _named(_VERTICAL, alignment.vert_align)
    wrap = ' wrapText="1"' if alignment.text_wrapped else ""
    return f'<alignment horizontal="{horizontal}" vertical="{vertical}"{wrap}/>'


def _named(names: tuple[str, ...], number: int) -> str:
    return names[number] if 0 <= number < len(names) else names[0]
