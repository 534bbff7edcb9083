"""All names and codes of the divisions in dictionaries, built once from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .book import Book
from .models import Division, DivisionName, Level, ReportingUnit
from .names import Way, former, today_and_before, ways_of_writing

Place = Division | ReportingUnit
Names = dict[str, dict[Place, Way]]


class Lexicon:
    """`inside[place]` holds the names that may follow a place, `inside[None]` those that start one."""

    def __init__(self, listed: Book) -> None:
        self.book = listed
        self.codes = listed.by_code
        self.units = {unit.code: unit for unit in listed.units.values()}
        self.other_codes: dict[str, Division] = {}
        self.inside: dict[Place | None, Names] = {None: {}}
        self.townships: Names = {}
        self.longest = 0
        self._learn()

    def _learn(self) -> None:
        for division in self.book.by_id.values():
            if division.current.in_force:
                self._learn_name(division.current, today_and_before(division))
        for other in self.book.other_names:
            self._learn_other(self.book.by_id[other.division_id].current, other)
        for unit in self.units.values():
            self._learn_unit(unit)

    def _learn_other(self, division: Division, other: DivisionName) -> None:
        if other.kind == DivisionName.Kind.CODE:
            self.other_codes[other.name] = division
            return
        ways: Iterable[tuple[str, Way]] = [(other.name.casefold(), Way.FULL)]
        if other.kind == DivisionName.Kind.SHORT and not _has_suffix(other.name):
            ways = [(other.name, Way.STEM)]
        if other.kind == DivisionName.Kind.FORMER:
            ways = ((text, former(way)) for text, way in ways_of_writing(other.name, division.level))
        self._learn_name(division, ways)

    def _learn_name(self, division: Division, ways: Iterable[tuple[str, Way]]) -> None:
        for text, way in ways:
            for names in self._shelves(division):
                _add(names, text, division, way)
            self.longest = max(self.longest, len(text))

    def _shelves(self, division: Division) -> Iterator[Names]:
        """Where a name may stand: after each division above it, and (townships excepted) at the beginning."""
        for upper in division.path()[:-1]:
            if division.level != Level.TOWNSHIP or upper.level != Level.PROVINCE:
                yield self.inside.setdefault(upper, {})
        if division.level == Level.TOWNSHIP:
            yield self.townships
            if division.reporting_unit is not None:
                yield self.inside.setdefault(division.reporting_unit, {})
        else:
            yield self.inside[None]

    def _learn_unit(self, unit: ReportingUnit) -> None:
        prefecture = self.book.by_id[unit.prefecture_id]
        for upper in (None, *prefecture.path()):
            names = self.inside.setdefault(upper, {})
            for text in filter(None, (unit.name, unit.name_en.casefold())):
                _add(names, text, unit, Way.FULL)
                self.longest = max(self.longest, len(text))


def _add(names: Names, text: str, place: Place, way: Way) -> None:
    held = names.setdefault(text, {})
    held[place] = min(way, held.get(place, way))


def _has_suffix(name: str) -> bool:
    return name.endswith(("州", "市", "区", "县"))
