"""Every way to read a text as a path of divisions, part by part from its beginning, and choosing among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from .lexicon import Lexicon, Place
from .models import Division, Level
from .names import Way, former

SEPARATORS = " \t\r\n,，、;；/／\\|-—－>→·。_"

P = TypeVar("P", bound=Place, covariant=True)


class Reading(NamedTuple, Generic[P]):
    """One way to read a text: it names `place`, in this way, and leaves `rest`."""

    place: P
    way: Way
    rest: str


def readings_of(lexicon: Lexicon, text: str, place: Place | None) -> Iterator[Reading[Place]]:
    """Every way to read the beginning of `text` as a place inside `place`."""
    names = lexicon.inside.get(place)
    if not names:
        return
    for length in range(min(len(text), lexicon.longest), 0, -1):
        for found, way in names.get(text[:length], {}).items():
            yield from _on_from(lexicon, found, way, text[length:])


def _on_from(lexicon: Lexicon, place: Place, way: Way, following: str) -> Iterator[Reading[Place]]:
    rest = following.lstrip(SEPARATORS)
    for reading in readings_of(lexicon, rest, place):
        yield reading._replace(way=_less_sure(reading.way, way))
    parted = not rest or rest != following
    if parted or way in (Way.FULL, Way.FORMER):
        yield Reading(place, way, rest)


def _less_sure(one: Way, other: Way) -> Way:
    """The way of a path: a former part makes it former, a part without suffix does not make it less sure."""
    return former(one) if other >= Way.FORMER else one


def is_at(division: Division, level: str | None) -> bool:
    if level == Level.COUNTY:
        return division.is_county
    return level is None or division.level == level


def of_divisions(readings: Iterable[Reading[Place]]) -> list[Reading[Division]]:
    return [
        Reading(reading.place, reading.way, reading.rest)
        for reading in readings
        if isinstance(reading.place, Division)
    ]


def at_level(readings: Iterable[Reading[Place]], level: str | None) -> list[Reading[Division]]:
    """The readings that name a division of the level; for a county column a township means its county."""
    divisions = of_divisions(readings)
    kept = [reading for reading in divisions if is_at(reading.place, level)]
    if level != Level.COUNTY:
        return kept
    named = {reading.place for reading in kept}
    for reading in divisions:
        county = reading.place.county if reading.place.level == Level.TOWNSHIP else None
        if county is not None and county not in named:
            kept.append(Reading(county, reading.way, reading.rest))
    return kept


def longest(readings: Iterable[Reading[P]]) -> list[Reading[P]]:
    """Those that read most of the text."""
    readings = list(readings)
    least = min((len(reading.rest) for reading in readings), default=0)
    return [reading for reading in readings if len(reading.rest) == least]


def rivals(readings: Iterable[Reading[Place]], chosen: list[Reading[Division]]) -> list[Reading[Division]]:
    """The prefectures of today that the same text may mean in a county column: 白银, 定西, 酒泉市."""
    return [
        reading
        for reading in of_divisions(readings)
        if reading.place.level == Level.PREFECTURE
        and reading.way < Way.FORMER
        and chosen
        and reading.rest == chosen[0].rest
    ]
