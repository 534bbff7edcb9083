"""This year against last year; and the sums that must hold."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gansu_care.reports.places import Place
from gansu_care.spreadsheets.tables import PERCENT, Cell, Check, Row, Words

Figure = int | Decimal
TENTH = Decimal("0.1")


def percent(part: Figure, whole: Figure) -> Decimal | None:
    """`part` of `whole` in percent, one decimal; None (printed —) when the whole is 0."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def change(this: Figure, last: Figure, kind: str = "") -> list[Cell]:
    """增减 and 增减%: two cells."""
    return [Cell(this - last, kind=kind), Cell(percent(this - last, last), kind=PERCENT)]


def equal(text: Words, left: Figure, right: Figure) -> Check:
    return Check(text, left == right, left - right)


def all_equal(text: Words, pairs: Iterable[tuple[Figure, Figure]]) -> Check:
    """Holds when each pair does; the difference is the first one found."""
    missing = next((left - right for left, right in pairs if left != right), 0)
    return Check(text, not missing, missing)


def parts_add_up(text: Words, places: Sequence[Place], rows: Sequence[Row], columns: Sequence[int]) -> Check:
    """The lines of the parts add up to the line of the whole, in each of these columns. A township has no parts."""
    whole = next(row for place, row in zip(places, rows, strict=True) if place.is_whole)
    parts = [row for place, row in zip(places, rows, strict=True) if place.is_part and not place.is_whole]
    checked = columns if parts else ()
    return all_equal(text, ((_sum(parts, column), _figure(whole, column)) for column in checked))


def _sum(rows: Sequence[Row], column: int) -> Figure:
    return sum((_figure(row, column) for row in rows), 0)


def _figure(row: Row, column: int) -> Figure:
    value = row.cells[column].value
    return value if isinstance(value, int | Decimal) else 0
