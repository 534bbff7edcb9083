"""Whether a withheld figure could be another one: the reader's view, tried out.

A reader knows the figures that are shown, the sums, and that a withheld figure is at least 1. One figure is moved by
one, and the withheld cells of each sum that no longer adds up are moved until all do: the table that comes of it is
as good for the reader as the true one, and each cell in which the two differ is safe. Cells between which nothing can
be moved, though no single sum gives them away, are found by this alone.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Key = Hashable
MOST_TRIES = 2_000
"""Moves tried for one figure. One that is not found to be safe by then counts as given away: more is withheld."""


@dataclass
class AnotherTable:
    """`of`: the sums in which a cell stands. `least`: what a withheld figure is at least."""

    values: Mapping[Key, int]
    of: Mapping[Key, Sequence[Any]]
    hidden: set[Key]
    least: int
    tries: int = 0

    def differing_in(self, key: Key) -> set[Key]:
        """The cells in which a table that fits as well differs from the true one, this one among them; or none."""
        for step in (1, -1):
            self.tries = MOST_TRIES
            if self.values[key] + step >= self.least:
                moved = {key: step}
                if self._balance(moved, self._unbalanced({}, key, step)):
                    return set(moved)
        return set()

    def _unbalanced(self, before: Mapping[Any, int], cell: Key, step: int) -> dict[Any, int]:
        """By how much the sums are out once a cell has moved: total less parts."""
        after = dict(before)
        for one in self.of.get(cell, ()):
            off = after.pop(one, 0) + (step if cell == one.total else -step)
            if off:
                after[one] = off
        return after

    def _balance(self, moved: dict[Key, int], unbalanced: Mapping[Any, int]) -> bool:
        """Move further cells until every sum adds up; `moved` then holds them all."""
        if not unbalanced:
            return True
        self.tries -= 1
        if self.tries < 0:
            return False
        moves = min((self._moves(one, off, moved) for one, off in unbalanced.items()), key=len)
        outcomes = [(cell, step, self._unbalanced(unbalanced, cell, step)) for cell, step in moves]
        for cell, step, after in sorted(outcomes, key=lambda outcome: len(outcome[2])):
            moved[cell] = step
            if self._balance(moved, after):
                return True
            del moved[cell]
        return False

    def _moves(self, one: Any, off: int, moved: Mapping[Key, int]) -> list[tuple[Key, int]]:
        """The cells of a sum that may still move, each with the step that makes it add up again."""
        steps = ((cell, -off if cell == one.total else off) for cell in one.cells)
        return [
            (cell, step)
            for cell, step in steps
            if cell in self.hidden and cell not in moved and self.values[cell] + step >= self.least
        ]
