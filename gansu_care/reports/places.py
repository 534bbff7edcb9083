"""The lines of a table by division: the whole, its parts in code order, and what stands beside them.

    province      14 prefectures (嘉峪关 once), and 省本级 for what the province itself holds
    prefecture    its counties, and 市州本级
    county        its townships, and 未分乡镇 for what is known for the county only
    township      itself

A reporting unit that is no division (兰州新区) has a line 其中 under the part it belongs to. The line of the level's
own and of a unit stand only where they have rows. Rows of ended divisions are counted where the successor stands today.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level, ReportingUnit
from gansu_care.divisions.scoping import known
from gansu_care.reports.dimensions import UnknownValue

WHOLE, OWN = "whole", "own"
Key = Hashable


def unit_key(unit_id: int) -> str:
    return f"unit-{unit_id}"


@dataclass(frozen=True)
class Place:
    """One line: `code` and `filters` say where the list behind its cells opens."""

    key: Key
    label: str
    code: str
    filters: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False
    is_part: bool = True


class Places:
    """The lines of one division's tables, and to which of them a row belongs."""

    def __init__(self, division: Division) -> None:
        self.division = known(division).current

    @cached_property
    def column(self) -> str:
        """The column by which rows are told apart."""
        if self.division.level == Level.PROVINCE:
            return "prefecture_id"
        return "division_id" if self._has_townships else "county_id"

    @property
    def fields(self) -> tuple[str, str]:
        return self.column, "reporting_unit_id"

    @cached_property
    def parts(self) -> list[Division]:
        """Right below the division, in force, in code order."""
        inside = (one for one in book().by_id.values() if one.parent_id == self.division.pk)
        return [one for one in inside if one.in_force and self.division.level != Level.TOWNSHIP]

    def keys(self, column: int | None, unit: int | None) -> list[Key]:
        """The lines that count a row of these columns."""
        keys: list[Key] = [WHOLE]
        if self.division.level != Level.TOWNSHIP:
            keys.append(self._part_of.get(column, OWN if self._is_own(column) else ("beside", column)))
        return [*keys, unit_key(unit)] if unit else keys

    def lines(self, used: Collection[Key]) -> list[Place]:
        """The lines of a table whose rows fell on the keys `used`."""
        return [place for place in self._all() if place.key in used or not self._only_if_used(place)]

    def narrow(self, rows: QuerySet, filters: Mapping[str, str]) -> QuerySet:
        """The rows of the level's own or of a reporting unit; raises UnknownValue."""
        if "own" in filters:
            rows = self._own(rows)
        if "unit" in filters:
            unit = next((one for one in book().units.values() if one.code == filters["unit"]), None)
            if unit is None:
                raise UnknownValue(f"unit={filters['unit']}")
            rows = rows.filter(reporting_unit=unit.pk)
        return rows

    @property
    def whole(self) -> Place:
        label = _("全省") if self.division.level == Level.PROVINCE else _("合计")
        return Place(WHOLE, label, self.division.code, is_whole=True)

    @property
    def stub(self) -> str:
        """The heading over the lines."""
        words = {Level.PROVINCE: _("市州"), Level.PREFECTURE: _("县区")}
        return _("乡镇") if self._has_townships else words[Level(self.division.level)]

    @property
    def sum_text(self) -> str:
        words = {Level.PROVINCE: _("各市州之和 = 全省"), Level.PREFECTURE: _("各县区之和 = 合计")}
        return _("各乡镇之和 = 合计") if self._has_townships else words[Level(self.division.level)]

    def unit_label(self, unit_id: int) -> str:
        return _("其中：%(name)s") % {"name": book().units[unit_id].label}

    @property
    def _has_townships(self) -> bool:
        return self.division.is_county or self.division.level == Level.TOWNSHIP

    @cached_property
    def _part_of(self) -> dict[int | None, int]:
        """For each id that means a part today, the part."""
        stands_for = book().stands_for
        return {pk: part.pk for part in self.parts for pk in stands_for.get(part.pk, [part.pk])}

    def _is_own(self, column: int | None) -> bool:
        return column is None or self.column == "division_id"

    def _own(self, rows: QuerySet) -> QuerySet:
        if rows.model is Division:  # a township always belongs to a part
            return rows.none()
        if self.column == "division_id":
            return rows.exclude(division__in=[pk for pk in self._part_of if pk])
        return rows.filter(**{self.column: None})

    def _only_if_used(self, place: Place) -> bool:
        return place.key == OWN or not (place.is_part or place.is_whole)

    def _all(self) -> Iterator[Place]:
        yield self.whole
        if not self._units_by_part:
            yield from self._units()
        for part in self.parts:
            yield Place(part.pk, part.label, part.code)
            if self._units_by_part:
                yield from self._units(part)
        if self.division.level != Level.TOWNSHIP:
            yield Place(OWN, self.own_label, self.division.code, {"own": "1"})

    @property
    def _units_by_part(self) -> bool:
        return self.division.level == Level.PROVINCE

    def _units(self, part: Division | None = None) -> Iterator[Place]:
        for unit in book().units.values():
            if part is None or unit.prefecture_id == part.pk:
                yield self._unit_line(unit, part or self.division)

    def _unit_line(self, unit: ReportingUnit, upper: Division) -> Place:
        label = self.unit_label(unit.pk)
        return Place(unit_key(unit.pk), label, upper.code, {"unit": unit.code}, is_part=False)

    @property
    def own_label(self) -> str:
        words: dict[Any, str] = {Level.PROVINCE: _("省本级"), Level.PREFECTURE: _("市州本级")}
        return _("未分乡镇") if self._has_townships else words[self.division.level]
