"""The course of an undo through all records of an upload: what is new goes first, then what was changed is put back.

New records first, since a changed one may take back a name or a number that a new one holds by now. Those that
something still points at come again at the end: it may have been a row of the same upload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from gansu_care.spreadsheets.models import UndoWhy
from gansu_care.spreadsheets.undoing.planning import Chunk, Left, Plan, Reading
from gansu_care.spreadsheets.undoing.tracks import ADDED, Stamp
from gansu_care.spreadsheets.undoing.writing import write
from gansu_care.spreadsheets.writing_rows import Batch

CHUNK = 500
Watch = Callable[[int], None]
Go = Callable[[Any, Sequence[int]], list[Plan]]
Wanted = list[tuple[Any, list[int]]]


class Applied(NamedTuple):
    """The application that is undone: number of the upload, the reason in the history of what it wrote, its moment."""

    number: str
    reason: str
    at: datetime


class Incomplete(Exception):
    """The history does not tell of all rows that the upload wrote: none of them can be undone safely."""


class Course:
    """Plans, and with a batch also writes, the undo of one upload."""

    def __init__(
        self, resources: Sequence[Any], applied: Applied, reading: Reading, batch: Batch | None = None
    ) -> None:
        found = {resource.code: stamp_of(resource, applied) for resource in resources}
        self.stamps = {code: stamp for code, stamp in found.items() if stamp is not None}
        # What was written last may point at what was written first.
        self.resources = [resource for resource in reversed(resources) if resource.code in self.stamps]
        self.reading, self.batch = reading, batch
        self.written = {one.code: written_by(one, applied, self.stamps[one.code]) for one in self.resources}

    def __len__(self) -> int:
        return sum(len(signs) for signs in self.written.values())

    def run(self, watch: Watch) -> list[Plan]:
        """The plans of all records, by resource in the order of their keys; `watch` is told how many are done."""
        done: dict[tuple[str, int], Plan] = {}

        def go(resource: Any, ids: Sequence[int]) -> list[Plan]:
            plans = list(self._chunks(resource, ids))
            done.update({(resource.code, plan.pk): plan for plan in plans})
            watch(len(done))
            return plans

        pointed = self._remove(
            go, [(resource, self._ids(resource, added=True)) for resource in self.resources]
        )
        for resource in self.resources:
            go(resource, self._ids(resource, added=False))
        self._remove(go, pointed)
        return [
            done[resource.code, pk]
            for resource in reversed(self.resources)
            for pk in sorted(self.written[resource.code])
        ]

    def _ids(self, resource: Any, *, added: bool) -> list[int]:
        signs = self.written[resource.code]
        return sorted(pk for pk, sign in signs.items() if (sign == ADDED) == added)

    def _remove(self, go: Go, wanted: Wanted) -> Wanted:
        """Again as long as something goes: what pointed at a record may have gone with another. Returns the rest."""
        while count := sum(len(ids) for _resource, ids in wanted):
            wanted = [
                (resource, [plan.pk for plan in go(resource, ids) if is_pointed_at(plan)])
                for resource, ids in wanted
            ]
            if sum(len(ids) for _resource, ids in wanted) == count:
                break
        return wanted

    def _chunks(self, resource: Any, ids: Sequence[int]) -> Iterator[Plan]:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            plans = self._done(resource, chunk)
            for plan in plans:
                self.reading.note(plan)
                plan.let_go()
            yield from plans

    def _done(self, resource: Any, ids: Sequence[int]) -> list[Plan]:
        """Many at once; where that clashes with the register as it is now, one by one, so that only those clash
        that do.
        """
        plans = Chunk(resource, ids, self.stamps[resource.code], self.reading).plans()
        if self.batch is None:
            return plans
        try:
            with transaction.atomic():
                write(resource, plans, self.batch)
        except IntegrityError:
            if len(ids) > 1:
                return [plan for pk in ids for plan in self._done(resource, [pk])]
            plans[0].failed = Left(UndoWhy.CLASH)
        return plans


def is_pointed_at(plan: Plan) -> bool:
    return any(left.why == UndoWhy.POINTED_AT and not left.what for left in plan.kept)


def stamp_of(resource: Any, applied: Applied) -> Stamp | None:
    """What the snapshots of the application bear; None if it wrote no record of this kind.

    An upload that was undone and applied again has written twice, under one number: the last time counts.
    """
    past = _written(resource, applied).filter(history_date__lte=applied.at)
    at = past.aggregate(last=Max("history_date"))["last"]
    return Stamp(applied.reason, at) if at else None


def written_by(resource: Any, applied: Applied, stamp: Stamp) -> dict[int, str]:
    """The records that the upload added or changed, by key: + or ~."""
    past = _written(resource, applied).filter(history_date=stamp.at)
    return dict(past.order_by("history_id").values_list("id", "history_type"))


def _written(resource: Any, applied: Applied) -> QuerySet:
    past = resource._meta.model.history
    return past.filter(upload_number=applied.number, history_change_reason=applied.reason)
