"""Doing what was planned, in the caller's transaction: many records at once, each in history, versions rising."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from gansu_care.divisions.placing import place_all
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.undoing.planning import Plan
from gansu_care.spreadsheets.writing_rows import Batch, StaleRows

Row = models.Model


def write(resource: Any, plans: Sequence[Plan], batch: Batch) -> None:
    """Raises IntegrityError where the register has moved on: an old ID number that another child has by now."""
    todo = [plan for plan in plans if plan.does_something]
    records = [plan.record for plan in todo if plan.mends_record]
    _remove(resource, todo, batch)
    _mend(row for plan in todo for row in plan.mend if row is not plan.record)
    _bring_back(row for plan in todo for row in plan.bring_back)
    resource.settle_again(records)
    if bulk.update(place_all(records), versioned=True) != len(records):
        raise StaleRows(1)
    resource.index_again(records)
    _tell(resource, todo, records, batch)


def _by_model(rows: Iterable[Row]) -> dict[type[Row], list[Row]]:
    """In the order in which the models first occur."""
    found: dict[type[Row], list[Row]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found


def _remove(resource: Any, plans: Sequence[Plan], batch: Batch) -> None:
    """The deepest first; each row's last snapshot stays."""
    gone = _by_model(row for plan in plans for row in plan.remove)
    for model in _deepest_first(resource):
        rows = gone.get(model, [])
        if hasattr(model, "history"):
            batch.history(model, (), (), rows)
        bulk.delete(model, [row.pk for row in rows])


def _deepest_first(resource: Any) -> list[type[Row]]:
    parts = [part.model for hanging in resource.hangs for part in hanging.below()]
    return [*reversed(parts), resource._meta.model]


def _mend(rows: Iterable[Row]) -> None:
    for held in _by_model(rows).values():
        bulk.update(sorted(held, key=lambda row: row.pk))


def _bring_back(rows: Iterable[Row]) -> None:
    """Under their own keys, which are never given out twice."""
    for held in _by_model(rows).values():
        bulk.insert(held)


def _tell(resource: Any, plans: Sequence[Plan], records: Sequence[Row], batch: Batch) -> None:
    back = _by_model(row for plan in plans for row in plan.bring_back)
    mended = _by_model(row for plan in plans for row in plan.mend if row is not plan.record)
    for model in {**back, **mended}:
        batch.history(model, back.get(model, []), mended.get(model, []))
    batch.history(resource._meta.model, (), records)
