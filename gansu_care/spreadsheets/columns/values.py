"""What a cell becomes besides an ordinary value."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from ..reading.header import HeaderColumn

Note = tuple[str, dict[str, Any]]
"""A problem code with its parameters."""
Read = tuple[Any, tuple[Note, ...]]
"""What one cell gave: the value and what there is to say about it."""


class Blank(Enum):
    """UNSET: empty, never erases a stored value. CLEAR: the officer wrote 清空. INVALID: refused."""

    UNSET = "unset"
    CLEAR = "clear"
    INVALID = "invalid"

    def __bool__(self) -> bool:
        return False


UNSET, CLEAR, INVALID = Blank.UNSET, Blank.CLEAR, Blank.INVALID


@dataclass(frozen=True, slots=True)
class Masked:
    """A cell that holds a mask (6201**********0013): unchanged if it is the mask of the stored value."""

    text: str


class PartialDate(NamedTuple):
    """A date of which the day, or day and month, may be unknown (then 1). `precision`: day, month or year."""

    date: date
    precision: str

    def __str__(self) -> str:
        return self.date.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """2010.1 as a number: 2010.1 or 2010.10. Something else, such as the ID number, may settle it."""

    candidates: tuple[PartialDate, ...]


class Quantity(NamedTuple):
    """A number with the unit that stood beside it (2台), or None."""

    number: Decimal
    unit: str | None


def _no_divisions(_text: str, _level: str | None) -> tuple:
    return ("unknown", [])


@dataclass(frozen=True, slots=True)
class Context:
    """What a column may know besides its cells.

    `on_date`: the day of the upload. `match_division(text, level)` answers ("ok", division, warning code or None),
    ("ambiguous", [candidates]), ("unknown", [nearest names]) or ("reporting_unit", name). `unit` and `heading` are
    those of the column being cleaned: see `of`. `numbers_as_text`: the file kept no types (csv, html).
    """

    on_date: date
    epoch1904: bool = False
    numbers_as_text: bool = False
    match_division: Callable[[str, str | None], tuple] = field(default=_no_divisions)
    unit: str | None = None
    heading: str = ""

    def of(self, column: HeaderColumn) -> "Context":
        """The same for one column of a sheet."""
        return replace(self, unit=column.unit, heading=column.heading)
