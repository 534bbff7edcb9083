"""Rows that were exported before their record was changed: refused, and what has moved on in the register is said.

Exports and pre-filled forms carry record number and version. Every version of a record stands in its history: what it
held when the row was written out is compared with what it holds now, field by field, sealed values by their masks.
Parts of a record with a history of their own (parents, carers) change its version too; then the row is refused without
naming a field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gansu_care.spreadsheets.among import among
from gansu_care.spreadsheets.columns import is_nothing
from gansu_care.spreadsheets.comparing import shown_masked
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.stored_rows import from_book, stored_rows


class StaleRow(NamedTuple):
    place: int
    record: Any
    seen: int  # the version that the row was written out from


def refuse_stale(rows: Rows) -> None:
    """A step of the check (judging.py)."""
    versions = rows.values["version"]
    held = ((index, rows.record(index), versions[index]) for index in range(len(rows)))
    stale = [
        StaleRow(index, record, seen)
        for index, record, seen in held
        if record is not None and not is_nothing(seen) and seen != record.version
    ]
    past = _as_seen(rows, stale)
    for row in stale:
        was = past.get((row.record.id, row.seen))
        rows.add(row.place, "E_STALE_ROW", "number", moved=_moved(rows, row.record, was) if was else [])


def _as_seen(rows: Rows, stale: Sequence[StaleRow]) -> dict[tuple[int, int], Any]:
    """What the records held in those versions, by id and version: one query, however many rows."""
    if not stale:
        return {}
    history = rows.resource._meta.model.history.model.objects.filter(
        id__in=among({row.record.id for row in stale}), version__in=among({int(row.seen) for row in stale})
    )
    snapshots = stored_rows(history.order_by("history_id"), lock=False)
    return {(one.id, one.version): from_book(one) for one in snapshots}


def _moved(rows: Rows, record: Any, was: Any) -> list[str]:
    """The fields that differ: 村：南门村 → 北街村."""
    moved = []
    for name, column in rows.resource.stored_columns().items():
        if not hasattr(was, column.attribute):
            continue
        then, now = getattr(was, column.attribute), rows.resource.raw(record, name)
        if then != now and not (is_nothing(then) and is_nothing(now)):
            shown = (shown_masked(column, value) or "—" for value in (then, now))
            moved.append(f"{rows.resource.heading(name)}：{' → '.join(shown)}")
    return moved
