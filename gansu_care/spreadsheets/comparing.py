"""Rows against the register: what a row would change, and whether it may.

An empty cell changes nothing, 清空 erases, a mask is “unchanged” if it is the mask of what is stored. Sealed values are
compared by their digests where they have one: the same text sealed twice differs.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from gansu_care.sealed import cipher
from gansu_care.sealed.fields import Sealed
from gansu_care.spreadsheets.columns import INVALID, UNSET, Column, Masked, is_nothing
from gansu_care.spreadsheets.rows import Change, Rows


def compare(rows: Rows) -> None:
    """Fill `rows.changes` of the rows that have a record; refuse wrong masks."""
    found = ((index, rows.record(index)) for index in range(len(rows)))
    with_record = [(index, record) for index, record in found if record is not None]
    for name, column in rows.resource.stored_columns().items():
        values, getter = rows.values[name], rows.resource.getters[name]
        if not any(value is not UNSET for value in values):
            continue
        for index, record in with_record:
            read = values[index]
            if read is UNSET or read is INVALID:
                continue
            stored = getter(record)
            if stored.__class__ is read.__class__ and stored == read:
                continue
            if not unchanged(rows.resource, record, column, stored, read):
                _note_change(rows, index, name, stored, read)


def _note_change(rows: Rows, index: int, name: str, stored: Any, read: Any) -> None:
    if isinstance(read, Masked):
        rows.invalidate(index, name, "E_MASKED_VALUE")
        return
    column = rows.resource.fields[name]
    old = stored.open() if isinstance(stored, Sealed) else stored
    rows.changes.setdefault(index, []).append(
        Change(name, shown_masked(column, old), shown_masked(column, read))
    )


def unchanged(resource: Any, record: Any, column: Column, stored: Any, read: Any) -> bool:
    if isinstance(stored, Sealed):
        held = resource.digest(record, column) if read.__class__ is str else ""
        if held:
            return held == cipher.digest(read, stored.name)
        return column.same(stored.open(), read)
    return column.same(stored, read)


def shown_masked(column: Column, value: Any) -> str:
    """A value as a page may show it: as its cell would read, masked where it is sealed. Names are the page's matter."""
    if is_nothing(value):
        return ""
    if column.mask is not None and not getattr(column, "beyond_county_only", False):
        return column.mask(str(value))
    cell = column.render(value)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell == cell.to_integral() else f"{cell:f}"
    return "" if cell is None else str(cell)
