"""How alike two names are, to the eye and to the ear: for proposals and questions, never to decide anything.

To the eye: the share of characters that both have in the same order. To the ear: the same of their syllables, without
tones, since officers type by sound: 龙西县 sounds like 陇西县, 张晓明 like 张小明.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA, Indel

LONGEST = 40
# A name that only sounds alike comes after one that looks as much alike.
BY_EAR = 0.98
SHORTEST_MISTYPED = 3


@lru_cache(maxsize=50_000)
def syllables(name: str) -> tuple[str, ...]:
    """陇西县 -> long, xi, xian; what is no Han character stands for itself, letter by letter."""
    from pypinyin import lazy_pinyin  # not before it is needed: its dictionaries take 50 MB

    apart: Any = list  # the library's types know of single texts only
    return tuple(part.casefold() for part in lazy_pinyin(name, errors=apart))


def likeness(name: str, other: str) -> float:
    """Between 0 and 1, the better of eye and ear."""
    seen = Indel.normalized_similarity(name, other)
    return max(seen, BY_EAR * Indel.normalized_similarity(syllables(name), syllables(other)))


def nearest(name: str, names: Iterable[str], *, most: int, least: float) -> list[str]:
    """The names most like this one, the likest first; none that is less like than `least`."""
    short = name[:LONGEST]
    scored = [(likeness(short, one[:LONGEST]), one) for one in dict.fromkeys(names)]
    found = sorted((score for score in scored if score[0] >= least), reverse=True)
    return [one for _score, one in found[:most]]


def one_slip_apart(name: str, other: str) -> bool:
    """Whether one character was typed wrong, left out, added, or two changed places. Of two, one is half the name."""
    if max(len(name), len(other)) < SHORTEST_MISTYPED:
        return False
    return bool(OSA.distance(name, other, score_cutoff=1) == 1)
