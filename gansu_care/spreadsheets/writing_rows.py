"""Writing checked rows into the register: records, numbers, places, versions, history, all in bulk.

Runs inside the one transaction of applying.py. Rows are written in the order of their keys, so that two applications
never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gansu_care.divisions.placing import place_all
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.rows import Setting
from gansu_care.trail.record_numbers import take_numbers

if TYPE_CHECKING:
    from gansu_care.spreadsheets.resources import RegistryResource


# Kept with the values of a row under names that no column has: the day it speaks of, and what it would get where it
# says nothing.
DAY, DEFAULTS = "_on", "_default"


class StaleRows(Exception):
    """Records were changed, or made, since the check. Nothing may be written."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass
class Batch:
    """What one application writes for one resource."""

    upload_number: str
    setting: Setting
    at: datetime
    reason: str
    new: list[dict[str, Any]] = field(default_factory=list)
    # (id of the record, the version it had at the check, the values of the row)
    changed: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)
    # The values of each record, by its primary key, once it has one.
    values_of: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.setting.on_date

    def history(
        self, model: Any, added: Sequence[Any], changed: Sequence[Any] = (), gone: Sequence[Any] = ()
    ) -> None:
        """Snapshots of rows of one model as they stand now; of those that go, before they go."""
        for rows, sign in ((added, "+"), (changed, "~"), (gone, "-")):
            ids = [row.pk for row in rows]
            bulk.write_history(model, ids, sign, user_id=self.setting.user.pk, reason=self.reason, at=self.at)


class Ledger:
    """Rows of one model that hang on records: gathered one by one, written all at once with their history."""

    def __init__(self, model: Any, batch: Batch) -> None:
        self.model, self.batch = model, batch
        self.added: list[Any] = []
        self.touched: dict[int, Any] = {}
        self.gone: dict[int, Any] = {}

    def add(self, row: Any) -> None:
        self.added.append(row)

    def touch(self, row: Any) -> None:
        """Write an existing row again, if it holds anything else than when it was read."""
        if any(row.__dict__[name] != value for name, value in row.as_read.items()):
            self.touched[row.pk] = row

    def drop(self, row: Any) -> None:
        self.gone[row.pk] = row

    def write(self, *, with_history: bool = True) -> None:
        """The added rows have their primary keys afterwards."""
        if with_history:
            self.batch.history(self.model, (), (), list(self.gone.values()))
        bulk.delete(self.model, self.gone)
        for row, pk in zip(self.added, bulk.take_ids(self.model, len(self.added)), strict=True):
            row.pk = pk
        # An open fact is ended before the next one begins: the database holds that there is one at a time.
        touched = [self.touched[pk] for pk in sorted(self.touched)]
        bulk.update(touched)
        bulk.insert(self.added)
        if with_history:
            self.batch.history(self.model, self.added, touched)


@dataclass(frozen=True)
class Written:
    added: int
    changed: int
    ids: tuple[int, ...]


def write_records(resource: RegistryResource, batch: Batch) -> Written:
    """Raises StaleRows when a record to be changed has another version than at the check."""
    model = resource._meta.model
    changed = _changed(resource, batch)
    added = _added(resource, batch)
    bulk.insert(added)
    if bulk.update(changed, versioned=True) != len(changed):
        raise StaleRows(1)
    resource.write_parts(added, changed, batch)
    batch.history(model, added, changed)
    return Written(len(added), len(changed), tuple(record.pk for record in [*added, *changed]))


def _changed(resource: RegistryResource, batch: Batch) -> list[Any]:
    """The records to be changed, locked in the order of their keys, with the values of their rows."""
    rows = sorted(batch.changed, key=lambda row: row[0])
    records = resource.load([pk for pk, _version, _values in rows], lock=True)
    stale = sum(1 for pk, version, _values in rows if pk not in records or records[pk].version != version)
    if stale:
        raise StaleRows(stale)
    for pk, _version, values in rows:
        batch.values_of[pk] = values
        resource.change(records[pk], values, batch)
        records[pk].upload_number = batch.upload_number
    return place_all(records[pk] for pk, _version, _values in rows)


def _added(resource: RegistryResource, batch: Batch) -> list[Any]:
    records = place_all(resource.build(values, batch) for values in batch.new)
    numbers, ids = take_numbers(len(records)), bulk.take_ids(resource._meta.model, len(records))
    for record, number, pk, values in zip(records, numbers, ids, batch.new, strict=True):
        record.pk, record.number, record.upload_number = pk, number, batch.upload_number
        batch.values_of[pk] = values
    return records
