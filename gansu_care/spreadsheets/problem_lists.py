"""The problems of a check as pages and workbooks show them: by level, by kind, one line each.

A cell's own text is shown to people of the unit that uploaded the file; they hold it on paper. Others in whose scope
the upload lies read what is wrong, not whose number it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from gansu_care.divisions.scoping import standing
from gansu_care.spreadsheets.models import ProblemLevel, StoredProblem, Upload
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.rows import HOLDING
from gansu_care.spreadsheets.writing.sheet_columns import INT, SheetColumn

SAMPLES = 3
STATES = {ProblemLevel.ERROR: "bad", ProblemLevel.WARNING: "warn"}


@dataclass(frozen=True)
class ProblemLine:
    """One problem as components/problems.html takes it."""

    number: int
    level: str
    sheet: str
    row: int | None
    column: str
    heading: str
    value: str
    message: str
    advice: str
    code: str
    # How such a cell must look at all, the values that this one may have been meant to be, the row it repeats.
    expected: str = ""
    nearest: str = ""
    first_row: int | None = None
    first_sheet: str = ""
    first_url: str = ""

    @property
    def place(self) -> str:
        words = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return _("%(sheet)s %(column)s%(row)s") % words if self.row else self.sheet


@dataclass(frozen=True)
class ProblemGroup:
    """All problems of one code: how many, and the first of them with their cells."""

    code: str
    level: str
    count: int
    samples: list[ProblemLine]

    @property
    def first(self) -> ProblemLine:
        return self.samples[0]

    @property
    def state(self) -> str:
        return STATES[ProblemLevel(self.level)]

    @property
    def level_label(self) -> Any:
        return ProblemLevel(self.level).label

    @property
    def in_general(self) -> str:
        return Problem.in_general(self.code)

    @property
    def url(self) -> str:
        return f"?code={self.code}"

    @property
    def message(self) -> str:
        """The sentence of the first, unless it would speak of one cell only."""
        return self.first.message if len({one.message for one in self.samples}) == 1 else self.in_general

    @property
    def advice(self) -> str:
        """What is expected; a proposal for one cell, or what differs from cell to cell, stands beside it."""
        return "" if self.advises_each else self.first.expected

    @property
    def advises_each(self) -> bool:
        return len({one.expected for one in self.samples}) > 1


def sees_cells(user: Any, upload: Upload) -> bool:
    """Whether the user stands at the very unit that sent the file."""
    own = standing(user)
    return own is not None and own.pk == upload.division.current.pk


def line(stored: StoredProblem, *, with_cells: bool) -> ProblemLine:
    problem = stored.problem if with_cells else stored.problem.without_cell()
    return ProblemLine(
        number=stored.order,
        level=stored.level,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        heading=problem.heading,
        value=problem.value,
        message=problem.message,
        advice=problem.remedy,
        code=problem.code,
        expected=replace(problem, params=_without_proposal(problem)).remedy,
        nearest=_proposal(problem) if with_cells else "",
        first_row=problem.params.get("first_row"),
        first_sheet=str(problem.params.get("first_sheet", problem.sheet)),
    )


def _without_proposal(problem: Problem) -> dict[str, Any]:
    return {name: value for name, value in problem.params.items() if name != "nearest"}


def _proposal(problem: Problem) -> str:
    found = problem.params.get("nearest") or ""
    return found if isinstance(found, str) else _("、").join(str(one) for one in found)


def lines(problems: Iterable[StoredProblem], *, with_cells: bool) -> list[ProblemLine]:
    return [line(stored, with_cells=with_cells) for stored in problems]


def groups(upload: Upload, *, with_cells: bool) -> list[ProblemGroup]:
    """By code, what must be mended first, the most frequent first. Two queries, however many problems."""
    counted = upload.problems.order_by().values("code", "level").annotate(n=Count("pk"))
    nth = Window(RowNumber(), partition_by=F("code"), order_by="order")
    samples: dict[str, list[ProblemLine]] = defaultdict(list)
    for stored in upload.problems.annotate(nth=nth).filter(nth__lte=SAMPLES):
        samples[stored.code].append(line(stored, with_cells=with_cells))
    found = [
        ProblemGroup(group["code"], group["level"], group["n"], samples[group["code"]]) for group in counted
    ]
    return sorted(found, key=lambda group: (group.level != ProblemLevel.ERROR, -group.count, group.code))


def warning_groups(upload: Upload, *, with_cells: bool) -> list[ProblemGroup]:
    """The kinds of warning to be confirmed one by one; what is held back anyway is not confirmed."""
    return [
        group
        for group in groups(upload, with_cells=with_cells)
        if group.level == ProblemLevel.WARNING and group.code not in HOLDING
    ]


def chosen(upload: Upload, show: str, code: str) -> QuerySet[StoredProblem]:
    """The problems of a tab: all, those that must be mended, those to be confirmed, or those of one code."""
    problems = upload.problems.all()
    if code:
        return problems.filter(code=code)
    level = {"must": ProblemLevel.ERROR, "may": ProblemLevel.WARNING}.get(show)
    return problems.filter(level=level) if level else problems


def problem_columns() -> list[SheetColumn]:
    """The columns of the problem workbook."""
    return [
        SheetColumn(_("序号"), INT),
        SheetColumn(_("程度"), width=9),
        SheetColumn(_("工作表"), width=16),
        SheetColumn(_("行"), INT),
        SheetColumn(_("列"), width=6),
        SheetColumn(_("栏目"), width=18),
        SheetColumn(_("单元格内容"), width=26),
        SheetColumn(_("哪里不对"), width=44),
        SheetColumn(_("怎么改"), width=44),
        SheetColumn(_("代码"), width=22),
    ]


def problem_rows(upload: Upload, *, with_cells: bool) -> Iterator[list[Any]]:
    for place, stored in enumerate(upload.problems.order_by("order").iterator(chunk_size=2000), start=1):
        one = line(stored, with_cells=with_cells)
        level = ProblemLevel(one.level).label
        yield [
            place, level, one.sheet, one.row, one.column, one.heading, one.value, one.message, one.advice, one.code,
        ]  # fmt: skip
