"""The marks written into a sheet: the style of the cells that are coloured, the cells of our column, nothing else.

Rows that hold no mark keep their bytes. Texts stand in the cells themselves (inline), so that the shared strings are
not touched; they can never become formulas.
"""

import re
from functools import lru_cache
from xml.sax.saxutils import escape

from gansu_care.spreadsheets.reading.cells import column_letter
from gansu_care.spreadsheets.writing.cell_text import clean

from .orders import Note
from .package import Package
from .row_cells import AddressedCells, CountedCells, RowCells, style_of
from .sheet_frame import Head, Tail
from .sheet_plan import Plan
from .sheet_stream import HEAD, ROWS, Cell, pieces
from .styles import Styles
from .tags import encoded, replaced, with_attribute

Change = tuple[int, int, bytes]


class Drawing:
    """How a sheet names the drawing of its comments, if it does not do so yet."""

    def __init__(self, tag_attribute: bytes = b"", relation_id: str = "") -> None:
        self.tag_attribute, self.relation_id = tag_attribute, relation_id


def mark_sheet(package: Package, part: str, plan: Plan, styles: Styles, drawing: Drawing) -> None:
    """Write the sheet anew, row by row."""
    marks = _Marks(plan, styles)
    with package.rewriting(part) as out:
        number = 0
        for kind, data in pieces(package, part):
            if kind == HEAD:
                out.write(marks.head(data))
            elif kind == ROWS:
                number, block = marks.block(data, number)
                out.write(block)
            else:
                out.write(marks.rows_before(None))
                out.write(_tail(data, plan, drawing))


def _tail(data: bytes, plan: Plan, drawing: Drawing) -> bytes:
    if not drawing.relation_id:
        return data
    return Tail(data).with_comments_drawing(
        plan.look.grammar.prefix, drawing.tag_attribute, drawing.relation_id
    )


