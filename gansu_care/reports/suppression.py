"""Small cells: figures of 1 to 4 are withheld in what everybody may read, and as many more as it takes that none of
them can be worked out.

A table is a set of cells with sums between them: a line is the sum of its breakdown, the whole that of its parts. First
the cells of 1 to 4 are withheld. Then the reader is played: what follows from the sums alone, and from knowing that a
withheld figure is at least 1 (nought is always shown), is found; as long as a cell of 1 to 4 is among it, one more cell
of a sum it stands in is withheld. At the end each cell of 1 to 4 must have another figure that fits all that is shown
(another_table.py): what several sums give away together is found so. What is shown is never changed: totals stay true.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gansu_care.reports.another_table import AnotherTable

Key = Hashable
SMALLEST, LARGEST = 1, 4
# Sums are solved modulo a prime: exact for whole numbers below it, and quick.
PRIME = 2**61 - 1
MOST_PASSES = 60


@dataclass(frozen=True)
class Sum:
    """`total` = the sum of `parts`, all of them cells."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def is_small(value: int) -> bool:
    return SMALLEST <= value <= LARGEST


@dataclass
class Cells:
    """`fixed` cells are shown elsewhere and cannot be withheld here; `forced` ones are withheld elsewhere."""

    values: Mapping[Key, int]
    sums: Sequence[Sum]
    fixed: frozenset[Key] = frozenset()
    forced: frozenset[Key] = frozenset()
    _of: dict[Key, list[Sum]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.sums:
            for key in one.cells:
                self._of.setdefault(key, []).append(one)

    @property
    def small(self) -> set[Key]:
        return {key for key, value in self.values.items() if is_small(value)}

    def withheld(self) -> frozenset[Key]:
        """The cells that are not shown."""
        small = self.small
        hidden = small | {key for key in self.forced if self.values.get(key)}
        safe: set[Key] = set()
        while open_ones := self._given_away(hidden, small, safe):
            more = False
            for key in sorted(open_ones, key=lambda key: (key not in small, str(key))):
                found = self._one_more(key, hidden)
                if found is not None:
                    hidden.add(found)
                    more = True
            if not more:
                hidden |= {key for key, value in self.values.items() if value and key not in self.fixed}
                break
        return frozenset(self._given_back(hidden, small))

    def _given_away(self, hidden: set[Key], small: set[Key], safe: set[Key]) -> set[Key]:
        """The withheld cells that a reader can work out, if one of 1 to 4 is among them.

        `safe`: those that were found to have another figure; withholding more leaves them so.
        """
        found = derivable(self.values, self.sums, hidden)
        if found & small:
            return found
        reader = AnotherTable(self.values, self._of, hidden, SMALLEST)
        for key in sorted(small, key=str):
            if key not in safe:
                safe |= reader.differing_in(key)
        return small - safe

    def _one_more(self, key: Key, hidden: set[Key]) -> Key | None:
        """Of the sums that a cell stands in, the one that gives it away first; of its cells one that is left.

        Best is one that stands in other sums with withheld cells: they protect each other. A total is the last choice.
        """

        def missing(one: Sum) -> int:
            return sum(cell in hidden for cell in one.cells)

        def touches(cell: Key) -> int:
            return sum(any(other in hidden for other in one.cells) for one in self._of[cell])

        for one in sorted(self._of.get(key, ()), key=missing):
            free = [
                cell
                for cell in one.cells
                if cell not in hidden and cell not in self.fixed and self.values[cell]
            ]
            if free:
                return min(
                    free, key=lambda cell: (cell == one.total, -touches(cell), self.values[cell], str(cell))
                )
        return None

    def _given_back(self, hidden: set[Key], small: set[Key]) -> set[Key]:
        """Withheld for the sake of others, but to be worked out all the same: shown again, which tells nothing new."""
        return hidden - (derivable(self.values, self.sums, hidden) - small - self.forced)


# --- the reader, who adds and subtracts


def derivable(values: Mapping[Key, int], sums: Iterable[Sum], hidden: set[Key]) -> set[Key]:
    """The withheld cells whose figure follows from what is shown."""
    left = [(one, [cell for cell in one.cells if cell in hidden]) for one in sums]
    lines = [(one, cells) for one, cells in left if cells]
    return _solved(lines) | _bounded(values, lines)


def _solved(lines: list[tuple[Sum, list[Key]]]) -> set[Key]:
    """Cells that alone remain in a line of the reduced system."""
    rows: dict[Key, dict[Key, int]] = {}  # pivot: the other cells of its line
    for one, cells in lines:
        row: dict[Key, int] = {}
        for cell in cells:
            row[cell] = (row.get(cell, 0) + (1 if cell == one.total else -1)) % PRIME
        for pivot in [cell for cell in row if cell in rows]:
            _add(row, rows[pivot], -row.pop(pivot))
        row = {cell: factor for cell, factor in row.items() if factor}
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        inverse = pow(factor, -1, PRIME)
        rest = {cell: one_factor * inverse % PRIME for cell, one_factor in row.items() if cell != pivot}
        for other in rows.values():
            if pivot in other:
                _add(other, rest, -other.pop(pivot))
        rows[pivot] = rest
    return {pivot for pivot, rest in rows.items() if not rest}


def _add(row: dict[Key, int], other: Mapping[Key, int], factor: int) -> None:
    """row += factor * other, without noughts."""
    for cell, value in other.items():
        found = (row.get(cell, 0) + factor * value) % PRIME
        if found:
            row[cell] = found
        else:
            row.pop(cell, None)


def _bounded(values: Mapping[Key, int], lines: list[tuple[Sum, list[Key]]]) -> set[Key]:
    """Cells between whose bounds nothing is left: each withheld figure is at least 1."""
    low = {cell: SMALLEST for _one, cells in lines for cell in cells}
    high: dict[Key, float] = dict.fromkeys(low, float("inf"))
    for _pass in range(MOST_PASSES):
        before = (dict(low), dict(high))
        for one, _cells in lines:
            _tighten(one, values, low, high)
        if before == (low, high):
            break
    return {cell for cell in low if low[cell] == high[cell]}


def _tighten(one: Sum, values: Mapping[Key, int], low: dict[Key, int], high: dict[Key, float]) -> None:
    def bounds(cell: Key) -> tuple[int, float]:
        return (low[cell], high[cell]) if cell in low else (values[cell], values[cell])

    parts = [bounds(cell) for cell in one.parts]
    least, most = sum(low_ for low_, _high in parts), sum(high_ for _low, high_ in parts)
    total_low, total_high = bounds(one.total)
    if one.total in low:
        low[one.total], high[one.total] = max(total_low, least), min(total_high, most)
    for cell, (part_low, part_high) in zip(one.parts, parts, strict=True):
        if cell in low:
            rest_most = most - part_high if most != float("inf") else _others(parts, cell, one.parts)
            high[cell] = min(part_high, total_high - (least - part_low))
            if rest_most != float("inf"):
                low[cell] = max(part_low, int(total_low - rest_most))


def _others(parts: list[tuple[int, float]], cell: Key, cells: tuple[Key, ...]) -> float:
    """The most that the other parts can come to, where some know no bound."""
    return sum(high for (_low, high), other in zip(parts, cells, strict=True) if other != cell)
