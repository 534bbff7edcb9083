"""What a cell can hold besides text, numbers, dates and nothing; and how a cell is shown to people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell whose formula failed, as the sheet shows it: #N/A, #REF!, #VALUE! …"""

    text: str

    def __str__(self) -> str:
        return self.text


class _Formula(Enum):
    EMPTY = "="

    def __str__(self) -> str:
        return self.value

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickled by its value: reading/apart.py accepts no other way."""
        return self.__class__, (self.value,)


EmptyFormula = _Formula.EMPTY
"""A formula without a stored result; we never calculate."""

Cell = None | str | int | float | bool | date | datetime | ErrorValue | _Formula


def column_letter(index: int) -> str:
    """The letter of a column: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The reverse: A -> 0, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def shown(value: object) -> str:
    """A cell as the officer sees it: whole numbers without .0, very long ones with E, dates in ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _shown_number(value)
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _shown_number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).upper()


def plain(value: object) -> object:
    """A value of a reader as one of ours: '' is None, a time of day is text like 08:30."""
    if value == "":
        return None
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return value


def day_or_moment(value: datetime) -> date | datetime:
    """A moment at midnight is a day."""
    return value.date() if value.time() == time.min else value


def is_blank(value: object) -> bool:
    """Nothing to read: None, white space, or a formula that gave nothing."""
    return value is None or value is EmptyFormula or (value.__class__ is str and not value.strip())
