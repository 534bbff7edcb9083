"""Small cells are withheld so that no reader can work one out, and what is shown stays true."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gansu_care.reports.suppression import Cells, Sum, is_small


def crossed(rows: list[list[int]]) -> Cells:
    """A table of lines and columns with all its totals: keys are (line, column), None for a total."""
    lines, columns = range(len(rows)), range(len(rows[0]))
    values = {(i, j): rows[i][j] for i in lines for j in columns}
    values |= {(i, None): sum(rows[i]) for i in lines}
    values |= {(None, j): sum(row[j] for row in rows) for j in columns}
    values[None, None] = sum(map(sum, rows))
    whole: list = [*lines, None]
    sums = [Sum((i, None), tuple((i, j) for j in columns)) for i in whole]
    sums += [Sum((None, j), tuple((i, j) for i in lines)) for j in [*columns, None]]
    return Cells(values, sums)


def solutions(cells: Cells, hidden: frozenset, most: int) -> dict:
    """{withheld cell: the figures it may have}, by trying all that a reader could try: each at least 1."""
    inner = [key for key in cells.values if None not in key]
    free = [key for key in inner if key in hidden]
    possible: dict = {key: set() for key in hidden}
    shown = {key: value for key, value in cells.values.items() if key not in hidden}
    for guess in product(range(1, most + 1), repeat=len(free)):
        values = {**shown, **dict(zip(free, guess, strict=True))}
        told: dict = {}
        for one in sorted(cells.sums, key=lambda one: one.total == (None, None)):
            total = sum(values.get(part, told.get(part, 0)) for part in one.parts)
            if one.total in shown and shown[one.total] != total:
                break
            if one.total in told and told[one.total] != total:
                break
            told[one.total] = total
        else:
            for key in hidden:
                possible[key].add(values[key] if key in values else told[key])
    return possible


SMALL_TABLES = st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=3)
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 300)), min_size=width, max_size=width),
        min_size=2,
        max_size=8,
    )
)


@settings(max_examples=25, deadline=None)
@given(SMALL_TABLES)
def test_whoever_tries_all_figures_is_left_with_more_than_one(rows: list[list[int]]) -> None:
    cells = crossed(rows)
    hidden = cells.withheld()
    for key, possible in solutions(cells, hidden, 8).items():
        if is_small(cells.values[key]):
            assert len(possible) > 1, (rows, hidden, key)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_withheld_cell_follows_from_the_sums(rows: list[list[int]]) -> None:
    """An equation solver of its own, with fractions."""
    cells = crossed(rows)
    hidden = sorted(cells.withheld(), key=str)
    matrix = []
    for one in cells.sums:
        line = [Fraction(0)] * len(hidden)
        for cell in one.cells:
            if cell in hidden:
                line[hidden.index(cell)] += 1 if cell == one.total else -1
        matrix.append(line)
    for reduced in reduce(matrix):
        told = [hidden[index] for index, factor in enumerate(reduced) if factor]
        assert len(told) != 1, (rows, told)


def reduce(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    done = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((i for i in range(done, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        matrix[done] = [value / matrix[done][column] for value in matrix[done]]
        for i, line in enumerate(matrix):
            if i != done and line[column]:
                matrix[i] = [a - line[column] * b for a, b in zip(line, matrix[done], strict=True)]
        done += 1
    return matrix[:done]


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_every_small_cell_is_withheld_and_every_nought_is_shown(rows: list[list[int]]) -> None:
    cells = crossed(rows)
    hidden = cells.withheld()
    assert {key for key, value in cells.values.items() if is_small(value)} <= hidden
    assert not {key for key in hidden if cells.values[key] == 0}


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert crossed([[10, 20], [0, 7]]).withheld() == frozenset()


def test_one_small_cell_takes_three_more_with_it() -> None:
    hidden = crossed([[2, 40, 30], [20, 50, 60], [70, 80, 90]]).withheld()
    assert (0, 0) in hidden
    assert len(hidden) == 4
    assert all(None not in key for key in hidden)


@pytest.mark.parametrize("fixed", [frozenset({(None, 0), (None, 1), (None, None)})])
def test_what_is_shown_elsewhere_is_shown_here(fixed) -> None:
    cells = crossed([[2, 9], [8, 30], [40, 50]])
    found = Cells(cells.values, cells.sums, fixed=fixed).withheld()
    assert not found & fixed
    assert (0, 0) in found


def test_what_is_withheld_elsewhere_is_withheld_here_and_cannot_be_added_up() -> None:
    cells = crossed([[20, 9], [8, 30]])
    found = Cells(cells.values, cells.sums, forced=frozenset({(None, 0)})).withheld()
    assert (None, 0) in found
