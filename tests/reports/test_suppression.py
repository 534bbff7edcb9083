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


# --- whoever puts all that is published together


def given_away(cells: Cells) -> set:
    """The withheld cells of 1 to 4 whose figure is the only one that fits all that is shown: every table is tried."""
    hidden = cells.withheld()
    return {key for key in hidden if is_small(cells.values[key]) and not another_fits(cells, hidden, key)}


def another_fits(cells: Cells, hidden: frozenset, key) -> bool:
    most = max(cells.values.values()) + 6
    ranges = {cell: (1, most) if cell in hidden else (value, value) for cell, value in cells.values.items()}
    true = cells.values[key]
    others = [(low, high) for low, high in ((true + 1, most), (1, true - 1)) if low <= high]
    return any(fits(cells, ranges | {key: other}) for other in others)


def fits(cells: Cells, ranges: dict) -> bool:
    """Whether there is a table of whole numbers within these ranges."""
    narrowed = narrow(cells, dict(ranges))
    if narrowed is None:
        return False
    open_ones = [cell for cell, (low, high) in narrowed.items() if low < high]
    if not open_ones:
        return True
    cell = min(open_ones, key=lambda cell: narrowed[cell][1] - narrowed[cell][0])
    figures = sorted(
        range(narrowed[cell][0], narrowed[cell][1] + 1), key=lambda n: abs(n - cells.values[cell])
    )
    return any(fits(cells, narrowed | {cell: (figure, figure)}) for figure in figures)


def narrow(cells: Cells, ranges: dict) -> dict | None:
    """The ranges as far as single sums narrow them; None if one is empty."""
    before = None
    while before != ranges:
        before = dict(ranges)
        for one in cells.sums:
            least, most = (sum(ranges[part][end] for part in one.parts) for end in (0, 1))
            ranges[one.total] = max(ranges[one.total][0], least), min(ranges[one.total][1], most)
            for part in one.parts:
                low, high = ranges[part]
                total_low, total_high = ranges[one.total]
                ranges[part] = max(low, total_low - (most - high)), min(high, total_high - (least - low))
                least, most = least + ranges[part][0] - low, most + ranges[part][1] - high
        if any(low > high for low, high in ranges.values()):
            return None
    return ranges


def published(counts: list[list[list[int]]]) -> Cells:
    """Place by age by sex with all totals, as the annual report has them: keys are (place, age, sex), None for all."""
    axes = [range(len(counts)), range(len(counts[0])), range(len(counts[0][0]))]
    whole: list = [[*axis, None] for axis in axes]

    def parts(key: tuple, axis: int) -> tuple:
        return tuple((*key[:axis], one, *key[axis + 1 :]) for one in axes[axis])

    values: dict = {}
    for key in sorted(product(*whole), key=lambda key: key.count(None)):
        axis = next((axis for axis in range(3) if key[axis] is None), None)
        inner = key if axis is None else parts(key, axis)
        values[key] = counts[key[0]][key[1]][key[2]] if axis is None else sum(values[one] for one in inner)
    sums = [Sum(key, parts(key, axis)) for key in values for axis in range(3) if key[axis] is None]
    return Cells(values, sums)


FEW = st.one_of(st.integers(0, 2), st.integers(0, 12))
AGE_BY_SEX = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(FEW, min_size=width, max_size=width), min_size=2, max_size=4)
)
PLACE_BY_AGE_BY_SEX = st.lists(
    st.lists(st.lists(FEW, min_size=2, max_size=2), min_size=2, max_size=2), min_size=2, max_size=3
)


def test_of_all_small_tables_of_two_by_two_none_gives_a_cell_away() -> None:
    tables = ([list(flat[:2]), list(flat[2:])] for flat in product(range(7), repeat=4))
    assert [rows for rows in tables if given_away(crossed(rows))] == []


@pytest.mark.parametrize(
    "rows",
    [
        [[3, 0, 0], [2, 0, 1], [5, 1, 2], [1, 1, 1]],
        [[0, 0, 2], [1, 2, 6], [0, 1, 0], [1, 1, 1]],
        [[4, 1, 1], [5, 1, 0], [5, 2, 1], [0, 0, 0]],
        [[2, 1, 7], [0, 1, 1], [0, 1, 2], [1, 1, 2]],
        [[2, 1, 1], [5, 2, 2], [1, 1, 0]],
        [[5, 2, 2], [1, 1, 0], [2, 0, 1]],
    ],
)
def test_what_no_single_sum_gives_away_is_not_given_away_by_several(rows: list[list[int]]) -> None:
    assert given_away(crossed(rows)) == set()


@settings(max_examples=150, deadline=None)
@given(AGE_BY_SEX)
def test_no_combination_of_age_by_sex_with_totals_gives_a_cell_away(rows: list[list[int]]) -> None:
    assert given_away(crossed(rows)) == set()


@settings(max_examples=30, deadline=None)
@given(PLACE_BY_AGE_BY_SEX)
def test_no_combination_of_place_by_age_by_sex_gives_a_cell_away(counts: list[list[list[int]]]) -> None:
    assert given_away(published(counts)) == set()


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
