"""A file that is no package of Open XML, or only its refused rows, as a new workbook that can then be marked."""

from collections.abc import Callable
from dataclasses import replace

from gansu_care.spreadsheets.reading import Data, Sheet, Workbook, data_rows, find_header
from gansu_care.spreadsheets.reading.cells import Cell
from gansu_care.spreadsheets.reading.own_marks import is_our_sheet
from gansu_care.spreadsheets.writing.package import SHEET_NAME_LIMIT, sheet_title

from .looks import HEADING, Looks
from .ods_looks import looks_of_ods
from .orders import Order, SheetOrder
from .plain_book import PlainSheet, written
from .xls_looks import looks_of_xls
from .xlsb_looks import looks_of_xlsb

_LONG = 9  # longer than any word for “as above”
LONGEST_NAME = 100  # of a sheet, as an upload keeps it
_LOOKS: dict[str, Callable[[bytes], Looks]] = {
    "xls": looks_of_xls,
    "et": looks_of_xls,
    "xlsb": looks_of_xlsb,
    "ods": looks_of_ods,
}


def rebuilt(data: bytes, workbook: Workbook, order: Order) -> tuple[bytes, Order]:
    """The whole file as a new workbook, and the order with the names its sheets have there."""
    looks = _looks(data, workbook.kind)
    names = _names(workbook)
    sheets = [
        _with_looks(PlainSheet(names[sheet.name], sheet.rows, sheet.merges, sheet.state), sheet.name, looks)
        for sheet in workbook.sheets
        if sheet.name in names
    ]
    styles = looks.styles if looks else ""
    return written(sheets, epoch1904=workbook.epoch1904, styles=styles), _renamed(order, names)


def _looks(data: bytes, kind: str) -> Looks | None:
    """How the file looks; None where its kind tells nothing, or where it is told in a way that cannot be read."""
    try:
        return _LOOKS[kind](data) if kind in _LOOKS else None
    except Exception:  # whatever a reader throws: the values are there
        return None


def _with_looks(plain: PlainSheet, name: str, looks: Looks | None) -> PlainSheet:
    look = looks.sheets.get(name) if looks else None
    if look is None:
        return plain
    return replace(plain, widths=look.widths, heights=look.heights, style_of=look.style_of, reach=look.reach)


def _names(workbook: Workbook) -> dict[str, str]:
    """A name that Excel takes for each sheet, none twice; the list of an earlier marking is left out."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in workbook.sheets:
        if is_our_sheet(sheet):
            continue
        name, place = sheet_title(sheet.name), 0
        while name.lower() in taken:
            place += 1
            name = sheet_title(sheet.name[:SHEET_NAME_LIMIT], place)
        taken.add(name.lower())
        names[sheet.name] = name
    return names


def _renamed(order: Order, names: dict[str, str]) -> Order:
    """Names as the upload keeps them, turned into those of the new sheets."""
    known = {old[:LONGEST_NAME]: new for old, new in names.items()}
    return replace(
        order,
        sheets=[replace(one, name=known.get(one.name, one.name)) for one in order.sheets],
        problems=[one._replace(sheet=known.get(one.sheet, one.sheet)) for one in order.problems],
    )


# --- only the refused rows


def refused_only(workbook: Workbook, order: Order) -> tuple[bytes, Order]:
    """The refused rows alone, between the lines above and below the table; and the order with their new rows."""
    kept, sheets, orders, moved = [], [], [], {}
    for sheet in workbook.sheets:
        one = order.sheet(sheet.name[:LONGEST_NAME])
        cut = _Cut(sheet, one, order.dittos).made() if one and one.refused else None
        if one and cut:
            plain, rows = cut
            kept.append(sheet)
            sheets.append(plain)
            orders.append(_moved(one, rows))
            moved[one.name] = rows
    names = _names(replace(workbook, sheets=kept))
    problems = [
        one._replace(row=moved[one.sheet].get(one.row) if one.row else None)
        for one in order.problems
        if one.sheet in moved and (one.row is None or one.row in moved[one.sheet])
    ]
    named = [replace(plain, name=names[plain.name]) for plain in sheets]
    cut_order = _renamed(replace(order, sheets=orders, problems=problems), names)
    return written(named, epoch1904=workbook.epoch1904), cut_order


def _moved(order: SheetOrder, rows: dict[int, int]) -> SheetOrder:
    return replace(
        order,
        cells=[(rows[row], column, note) for row, column, note in order.cells if row in rows],
        results={rows[row]: note for row, note in order.results.items() if row in rows},
    )


class _Cut:
    """One sheet with its refused rows alone: read again as it was, so that each row stands there as it was read."""

    def __init__(self, sheet: Sheet, order: SheetOrder, dittos: frozenset[str]) -> None:
        self.sheet, self.order, self.dittos = sheet, order, dittos
        self.refused = set(order.refused)

    def made(self) -> tuple[PlainSheet, dict[int, int]] | None:
        """The sheet, and for each row that is kept its new number; None where the header is not found again."""
        header = find_header(self.sheet, self.order.vocabulary)
        if header is None or header.header_rows != self.order.header_rows:
            return None
        data = data_rows(self.sheet, header)
        last = header.header_rows[-1]
        rows = [(number, list(row)) for number, row in enumerate(self.sheet.rows[:last], start=1)]
        rows += self._refused_rows(data)
        rows += [(number, list(self.sheet.rows[number - 1])) for number, _text in data.notes if number > last]
        numbers = {old: new for new, (old, _row) in enumerate(rows, start=1)}
        merges = [one for one in self.sheet.merges if one[2] <= last]
        plain = PlainSheet(self.sheet.name, [row for _number, row in rows], merges)
        return replace(plain, style_of=self._style_of), numbers

    def _style_of(self, row: int, column: int) -> int | None:
        return HEADING if row + 1 in self.order.header_rows else None

    def _refused_rows(self, data: Data) -> list[tuple[int, list]]:
        """With what merged cells and 同上 say of them, since the rows above are gone."""
        kept: list[tuple[int, list]] = []
        above: dict[int, Cell] = {}
        for number, row in data.rows:
            row = list(row)
            for column, value in enumerate(row):
                if self._is_ditto(value) and (number, column) not in self.order.own_dittos:
                    row[column] = above.get(column, value)
                above[column] = row[column]
            if number in self.refused:
                kept.append((number, row))
        return kept

    def _is_ditto(self, value: object) -> bool:
        return isinstance(value, str) and len(value) < _LONG and value.strip() in self.dittos
