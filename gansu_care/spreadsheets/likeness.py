"""What a heading that nobody knows probably means. A guess: it is always put to the officer, never acted upon.

Alike are two headings that sound alike (身份正号, 身份证号) or differ by one character in four. Of a column that a new
record cannot do without, less is enough: one wrong character in two or three (姓各), or a word before or after it.
Headings about different persons (父亲电话, 母亲电话), or of different numbers (电话1, 电话2), are never alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from gansu_care.spreadsheets.reading import OTHER_PERSON, ways_to_read

SHORTEST = 2
ONE_WRONG_IN = 4
LONGEST_ADDITION = 4
_DIGITS = re.compile(r"[0-9一二三四五六七八九十]+")


class Likeness:
    """The headings of one kind of record. `known`: normalised heading, or path of headings -> field."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = {heading.replace("/", ""): field for heading, field in known.items()}

    def field(self, path: str, taken: Collection[str], lacking: Collection[str]) -> str:
        """The likeliest field of a normalised path of headings; "" if it is like none.

        `taken` are the fields that the sheet has already, `lacking` those that it cannot do without.
        """
        ways = [way.replace("/", "") for way in ways_to_read(path.split("/"))]
        found = [
            (distance, place, field)
            for way in ways
            if len(way) >= SHORTEST
            for place, (distance, field) in enumerate(self._alike(way, taken, lacking))
        ]
        return min(found)[2] if found else ""

    def _alike(
        self, text: str, taken: Collection[str], lacking: Collection[str]
    ) -> Iterator[tuple[float, str]]:
        for heading, field in self.known.items():
            if field not in taken and len(heading) >= SHORTEST:
                distance = apart(text, heading, is_lacking=field in lacking)
                if distance is not None:
                    yield distance, field


def apart(text: str, heading: str, *, is_lacking: bool) -> float | None:
    """How far two headings are apart, from 0 to 1; None if they are not alike."""
    length, shorter = max(len(text), len(heading)), min(len(text), len(heading))
    # Sound and edits both need nearly equal lengths: what cannot be alike is not looked at closely.
    if length - shorter <= length // ONE_WRONG_IN + is_lacking:
        if len(text) == len(heading) and sound(text) == sound(heading):
            return 0.0
        wrong = OSA.distance(text, heading)
        most = max(length // ONE_WRONG_IN, is_lacking)
        if wrong <= most and wrong < shorter and _of_the_same(text, heading):
            return wrong / length
    if is_lacking and length - shorter <= LONGEST_ADDITION and _adds(text, heading):
        return (length - shorter) / length
    return None


def _adds(text: str, heading: str) -> bool:
    """孩子的姓名 is 姓名 with a word more; 父亲姓名 is somebody else's."""
    return text.startswith(heading) or text.endswith(heading) if _of_the_same(text, heading) else False


def _of_the_same(one: str, other: str) -> bool:
    """Whether both are about the same persons and bear the same numbers."""
    return _marks(one) == _marks(other)


@lru_cache(maxsize=20_000)
def _marks(text: str) -> frozenset[str]:
    return frozenset(_found(OTHER_PERSON, text)) | frozenset(_found(_DIGITS, text))


def _found(pattern: re.Pattern[str], text: str) -> Iterable[str]:
    return (match[0] for match in pattern.finditer(text))


@lru_cache(maxsize=20_000)
def sound(text: str) -> tuple[str, ...]:
    """Its syllables, without tones."""
    from pypinyin import lazy_pinyin  # not before it is needed: its dictionaries take 50 MB

    return tuple(lazy_pinyin(text))
