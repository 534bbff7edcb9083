"""What is to be done in one sheet of the package: which cells are coloured, where the results stand.

It is made of what we want to say and of what a first look at the sheet's XML tells: how far its cells reach, which
cells are merged, what an earlier marking left behind.
"""

from dataclasses import dataclass, field

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.problems import ERROR

from .orders import Note, SheetOrder
from .own_strings import OwnStrings
from .package import Package
from .sheet_frame import Area, Head, Tail
from .sheet_stream import HEAD, ROWS, TAIL, Grammar, pieces

Place = tuple[int, int]
_HEAD_ROWS = limits.HEADER_SEARCH_ROWS + limits.HEADER_LEVELS


@dataclass(slots=True)
class Look:
    """What a first pass over a sheet found. Columns count from 0, rows from 1."""

    grammar: Grammar = field(default_factory=lambda: Grammar(b""))
    rows: set[int] = field(default_factory=set)
    last_column: int = -1
    is_addressed: bool = True
    # The column that an earlier marking added.
    own_column: int | None = None
    is_our_sheet: bool = False
    merges: list[Area] = field(default_factory=list)
    filtered: list[Area] = field(default_factory=list)
    # The relation of the drawing of its comments, and the attributes of its root, which bind prefixes.
    drawing: str | None = None
    root: bytes = b""


def look_at(package: Package, part: str, strings: OwnStrings) -> Look:
    """One pass over a sheet; nothing is changed."""
    look, number = Look(), 0
    for kind, data in pieces(package, part):
        if kind == HEAD:
            head = Head(data)
            look.grammar, look.root = Grammar(head.prefix), head.attributes
        elif kind == ROWS:
            number = _look_over(look, data, number, strings)
        elif kind == TAIL:
            tail = Tail(data)
            look.merges, look.filtered = tail.merges(), tail.filtered()
            look.drawing = tail.comments_drawing()
    return look


def _look_over(look: Look, block: bytes, before: int, strings: OwnStrings) -> int:
    number = before
    look.is_addressed = look.is_addressed and look.grammar.is_addressed(block)
    for number, start, end in look.grammar.rows(block, before):
        row = block[start:end]
        look.rows.add(number)
        look.last_column = max(look.last_column, look.grammar.last_filled(row))
        if number <= _HEAD_ROWS and strings.any:
            _look_for_ours(look, row, strings)
    return number


def _look_for_ours(look: Look, row: bytes, strings: OwnStrings) -> None:
    for cell in look.grammar.cells(row):
        content = row[cell.start : cell.end]
        if strings.is_heading(content):
            look.own_column = cell.column
        look.is_our_sheet = look.is_our_sheet or strings.is_sheet(content)


@dataclass(slots=True)
class Plan:
    """What changes in one sheet."""

    look: Look
    # Level of each coloured cell; what its comment says.
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    notes: dict[Place, list[Note]] = field(default_factory=dict)
    # Our column: heading and result of each row.
    column: int | None = None
    results: dict[int, Note] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cells or self.results or self.look.own_column is not None)


def plan_for(order: SheetOrder, look: Look, tables: list[Area]) -> Plan:
    """A cell that is hidden under a merged one is marked where the merged one shows."""
    plan, shown = Plan(look), _Merged(look.merges)
    for row, column, note in order.cells:
        place = shown.at(row, column)
        levels = plan.cells.setdefault(place[0], {})
        if levels.get(place[1]) != ERROR:
            levels[place[1]] = note.level
        plan.notes.setdefault(place, []).append(note)
    if order.results:
        plan.column = _free_column(order, look, tables)
    if plan.column is not None:
        plan.results = order.results | {order.heading_row: order.heading}
    return plan


def _free_column(order: SheetOrder, look: Look, tables: list[Area]) -> int | None:
    """Where it stands since an earlier marking, else right of everything; None where a sheet ends before."""
    if look.own_column is not None:
        return look.own_column
    beside = [one for one in look.merges + look.filtered + tables if one[2] >= order.heading_row]
    marked = (column for _row, column, _note in order.cells)
    column = max(look.last_column, *(right for _top, _left, _bottom, right in beside), *marked, -1) + 1
    return column if column < limits.COLUMNS else None


class _Merged:
    """Which cell shows what stands in another: few ranges, or an index by row of many."""

    def __init__(self, merges: list[Area]) -> None:
        self.by_row: dict[int, list[Area]] = {}
        for one in merges:
            for row in range(one[0], min(one[2], one[0] + limits.ROWS) + 1):
                self.by_row.setdefault(row, []).append(one)

    def at(self, row: int, column: int) -> Place:
        for top, left, _bottom, right in self.by_row.get(row, ()):
            if left <= column <= right:
                return top, left
        return row, column
