"""What one application writes, and how rows that hang on records are written: in bulk, with their history.

All of it runs inside the one transaction of applying.py. Rows are written in the order of their keys, so that two
applications never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.stored_rows import is_as_read

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
    # The models of which rows were written.
    models: set[Any] = field(default_factory=set)

    @property
    def today(self) -> date:
        return self.setting.on_date

    @cached_property
    def written_on(self) -> date:
        return timezone.localdate(self.at)

    def history(
        self, model: Any, added: Sequence[Any], changed: Sequence[Any] = (), gone: Sequence[Any] = ()
    ) -> None:
        """Snapshots of rows of one model as they stand now; of those that go, before they go."""
        self.models |= {model} if added or changed or gone else set()
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
        if not is_as_read(row):
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
        bulk.update(touched, as_read=True)
        bulk.insert(self.added)
        if with_history:
            self.batch.history(self.model, self.added, touched)


@dataclass(frozen=True)
class Written:
    added: int
    changed: int
    ids: tuple[int, ...]