class _Marks:
    def __init__(self, plan: Plan, styles: Styles) -> None:
        self.plan, self.styles, self.grammar = plan, styles, plan.look.grammar
        self.column_styles: dict[range, int] = {}
        self.kind_of_cells: type[RowCells] = AddressedCells if plan.look.is_addressed else CountedCells
        # An earlier marking is taken off wherever it stands.
        self.cleaning = bool(styles.marked) or plan.look.own_column is not None
        wanted = plan.cells.keys() | plan.results.keys()
        self.missing = sorted(wanted - plan.look.rows) if plan.look.rows else []
        self.xml = b""

    def head(self, data: bytes) -> bytes:
        head = Head(data)
        self.xml, self.column_styles = data[:200], head.column_styles()
        return data if self.plan.column is None else head.with_column(self.plan.column)

    # --- rows

    def block(self, data: bytes, number: int) -> tuple[int, bytes]:
        """The rows of a block with their marks, and the number of the last one."""
        made, place, last = [], 0, number
        for last, start, end in self.grammar.rows(data, number):
            made += [data[place:start], self.rows_before(last), self.row(last, data[start:end])]
            place = end
        return last, b"".join([*made, data[place:]])

    def rows_before(self, number: int | None) -> bytes:
        """Rows that the sheet does not have, up to a number; None for all that are left."""
        made = b""
        while self.missing and (number is None or self.missing[0] < number):
            new = self.missing.pop(0)
            made += self.row(new, b'<%brow r="%d"/>' % (self.grammar.prefix, new))
        return made

    def row(self, number: int, row: bytes) -> bytes:
        levels, result = self.plan.cells.get(number, {}), self.plan.results.get(number)
        if not levels and result is None and not self.cleaning:
            return row
        opening = self.grammar.row.match(row)
        if opening is None:
            return row
        if opening["empty"]:
            row = row[:-2].rstrip() + b">" + self.grammar.row_end + b">"
        row_style = style_of(opening["attributes"]) if b"customFormat" in opening["attributes"] else None
        cells = self.kind_of_cells(self.grammar, row, number, self.styles.marked)
        return self.marked(cells, levels, result, row_style)

    def marked(
        self, cells: RowCells, levels: dict[int, str], result: Note | None, row_style: int | None
    ) -> bytes:
        changes, gone = self.without_earlier_result(cells, result)
        added: dict[int, bytes] = {}
        for column, level in sorted(levels.items()):
            if cell := cells.find(column):
                changes += self.restyled(cells.row, cell, level)
            else:
                added[column] = self.empty(cells.number, column, level, row_style)
        if self.styles.marked:
            for cell in cells.coloured():
                if cell.column not in levels and cell.column not in gone:
                    changes += self.restyled(cells.row, cell, "")
        if result is not None and self.plan.column is not None:
            beside = cells.last_before(self.plan.column)
            base = style_of(cells.row[beside.start : beside.inner]) if beside else row_style or 0
            added[self.plan.column] = self.result(cells.number, result, base)
        changes += [
            (place := cells.place_of_new(column), place, new) for column, new in sorted(added.items())
        ]
        made = replaced(cells.row, changes) if changes else cells.row
        return _wider(made, max(added)) if added else made

    def without_earlier_result(self, cells: RowCells, result: Note | None) -> tuple[list[Change], set[int]]:
        """The cells that give way: to our result, or because an earlier one stands in them."""
        changes: list[Change] = []
        gone: set[int] = set()
        for column in (self.plan.column, self.plan.look.own_column):
            cell = cells.find(column) if column is not None and column not in gone else None
            replaced_now = result is not None and column == self.plan.column
            if cell and (replaced_now or self.grammar.content.search(cells.row, cell.inner, cell.end)):
                changes.append((cell.start, cell.end, b""))
                gone.add(cell.column)
        return changes, gone

    def restyled(self, row: bytes, cell: Cell, level: str) -> list[Change]:
        tag = row[cell.start : cell.inner]
        held = style_of(tag)
        style = self.styles.marked_as(held, level) if level else self.styles.plain(held)
        return [] if style == held else [(cell.start, cell.inner, with_attribute(tag, "s", str(style)))]

    # --- cells

    def result(self, number: int, note: Note, base: int) -> bytes:
        style = self.styles.marked_as(base, note.level) if note.level else self.styles.plain(base)
        return text_cell(self.grammar.prefix, number, self.plan.column or 0, style, note.text, self.xml)

    def empty(self, number: int, column: int, level: str, row_style: int | None) -> bytes:
        base = row_style
        if base is None:
            base = next((style for span, style in self.column_styles.items() if column in span), 0)
        style = self.styles.marked_as(base, level)
        address = f"{column_letter(column)}{number}".encode()
        return b'<%bc r="%b" s="%d"/>' % (self.grammar.prefix, address, style)


def text_cell(prefix: bytes, row: int, column: int, style: int, text: str, xml: bytes = b"") -> bytes:
    """A cell with a text in it, which is no formula whatever it looks like."""
    address = f"{column_letter(column)}{row}".encode()
    return b'<%bc r="%b" s="%d" t="inlineStr">%b' % (prefix, address, style, _content(prefix, text, xml))


@lru_cache(maxsize=4_000)  # most rows come to the same
def _content(prefix: bytes, text: str, xml: bytes) -> bytes:
    p, content = prefix, encoded(xml, escape(clean(text)))
    return b'<%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (p, p, content, p, p, p)


_SPANS = re.compile(rb"(\sspans\s*=\s*[\"']\d+:)(\d+)([\"'])")


def _wider(row: bytes, column: int) -> bytes:
    """The row says how far its cells reach; where it does, it must go on being true."""
    end = row.index(b">")
    told = _SPANS.search(row, 0, end)
    if not told or int(told[2]) > column:
        return row
    return row[: told.start()] + told[1] + str(column + 1).encode() + told[3] + row[told.end() :]
