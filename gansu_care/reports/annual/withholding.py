"""Which figures of children are withheld from readers who may see no child: leaders, auditors, the public.

One decision for all reports: the province's is made first, then each prefecture's and county's below it, which shows
and withholds for itself what the report above shows and withholds for it. The total of a line is decided before its
breakdowns, so that all tables, and this year's column 上年 and last year's report, agree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import known
from gansu_care.reports import dimensions as by
from gansu_care.reports.grouping import Groups, grouped
from gansu_care.reports.indicators import (
    CHILDREN_ENTERED,
    CHILDREN_EXITED,
    CHILDREN_LEFT_BEHIND,
    CHILDREN_REGISTERED,
    Indicator,
)
from gansu_care.reports.periods import Period, year_period
from gansu_care.reports.places import WHOLE, Key, Place, Places
from gansu_care.reports.suppression import Cells, Sum, is_small
from gansu_care.spreadsheets.tables import WITHHELD, Cell, Row, Table

BREAKDOWNS = (by.SEX, by.AGE, by.SCHOOLING, by.GUARDIANSHIP, by.CARE)
Hidden = frozenset[Any]


def sees_small_cells(user: Any) -> bool:
    """Whoever may see the children themselves."""
    return bool(user.may(Right.SEE_PERSONS))


def upper(division: Division) -> Division | None:
    """The division whose report has this one as a line."""
    here = known(division).current
    return known(here.parent).current if here.level != Level.PROVINCE and here.parent else None


def parts_of(lines: Iterable[Place]) -> tuple[Key, ...]:
    return tuple(place.key for place in lines if place.is_part and not place.is_whole)


# --- totals of lines


def withheld_lines(indicator: Indicator, division: Division, period: Period) -> Hidden:
    """The lines of a division's tables (WHOLE among them) whose figure is withheld."""
    places = Places(division)
    groups = grouped(indicator, division, period, places=places)
    return _lines(indicator, division, period, groups.by(), places.lines(groups.used))


def _lines(
    indicator: Indicator,
    division: Division,
    period: Period,
    totals: Mapping[Key, Any],
    lines: Sequence[Place],
) -> Hidden:
    above, parts = upper(division), parts_of(lines)
    hidden = above is not None and known(division).current.pk in withheld_lines(indicator, above, period)
    values = {place.key: int(totals[place.key]) for place in lines}
    sums = [Sum(WHOLE, parts)] if parts else []
    whole = frozenset([WHOLE])
    nothing: Hidden = frozenset()
    fixed = whole if above is not None and not hidden else nothing
    return Cells(values, sums, fixed=fixed, forced=whole if hidden else nothing).withheld()


def withheld_flows(division: Division, year: int) -> Hidden:
    """The lines whose entries and exits of a year are withheld, both or neither: with the stocks before and after them
    either would tell the other."""
    places, period = Places(division), year_period(year)
    counts = [_episodes(one, division, period, places) for one in (CHILDREN_ENTERED, CHILDREN_EXITED)]
    stocks = [withheld_lines(CHILDREN_REGISTERED, division, year_period(one)) for one in (year, year - 1)]
    lines = places.lines({key for count in counts for key in count})
    sizes = {place.key: sum(count[place.key] for count in counts) for place in lines}
    hidden = {
        key
        for key in sizes
        if any(is_small(count[key]) for count in counts) or any(key in stock for stock in stocks)
    }
    above = upper(division)
    if above is not None:
        here = known(division).current.pk in withheld_flows(above, year)
        hidden = hidden | {WHOLE} if here else hidden - {WHOLE}
    others = sorted(
        (key for key in parts_of(lines) if sizes[key] and key not in hidden), key=sizes.__getitem__
    )
    if len(hidden & {WHOLE, *parts_of(lines)}) == 1 and others:
        hidden.add(others[0])
    return frozenset(hidden)


def _episodes(indicator: Indicator, division: Division, period: Period, places: Places) -> Counter[Key]:
    """Episodes by line: they lie where their child does."""
    fields = [f"child__{field}" for field in places.fields]
    rows = (
        indicator.rows(division, period)
        .order_by()
        .values_list(*fields)
        .annotate(figure=indicator.aggregate())
    )
    found: Counter[Key] = Counter()
    for column, unit, figure in rows:
        for line in places.keys(column, unit):
            found[line] += int(figure)
    return found


# --- tables 2 to 5


def counted(division: Division, year: int, places: Places) -> tuple[Groups, Groups]:
    """This year by all breakdowns at once, last year by line."""
    this, last = year_period(year), year_period(year - 1)
    return (
        grouped(CHILDREN_LEFT_BEHIND, division, this, *BREAKDOWNS, places=places),
        grouped(CHILDREN_LEFT_BEHIND, division, last, places=places),
    )


