"""The whole list of divisions in mind: 1,600 rows, read once a process instead of joined into every query.

A list loaded by another process is noticed within `RECHECK_SECONDS`: each loading leaves an `Edition`, and
its number is asked for at most that often. The process that loads calls `reset()` and sees the new list at
once.

The divisions handed out are shared by the whole process: read them, never change or save them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from django.db.models import Max

from .models import Division, DivisionName, Edition, ReportingUnit, english_is_active

RECHECK_SECONDS = 15

T = TypeVar("T")

_ENGLISH_SUFFIX = re.compile(r" (City|(\w+ )?Autonomous Prefecture|Province|County|District)$")


class Placing(NamedTuple):
    """The columns that every registry row carries beside its division."""

    county_id: int | None
    prefecture_id: int | None
    reporting_unit_id: int | None


class Book:
    """Divisions by id and code, their parents wired: `county`, `full_name` and the like ask no database."""

    def __init__(self) -> None:
        self.units: dict[Any, ReportingUnit] = {unit.pk: unit for unit in ReportingUnit.objects.all()}
        self.by_id: dict[Any, Division] = {
            division.pk: division for division in Division.objects.order_by("code")
        }
        self.by_code = {division.code: division for division in self.by_id.values()}
        self.other_names = list(DivisionName.objects.order_by("pk"))
        self._wire()
        self.placings = {pk: placing_of(division) for pk, division in self.by_id.items()}
        self.stands_for = self._stands_for()
        self.shorts = {
            other.division_id: other.name
            for other in self.other_names
            if other.kind == DivisionName.Kind.SHORT
        }

    def _wire(self) -> None:
        for division in self.by_id.values():
            division.parent = self.by_id.get(division.parent_id)
            division.successor = self.by_id.get(division.successor_id)
            division.reporting_unit = self.units.get(division.reporting_unit_id)

    def _stands_for(self) -> dict[int, list[int]]:
        """For each division the ids that mean it today: its own and those of the ended ones it followed."""
        meaning: dict[int, list[int]] = {}
        for division in self.by_id.values():
            meaning.setdefault(division.current.pk, []).append(division.pk)
        return meaning

    def short_label(self, division: Division) -> str:
        """The name as a tile of the map has room for it: 酒泉, 临夏州; Jiuquan, Linxia."""
        if english_is_active() and division.name_en:
            return _ENGLISH_SUFFIX.sub("", division.name_en)
        return self.shorts.get(division.pk, division.name)


def placing_of(division: Division) -> Placing:
    """Read the placing from the parents. An ended division is counted where its successor stands."""
    today = division.current
    county, prefecture = today.county, today.prefecture
    return Placing(
        county.pk if county else None, prefecture.pk if prefecture else None, today.reporting_unit_id
    )


class _Memory:
    edition: int | None = None
    checked: float = float("-inf")
    held: dict[Callable[[], Any], Any] = {}


def reset() -> None:
    """Forget the list; the next use reads it from the database. Called by whoever changes divisions."""
    _Memory.held.clear()
    _Memory.checked = float("-inf")


def once_per_edition(build: Callable[[], T]) -> Callable[[], T]:
    """Keep what `build` makes of the list until another edition is loaded."""

    @wraps(build)
    def kept() -> T:
        if time.monotonic() - _Memory.checked >= RECHECK_SECONDS:
            _notice_new_edition()
        found = _Memory.held.get(build)
        if found is None:
            # Two threads may both build it; either result will do.
            found = _Memory.held[build] = build()
        return found

    return kept


def _notice_new_edition() -> None:
    newest = Edition.objects.aggregate(newest=Max("pk"))["newest"]
    if newest != _Memory.edition:
        _Memory.held.clear()
    _Memory.edition, _Memory.checked = newest, time.monotonic()


@once_per_edition
def book() -> Book:
    return Book()
