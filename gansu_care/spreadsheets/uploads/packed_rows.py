"""The rows of a check as JSON, one text a row: made by column, since most values of a column repeat.

    {"name":"王小花","birth_date":["partial","2015-09-01","day"],…,"_on":["date","2026-11-30"],"_default":{…}}

Values are packed as packing.py says; what a cell does not say is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.columns import UNSET, PartialDate
from gansu_care.spreadsheets.packing import as_json, pack, packable
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.writing_rows import DAY, DEFAULTS

BLOCK = 2_000
# Of these classes equal values are packed alike.
_REPEATING = frozenset({str, bool, PartialDate, date, Division})


def packed_rows(rows: Rows) -> Iterator[str]:
    """One JSON object a row, in the order of the file."""
    columns = [*rows.resource.stored_columns(), "number"]
    said = [name for name in columns if any(value is not UNSET for value in rows.values[name])]
    packers = [_Packed(name) for name in said]
    tails = _Tails()
    for start in range(0, len(rows), BLOCK):
        block = range(start, min(start + BLOCK, len(rows)))
        made = [
            packer.column(rows.values[name][start : block.stop])
            for name, packer in zip(said, packers, strict=True)
        ]
        for index, cells in zip(block, zip(*made, strict=True), strict=True):
            yield f"{{{''.join(filter(None, cells))}{tails.of(rows, index)}}}"


class _Packed(dict[Any, str]):
    """One column: each value with its name and a comma, or nothing. Keeps those that may come again."""

    def __init__(self, name: str) -> None:
        self.head = f"{as_json(name)}:"

    def column(self, values: Sequence[Any]) -> list[str]:
        return [
            self[value] if value.__class__ in _REPEATING else "" if value is UNSET else self._other(value)
            for value in values
        ]

    def __missing__(self, value: Any) -> str:
        found = self[value] = self._cell(value)
        return found

    def _other(self, value: Any) -> str:
        if value.__class__ is not list:
            return self._cell(value)
        key = list, repr(value)  # some lists hold what cannot be looked up
        if key not in self:
            self[key] = self._cell(value)
        return self[key]

    def _cell(self, value: Any) -> str:
        return f"{self.head}{as_json(pack(value))}," if packable(value) else ""


class _Tails:
    """The day that a row speaks of, and what it would get where it says nothing: the same for most rows."""

    def __init__(self) -> None:
        self.known: dict[Any, str] = {}

    def of(self, rows: Rows, index: int) -> str:
        day, defaults = rows.day(index), rows.defaults[index]
        key = day, *defaults.items()
        found = self.known.get(key)
        if found is None:
            packed = {DAY: pack(day), DEFAULTS: {name: pack(value) for name, value in defaults.items()}}
            found = self.known[key] = as_json(packed)[1:-1]
        return found