def withheld_cells(
    division: Division, year: int, now: Groups, before: Groups, lines: Sequence[Place]
) -> Hidden:
    """(line, key of the column) of the cells of T2 to T5 that are withheld."""
    this, last = year_period(year), year_period(year - 1)
    totals = _lines(CHILDREN_LEFT_BEHIND, division, this, now.by(), lines)
    hidden: set[Key] = {(key, "total") for key in totals}
    hidden |= {(key, "last") for key in _lines(CHILDREN_LEFT_BEHIND, division, last, before.by(), lines)}
    above = _withheld_above(division, year)
    for values, sums in _systems(now, lines):
        known_totals = {key for key in values if key[1] == "total"}
        whole = {key for key in values if key[0] == WHOLE} if above is not None else set()
        forced = (known_totals & hidden) | {(WHOLE, column) for _line, column in above or ()} & whole
        fixed = (known_totals | whole) - forced
        hidden |= Cells(values, sums, fixed=frozenset(fixed), forced=frozenset(forced)).withheld()
    return frozenset(hidden)


def _withheld_above(division: Division, year: int) -> Hidden | None:
    """What the report above withholds of this division's line; None where there is none above."""
    above = upper(division)
    if above is None:
        return None
    places = Places(above)
    now, before = counted(above, year, places)
    lines = places.lines(now.used | before.used)
    here = known(division).current.pk
    return frozenset(key for key in withheld_cells(above, year, now, before, lines) if key[0] == here)


def _systems(now: Groups, lines: Sequence[Place]) -> Iterable[tuple[dict[Any, int], list[Sum]]]:
    """The cells that hang together, with their sums: sex by age, schooling, guardianship, care."""
    totals = now.by()
    columns = {"total": lambda line: totals[line]}
    sexes, ages = sorted(now.values("sex")), sorted(now.values("age"))
    of_sex, of_age, of_both = now.by("sex"), now.by("age"), now.by("age", "sex")
    crossed = columns | {f"sex_{sex}": lambda line, sex=sex: of_sex[line, sex] for sex in sexes}
    crossed |= {f"age_{age}": lambda line, age=age: of_age[line, age] for age in ages}
    crossed |= {
        f"age_{age}_sex_{sex}": lambda line, age=age, sex=sex: of_both[line, age, sex]
        for age, sex in product(ages, sexes)
    }
    wholes = [("total", [f"sex_{sex}" for sex in sexes]), ("total", [f"age_{age}" for age in ages])]
    wholes += [(f"age_{age}", [f"age_{age}_sex_{sex}" for sex in sexes]) for age in ages]
    wholes += [(f"sex_{sex}", [f"age_{age}_sex_{sex}" for age in ages]) for sex in sexes]
    yield _system(crossed, wholes, lines)
    for dimension, prefix in (("schooling", "schooling"), ("guardianship", "type"), ("care", "care")):
        counts = now.by(dimension)
        named = {f"{prefix}_{value or 'blank'}": value for value in sorted(now.values(dimension))}
        shown = columns | {
            name: lambda line, counts=counts, value=value: counts[line, value]
            for name, value in named.items()
        }
        yield _system(shown, [("total", list(named))], lines)


def _system(
    columns: Mapping[str, Any], wholes: Sequence[tuple[str, list[str]]], lines: Sequence[Place]
) -> tuple[dict[Any, int], list[Sum]]:
    values = {(place.key, name): int(count(place.key)) for place in lines for name, count in columns.items()}
    sums = [
        Sum((place.key, whole), tuple((place.key, name) for name in names))
        for place in lines
        for whole, names in wholes
        if names
    ]
    parts = parts_of(lines)
    if parts:
        sums += [Sum((WHOLE, name), tuple((part, name) for part in parts)) for name in columns]
    return values, sums


# --- showing it


def note() -> str:
    return _("“*”表示不公布：1至4名的数，以及可以推算出它们的数。公布的数都是实数。")


def withhold(table: Table, lines: Sequence[Place], hidden: Hidden) -> Table:
    """The table as these readers see it."""
    rows = [_row(row, place, table, hidden) for place, row in zip(lines, table.rows, strict=True)]
    return replace(table, rows=rows, notes=[*table.notes, note()])


def _row(row: Row, place: Place, table: Table, hidden: Hidden) -> Row:
    compared = {(place.key, "total"), (place.key, "last")}
    cells = [
        Cell(WITHHELD, kind=cell.kind)
        if (place.key, column.key) in hidden or (column.key in ("change", "percent") and compared & hidden)
        else cell
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    return replace(row, cells=cells)
