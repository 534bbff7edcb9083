"""The sheet 问题清单: one line a problem, each linked to its cell, under a few words on what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from gansu_care.spreadsheets.reading.cells import column_letter
from gansu_care.spreadsheets.reading.own_marks import SHEET_MARK, TEXT_SHEET_MARK
from gansu_care.spreadsheets.writing.cell_text import clean
from gansu_care.spreadsheets.writing.sheet_columns import display_width

from .orders import Order, ProblemRow
from .package import PartWriter
from .sheet_marks import text_cell
from .styles import Styles

WIDTHS = (7, 9, 22, 20, 28, 46, 46)
_LINK_COLUMN = 2
_LINE, _MOST_LINES = 15, 10
_MOST_LINKS = 65_000  # Excel takes 65,530 in one sheet


@dataclass
class ProblemSheet:
    """`remarks`: sentences below the title. `of_text_file`: the workbook was made of one that kept no types."""

    order: Order
    remarks: list[str]
    namespace: str
    of_text_file: bool = False

    def write(self, out: PartWriter, styles: Styles) -> None:
        """The sheet's XML, line by line."""
        out.write(self._opening())
        for row in self._top(styles):
            out.write(row)
        first = len(self.remarks) + 3
        looks = _Looks(styles)
        for place, problem in enumerate(self.order.problems):
            out.write(looks.line(first + place, place + 1, problem))
        out.write(b"</sheetData>")
        out.write(self._closing(first))

    def _opening(self) -> bytes:
        head = len(self.remarks) + 2
        cols = "".join(
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
            for place, width in enumerate(WIDTHS, start=1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self.namespace}"><sheetViews><sheetView workbookViewId="0">'
            f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
            f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>'
        ).encode()

    def _top(self, styles: Styles) -> Iterator[bytes]:
        mark = TEXT_SHEET_MARK if self.of_text_file else SHEET_MARK
        title, plain = styles.own(large=True), styles.own()
        yield _row(1, [text_cell(b"", 1, 0, title, self.order.words["title"] + mark)], height=28)
        for number, remark in enumerate(self.remarks, start=2):
            yield _row(number, [text_cell(b"", number, 0, plain, remark)])
        number, head = len(self.remarks) + 2, styles.own(head=True)
        cells = [text_cell(b"", number, place, head, text) for place, text in enumerate(self.order.heads)]
        yield _row(number, cells, height=24)

    def _closing(self, first: int) -> bytes:
        last = first + len(self.order.problems) - 1
        if last < first:
            return b"</worksheet>"
        wide = column_letter(len(WIDTHS) - 1)
        links = "".join(
            f'<hyperlink ref="{column_letter(_LINK_COLUMN)}{first + place}" location={_location(problem)}'
            f" display={quoteattr(_shown_place(problem))}/>"
            for place, problem in enumerate(self.order.problems[:_MOST_LINKS])
            if problem.target
        )
        links = f"<hyperlinks>{links}</hyperlinks>" if links else ""
        return (
            f'<autoFilter ref="A{first - 1}:{wide}{last}"/>{links}<pageMargins left="0.4" right="0.4" top="0.6"'
            ' bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>'
        ).encode()


class _Looks:
    """The styles of a line, by level of the problem."""

    def __init__(self, styles: Styles) -> None:
        self.plain, self.wrapped = styles.own(), styles.own(wrap=True)
        self.link = styles.own(link=True)
        self.levels = {level: styles.own(level=level) for level in ("error", "warning")}

    def line(self, number: int, place: int, problem: ProblemRow) -> bytes:
        link = self.link if problem.target else self.plain
        texts = [
            (self.levels[problem.level], problem.level_label),
            (link, _shown_place(problem)),
            (self.plain, problem.heading),
            (self.wrapped, problem.value),
            (self.wrapped, problem.message),
            (self.wrapped, problem.advice),
        ]
        cells = [b'<c r="A%d" s="%d"><v>%d</v></c>' % (number, self.plain, place)]
        cells += [text_cell(b"", number, column, *each) for column, each in enumerate(texts, start=1)]
        lines = max(map(_lines, (text for _style, text in texts), WIDTHS[1:]))
        return _row(number, cells, height=_LINE * min(lines, _MOST_LINES) if lines > 1 else 0)


@lru_cache(maxsize=4_000)  # most problems say the same
def _lines(text: str, width: int) -> int:
    return 1 + display_width(text) // (width - 1)


def _row(number: int, cells: list[bytes], height: int = 0) -> bytes:
    high = b' ht="%d" customHeight="1"' % height if height else b""
    return b'<row r="%d"%b>%b</row>' % (number, high, b"".join(cells))


def _shown_place(problem: ProblemRow) -> str:
    return f"{problem.sheet}!{problem.target}" if problem.target else problem.sheet


def _location(problem: ProblemRow) -> str:
    sheet = clean(problem.sheet).replace("'", "''")
    return quoteattr(f"'{sheet}'!{problem.target}")
