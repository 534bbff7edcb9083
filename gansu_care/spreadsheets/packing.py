"""Cleaned values as plain data: tagged, to be staged and taken out again, or plain, to be shown.

pack(date(2010, 9, 1)) == ["date", "2010-09-01"]       unpack gives the date back
plain(date(2010, 9, 1)) == "2010-09-01"                ISO dates, codes as stored, money in yuan as text
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.columns import CLEAR, Blank, Masked, PartialDate, Quantity

_AS_IT_IS = (str, int, bool, float, type(None))


class RecordLink(NamedTuple):
    """Another record that a cell names: its key, its record number, the name it is known by, its division's key."""

    pk: int
    number: str
    label: str = ""
    division_pk: int | None = None

    def __str__(self) -> str:
        return self.label or self.number


class Names(tuple[str, ...]):
    """Several names from one cell, such as the joint sources of a receipt; their order says nothing."""

    def __str__(self) -> str:
        return "、".join(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Names) and set(self) == set(other)

    def __hash__(self) -> int:
        return hash(frozenset(self))


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Packed values as they are kept."""


def pack(value: Any) -> Any:
    """Plain JSON that `unpack` understands. 清空 is None; other blanks are not packed."""
    kind = value.__class__
    if kind in _AS_IT_IS:
        return value
    if kind is date:
        return ["date", value.isoformat()]
    if kind is PartialDate:
        return ["partial", value.date.isoformat(), value.precision]
    if kind is Decimal:
        return ["decimal", str(value)]
    if kind is Quantity:
        return ["quantity", str(value.number), value.unit]
    if kind is Division:
        return ["division", value.pk]
    if kind is list:
        return ["codes", *value]
    if kind is RecordLink:
        return ["link", *value]
    if kind is Names:
        return ["names", *value]
    if value is CLEAR:
        return None
    raise TypeError(f"cannot pack {kind.__name__}")


_UNPACK: dict[str, Callable[..., Any]] = {
    "date": date.fromisoformat,
    "partial": lambda day, precision: PartialDate(date.fromisoformat(day), precision),
    "decimal": Decimal,
    "quantity": lambda number, unit: Quantity(Decimal(number), unit),
    "division": lambda pk: book().by_id[pk],
    "codes": lambda *codes: list(codes),
    "link": RecordLink,
    "names": lambda *names: Names(names),
}


def unpack(value: Any) -> Any:
    if value.__class__ is not list:
        return value
    return _UNPACK[value[0]](*value[1:])


def packable(value: Any) -> bool:
    """Whether a cell says something to be kept: not empty, not refused, not a mask."""
    return value is CLEAR or not isinstance(value, Blank | Masked)


def plain(value: Any) -> Any:
    """For people and for the JSON of import_sheet."""
    if isinstance(value, Blank):
        return None
    if isinstance(value, Masked):
        return value.text
    if isinstance(value, Quantity):
        return plain(value.number)
    if isinstance(value, Decimal):
        return f"{value:f}" if value.as_tuple().exponent else int(value)
    if isinstance(value, Division):
        return value.code
    if isinstance(value, RecordLink):
        return value.number
    if isinstance(value, list | Names):
        return [plain(one) for one in value]
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, _AS_IT_IS) else str(value)
