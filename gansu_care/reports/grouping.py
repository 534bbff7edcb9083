"""One grouped query for a table: the figures of an indicator by line and by breakdowns."""

from collections import Counter
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q

from gansu_care.divisions.models import Division
from gansu_care.reports.dimensions import Dimension
from gansu_care.reports.indicators import Indicator
from gansu_care.reports.periods import Period
from gansu_care.reports.places import Places

FIGURE = "figure"
# (line keys, values of the breakdowns, measures)
Group = tuple[list[Hashable], dict[str, Any], dict[str, Any]]


class Groups:
    """What a grouped query found; `by` sums it up along some of its breakdowns."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups

    @property
    def used(self) -> set[Hashable]:
        """The lines that have rows."""
        return {key for lines, _values, _measures in self.groups for key in lines}

    def values(self, dimension: str) -> set[Any]:
        return {values[dimension] for _lines, values, _measures in self.groups}

    def by(self, *dimensions: str, measure: str = FIGURE, **only: Any) -> "Counter[Any]":
        """{(line, value, …): figure}; the line alone when no breakdown is named. What is missing is 0."""
        sums: Counter[Any] = Counter()
        for lines, values, measures in self.groups:
            if any(values[name] != wanted for name, wanted in only.items()):
                continue
            rest = tuple(values[name] for name in dimensions)
            for line in lines:
                sums[(line, *rest) if rest else line] += measures[measure]
        return sums


def grouped(
    indicator: Indicator,
    division: Division,
    period: Period,
    *dimensions: Dimension,
    places: Places | None = None,
    measures: Mapping[str, Any] | None = None,
) -> Groups:
    """The figures of an indicator in one query. `measures` names further aggregates beside the indicator's own."""
    places, measures = places or Places(division), measures or {}
    rows = indicator.rows(division, period)
    for dimension in dimensions:
        rows = dimension.tell(rows, period)
    fields = (*places.fields, *(dimension.field for dimension in dimensions))
    found = rows.order_by().values_list(*fields).annotate(figure=indicator.aggregate(), **measures)
    names = (FIGURE, *measures)
    groups: list[Group] = []
    for column, unit, *rest in found:
        values = {one.key: one.fold(raw) for one, raw in zip(dimensions, rest, strict=False)}
        figures = dict(zip(names, rest[len(dimensions) :], strict=True))
        figures[FIGURE] = indicator.clean(figures[FIGURE])
        groups.append((places.keys(column, unit), values, figures))
    return Groups(groups)


def by_year(indicator: Indicator, division: Division, period: Period) -> dict[int, int | Decimal]:
    """A flow year by year over a period, in one query."""
    rows = indicator.rows(division, period).order_by()
    found = rows.values_list(f"{indicator.day}__year").annotate(figure=indicator.aggregate())
    sums = dict.fromkeys(range(period.first.year, period.last.year + 1), indicator.clean(0))
    return sums | {year: indicator.clean(figure) for year, figure in found}


def figures(division: Division, wanted: Mapping[str, tuple[Indicator, Period]]) -> dict[str, int | Decimal]:
    """Several figures of one kind of record in one query, each by its own rule. For thousands of rows, not millions."""
    if not wanted:
        return {}
    model: Any = next(iter(wanted.values()))[0].model
    aggregates = {
        name: indicator.aggregate(Q(pk__in=indicator.rows(division, period).order_by().values("pk")))
        for name, (indicator, period) in wanted.items()
    }
    found = model.objects.within(division).aggregate(**aggregates)
    return {name: wanted[name][0].clean(figure) for name, figure in found.items()}
