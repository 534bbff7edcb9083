"""What an officer did by hand to rows of her file: cells typed anew on a page, answers to “the same record?”.

Kept by sheet and row number beside the file, which stays as it was sent; every check of the file, and the application,
take them in. Plain values: models/by_hand.py keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Spot = tuple[int, int]
"""Number of the sheet (from 0), number of the row as the sheet counts."""


class Decision(TextChoices):
    SAME = "same", _("同一条记录")
    ANOTHER = "another", _("另一条记录")
    LEAVE_OUT = "leave_out", _("不导入")


class Answer(NamedTuple):
    """Her answer about one row, and the records of the register that she had before her eyes."""

    decision: str
    target: int | None
    candidates: frozenset[int]

    def covers(self, candidates: tuple[int, ...]) -> bool:
        """Whether she has seen all of them: for one that came since, she is asked again."""
        return self.candidates.issuperset(candidates)


@dataclass(frozen=True)
class ByHand:
    """Mended cells (text by the place of the column, from 0) and answers, by sheet and row."""

    cells: Mapping[Spot, Mapping[int, str]] = field(default_factory=dict)
    answers: Mapping[Spot, Answer] = field(default_factory=dict)

    def mended(self, sheet_no: int, rows: list[tuple[int, list[Any]]]) -> list[tuple[int, list[Any]]]:
        """The data rows of a sheet with what was typed over their cells."""
        if not any(sheet == sheet_no for sheet, _row in self.cells):
            return rows
        return [(number, self._typed_over(sheet_no, number, cells)) for number, cells in rows]

    def _typed_over(self, sheet_no: int, number: int, cells: list[Any]) -> list[Any]:
        typed = self.cells.get((sheet_no, number), {})
        return [(typed[place] or None) if place in typed else cell for place, cell in enumerate(cells)]
