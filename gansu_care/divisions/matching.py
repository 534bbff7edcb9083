"""From what stands in a cell to a division: by code, by path, by name with or without suffix, by former name.

The rules:
- A code of 6, 9 or 12 digits: the division, or the one that followed it (then `W_RENAMED`). The last digits
  of a village are passed over; 620201, the statistics office's code for 嘉峪关, means 620200.
- A name is read from its beginning, the longest first, whole names only: 静宁县 is never 宁县. Parts may
  follow each other with or without separators and suffixes; what is left over (a village) is `rest`. A part
  without its suffix counts only when a separator, the end or a further part follows it.
- Nothing is guessed. 白银 in a county column may be the city or the district: ambiguous, with both. So is
  酒泉市 there, which until 2002 was today's 肃州区. A township's name counts only inside a county or
  prefecture (城关镇 occurs 20 times): outside it is ambiguous, however rare.
- Inside `within` comes first: 白银 in the sheet of 白银区's officer is her district. What lies outside is
  still named, so that the caller can say that it is out of scope.
- 兰州新区 is no division: the state `reporting_unit` asks for the county.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .book import book, once_per_edition
from .lexicon import Lexicon, Place
from .likeness import nearest
from .models import Division, Level, ReportingUnit
from .names import Way
from .paths import SEPARATORS, Reading, at_level, is_at, longest, of_divisions, readings_of, rivals

W_RENAMED = "W_RENAMED"

Answer = tuple[object, ...]

_COUNTY_CITY = re.compile(r"\(县级市?\)")
_DIGITS = re.compile(r"([0-9]+)(?:\.0)?")  # a spreadsheet may hold the code as a number
_LONGEST_MEMO = 20_000
_LONGEST_NAME = 30
_NEAREST = 3
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Match:
    """What a cell turned out to mean; which fields are filled depends on `state`."""

    state: Literal["ok", "ambiguous", "unknown", "reporting_unit"]
    division: Division | None = None
    warning: str | None = None
    rest: str = ""
    candidates: tuple[Division, ...] = ()
    nearest: tuple[str, ...] = ()
    unit: ReportingUnit | None = None


class Matcher:
    """Reads cells with the help of a lexicon; the answers to names are remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.book = lexicon.book
        self._memo: dict[tuple[str, str | None, int | None], Match] = {}

    def match(self, text: object, level: str | None = None, within: Division | None = None) -> Match:
        """The division that `text` names, at `level` if one is asked for; `within` is searched first."""
        key = (str(text), level, within.pk if within is not None else None)
        found = self._memo.get(key)
        if found is None:
            found = self._match(key[0], level, self._known(within))
            self._remember(key, found)
        return found

    def _remember(self, key: tuple[str, str | None, int | None], found: Match) -> None:
        """Names come again and again; a whole address does not, and is not to be kept in memory."""
        if len(key[0]) > _LONGEST_NAME:
            return
        if len(self._memo) >= _LONGEST_MEMO:
            self._memo.clear()
        self._memo[key] = found

    def _known(self, within: Division | None) -> Division | None:
        return None if within is None else self.book.by_id.get(within.pk, within).current

    def _match(self, text: str, level: str | None, within: Division | None) -> Match:
        text = unicodedata.normalize("NFKC", text).strip(SEPARATORS).casefold()
        if not text:
            return Match("unknown")
        if code := _DIGITS.fullmatch(text):
            return self._by_code(code[1], level)
        marked = _COUNTY_CITY.sub("", text)
        if marked != text:
            return self._by_county_city(marked, within)
        squeezed = self._by_name("".join(text.split()), level, within)
        if squeezed.state != "unknown" and not squeezed.rest:
            return squeezed
        spaced = self._by_name(text, level, within)
        return squeezed if spaced.state == "unknown" else spaced

    # --- codes

    def _by_code(self, code: str, level: str | None) -> Match:
        for shorter in _shorter_codes(code):
            if shorter in self.lexicon.units:
                return Match("reporting_unit", unit=self.lexicon.units[shorter])
            found = self.lexicon.codes.get(shorter) or self.lexicon.other_codes.get(shorter)
            if found is not None:
                return self._of_code(found, level)
        county = self.lexicon.codes.get(code[:6]) or self.lexicon.other_codes.get(code[:6])
        return Match("unknown", nearest=(county.current.name,) if county else ())

    def _of_code(self, division: Division, level: str | None) -> Match:
        today = division.current
        if not today.in_force:
            # It was divided among several: its name says among which.
            return self._by_name(division.name, level, None)
        warning = None if division.in_force else W_RENAMED
        upward = next((step for step in reversed(today.path()) if is_at(step, level)), None)
        if upward is None:
            return Match("unknown", nearest=self._names_below(today, level))
        return Match("ok", upward, warning)

    # --- names

    def _by_county_city(self, text: str, within: Division | None) -> Match:
        """酒泉市(县级): the county of that name, not the prefecture."""
        readings = [
            reading for reading in of_divisions(readings_of(self.lexicon, text, None)) if not reading.rest
        ]
        counties = [reading for reading in readings if reading.place.level == Level.COUNTY]
        return self._decide(counties, [], within) if counties else self._by_name(text, Level.COUNTY, within)

    def _by_name(self, text: str, level: str | None, within: Division | None) -> Match:
        readings = list(readings_of(self.lexicon, text, None))
        if level in (None, Level.TOWNSHIP) and within is not None and not _is_everywhere(within):
            scope = within.parent if within.level == Level.TOWNSHIP else within
            readings += readings_of(self.lexicon, text, scope)
        named = longest(at_level(readings, level))
        others = rivals(readings, named) if level == Level.COUNTY else []
        if named:
            return self._decide(named, others, within)
        return self._notat_level(text, readings, level, within)

    def _decide(
        self, readings: list[Reading[Division]], others: list[Reading[Division]], within: Division | None
    ) -> Match:
        surest = min(reading.way for reading in readings)
        kept = [reading for reading in readings if reading.way == surest]
        if surest != Way.FULL:
            kept += others
        places = {reading.place: reading for reading in kept}
        inside = [place for place in places if within is not None and within in place.path()]
        chosen = inside or list(places)
        if astray := self._astray(kept[0]):
            return Match("unknown", nearest=(astray.name,))
        if len(chosen) > 1:
            return _ambiguous(chosen)
        reading = places[chosen[0]]
        warning = W_RENAMED if reading.way >= Way.FORMER else None
        return Match("ok", chosen[0], warning, reading.rest)

    def _astray(self, reading: Reading[Division]) -> Place | None:
        """What begins the rest though it lies elsewhere: 天水市徽县 contradicts itself."""
        following = readings_of(self.lexicon, reading.rest, None)
        return next((other.place for other in following if other.way == Way.FULL), None)

    def _notat_level(
        self, text: str, readings: list[Reading[Place]], level: str | None, within: Division | None
    ) -> Match:
        deepest = longest(readings)
        units = [reading.place for reading in deepest if isinstance(reading.place, ReportingUnit)]
        if units:
            return Match("reporting_unit", unit=units[0])
        if not readings and level in (None, Level.TOWNSHIP) and _is_everywhere(within):
            everywhere = self.lexicon.townships.get(text)
            if everywhere:
                return _ambiguous(everywhere)
        return Match("unknown", nearest=self._nearest(text, deepest, level, within))

    # --- what to propose

    def _nearest(
        self, text: str, deepest: list[Reading[Place]], level: str | None, within: Division | None
    ) -> tuple[str, ...]:
        above = next(iter(of_divisions(deepest)), None)
        if above is not None and not above.rest:
            return self._names_below(above.place, level)
        wanted = above.rest if above is not None else text
        scope = above.place if above is not None and level == Level.TOWNSHIP else within
        pool = self._pool(level, scope)
        found = nearest(wanted[:20], pool, most=_NEAREST, least=0.4)
        return tuple(found or pool[:_LISTED] if len(pool) <= _LISTED else found)

    def _pool(self, level: str | None, scope: Division | None) -> list[str]:
        """Names to compare with: townships only inside a scope, the rest of the whole province."""
        township = level == Level.TOWNSHIP and not _is_everywhere(scope)
        names = (
            division.name
            for division in self.book.by_id.values()
            if division.in_force
            and (division.level == Level.TOWNSHIP) == township
            and (not township or scope in division.path())
            and (township or level is None or is_at(division, level))
        )
        return list(dict.fromkeys(names))

    def _names_below(self, division: Division, level: str | None) -> tuple[str, ...]:
        below = (
            other.name
            for other in self.book.by_id.values()
            if other.in_force and other != division and is_at(other, level) and division in other.path()
        )
        return tuple(below)[:_LISTED]


