"""A problem in one cell or row: where, what is wrong, what to do. The sentences stand in problem_kinds.py."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from .limits import PROBLEM_VALUE_CHARACTERS
from .problem_kinds import CODES, IN_GENERAL, ProblemKind

__all__ = ["CODES", "ERROR", "WARNING", "Problem", "ProblemKind"]

ERROR, WARNING = "error", "warning"
HIDDEN = "******"


class _Words(dict):
    """The words of a sentence; a missing one leaves a gap instead of an exception."""

    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `row` counts from 1 as in the sheet, `column` is its letter; both are empty for a whole sheet.

    `value` is the cell as shown there. `params` hold plain data for the sentences, never sentences: so each reader
    sees the problem in her own language.
    """

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    field: str = ""
    value: str = ""
    params: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code}")
        if len(self.value) > PROBLEM_VALUE_CHARACTERS:
            object.__setattr__(self, "value", self.value[: PROBLEM_VALUE_CHARACTERS - 1] + "…")

    @property
    def level(self) -> str:
        """An error keeps the row out; a warning waits for a yes."""
        return ERROR if self.code.startswith("E_") else WARNING

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    def without_cell(self) -> "Problem":
        """The same without what the cell held. Parameters may quote it too (“read as …”): only numbers are kept."""
        params = {
            key: value if isinstance(value, int | float) else HIDDEN
            for key, value in self.params.items()
            if value
        }
        return replace(self, value=HIDDEN if self.value else "", params=params)

    @property
    def message(self) -> str:
        """What is wrong, in the active language."""
        return self._say(CODES[self.code].wrong_for(self.params))

    @property
    def remedy(self) -> str:
        """What to do, in the active language."""
        return self._say(CODES[self.code].remedy_for(self.params))

    def _say(self, sentence: object) -> str:
        words = _Words(
            value=self.value, heading=self.heading, row=self.row or "", column=self.column, sheet=self.sheet
        )
        words.update((key, _word(value)) for key, value in self.params.items())
        return str(sentence) % words

    @classmethod
    def in_general(cls, code: str) -> str:
        """What is wrong, for all problems of this kind: with … where one of them would quote its cell."""
        return str(IN_GENERAL.get(code, CODES[code].wrong)) % defaultdict(lambda: "…")

    def as_json(self) -> dict[str, Any]:
        """For the JSON of import_sheet."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "heading": self.heading,
            "code": self.code,
            "level": self.level,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
        }

    def pack(self) -> list[Any]:
        """Plain data to be kept (sealed); `unpack` gives the problem back."""
        params = {key: _plain(value) for key, value in self.params.items()}
        return [self.code, self.sheet, self.row, self.column, self.heading, self.field, self.value, params]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> "Problem":
        """The problem that `pack` gave away."""
        return cls(*packed)


def _word(value: Any) -> str:
    """A parameter as a word; several are listed with the list mark of the language."""
    if isinstance(value, (list, tuple)):
        return gettext("、").join(str(part) for part in value)
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, (date, Decimal)):
        return str(value)
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
