"""When the record of a child may be the child of a row, though nothing says so for certain.

Compared is within a county, and only where one of the two has no ID number: two numbers are two children.

    name      the same; heard the same (张晓明, 张小明); or mistyped by one character, from three characters on
    date      the same; or one digit of it mistyped, or day and month exchanged
    people    the carer or a parent of both has the same name, or one heard the same

    the same name and date                                      alike, in whatever township
    heard the same, on the same date, in the same township      alike
    name the same or heard the same, date the same or mistyped, and people      alike
    name mistyped, on the same date, and people                                 alike

A boy and a girl are alike only with the same name and date. To be alike decides nothing: an officer is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from children.name_keys import readings
from gansu_care.divisions.likeness import one_slip_apart

SAME, HEARD, MISTYPED = "same", "heard", "mistyped"


class Likeness(NamedTuple):
    """How alike two are in one respect; the sum orders candidates."""

    name: str
    date: str


@lru_cache(maxsize=50_000)
def sounds(name: str) -> frozenset[str]:
    """Every way in which a name may be read."""
    return frozenset(full for full, _initials in readings(name))


def name_likeness(name: str, other: str) -> str:
    """SAME, HEARD, MISTYPED, or empty."""
    if name == other:
        return SAME
    # Most pairs have nothing in common: what they sound like is not asked.
    if not set(name) & set(other):
        return ""
    if not sounds(name).isdisjoint(sounds(other)):
        return HEARD
    return MISTYPED if one_slip_apart(name, other) else ""


@lru_cache(maxsize=20_000)
def dates_near(day: date) -> frozenset[date]:
    """The days that one slip makes of a day: one digit mistyped, or day and month exchanged."""
    text = f"{day:%Y%m%d}"
    slips = {text[:place] + digit + text[place + 1 :] for place in range(2, 8) for digit in "0123456789"} | {
        text[:4] + text[6:] + text[4:6]
    }
    return frozenset(found for slip in slips - {text} if (found := _day(slip)))


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def date_likeness(day: date, other: date) -> str:
    if day == other:
        return SAME
    return MISTYPED if other in dates_near(day) else ""


def may_be_alike(name: str, born: date, other_name: str, other_born: date) -> Likeness | None:
    """What name and date say; None if they cannot be the same child."""
    return with_name(date_likeness(born, other_born), name, other_name)


def with_name(by_date: str, name: str, other: str) -> Likeness | None:
    """The same where the dates were compared already."""
    by_name = name_likeness(name, other) if by_date else ""
    if not by_name or (by_name == MISTYPED and by_date != SAME):
        return None
    return Likeness(by_name, by_date)


def settled_without_people(found: Likeness, *, same_township: bool) -> bool:
    """Whether name and date are enough for a question."""
    return found.date == SAME and (found.name == SAME or (found.name == HEARD and same_township))


def people_alike(people: Iterable[str], others: Iterable[str]) -> bool:
    """Whether somebody around the two children has the same name, or one heard the same."""
    held = list(others)
    return any(name_likeness(one, other) in (SAME, HEARD) for one in people for other in held)