def _shorter_codes(code: str) -> Iterator[str]:
    """The code itself, then without the digits of the village and without trailing zeros."""
    if len(code) in (6, 9, 12):
        yield code
        if len(code) == 12:
            yield code[:9]
        if code[6:] and not code[6:].strip("0"):
            yield code[:6]
        if len(code) == 12 and code[6:9] == "000":
            yield code[:6]


def _is_everywhere(within: Division | None) -> bool:
    return within is None or within.level == Level.PROVINCE


def _ambiguous(places: Iterable[Place]) -> Match:
    divisions = (place for place in places if isinstance(place, Division))
    return Match("ambiguous", candidates=tuple(sorted(divisions, key=lambda division: division.code)))


@once_per_edition
def matcher() -> Matcher:
    """The matcher of this process, built anew when another list was loaded."""
    return Matcher(Lexicon(book()))


def for_columns(matching: Matcher, within: Division | None) -> Callable[[str, str | None], Answer]:
    """A function for the columns of a workbook, looking inside `within` first.

    `match_division(text, level)` answers ("ok", division, warning or None), ("ambiguous", [divisions]),
    ("unknown", [nearest names]) or ("reporting_unit", name).
    """

    def match_division(text: str, level: str | None = None) -> Answer:
        found = matching.match(text, level, within)
        if found.state == "ok":
            return ("ok", found.division, found.warning)
        if found.state == "ambiguous":
            return ("ambiguous", list(found.candidates))
        if found.state == "reporting_unit":
            return ("reporting_unit", found.unit.label if found.unit else "")
        return ("unknown", list(found.nearest))

    return match_division
