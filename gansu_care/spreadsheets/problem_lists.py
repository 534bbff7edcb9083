"""The problems of a check as pages and workbooks show them: by level, by kind, one line each.

A cell's own text is shown to people of the unit that uploaded the file; they hold it on paper. Others in whose scope
the upload lies read what is wrong, not whose number it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from gansu_care.divisions.scoping import standing
from gansu_care.spreadsheets.models import ProblemLevel, StoredProblem, Upload
from gansu_care.spreadsheets.writing.sheet_columns import INT, SheetColumn

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


@dataclass(frozen=True)
class ProblemGroup:
    """All problems of one code: how many, the first of them in words and where it stands."""

    code: str
    level: str
    count: int
    first: ProblemLine

    @property
    def state(self) -> str:
        return STATES[ProblemLevel(self.level)]

    @property
    def level_label(self) -> Any:
        return ProblemLevel(self.level).label

    @property
    def url(self) -> str:
        return f"?code={self.code}"

    @property
    def message(self) -> str:
        return self.first.message

    @property
    def advice(self) -> str:
        return self.first.advice

    @property
    def place(self) -> str:
        words = {"sheet": self.first.sheet, "row": self.first.row, "column": self.first.column}
        return _("%(sheet)s %(column)s%(row)s") % words if self.first.row else self.first.sheet


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
    )


def lines(problems: Iterable[StoredProblem], *, with_cells: bool) -> list[ProblemLine]:
    return [line(stored, with_cells=with_cells) for stored in problems]


def groups(upload: Upload, *, with_cells: bool) -> list[ProblemGroup]:
    """By code, what must be mended first, the most frequent first. Two queries, however many problems."""
    counted = upload.problems.order_by().values("code", "level").annotate(n=Count("pk"), first=Min("order"))
    firsts = {
        one.order: one for one in upload.problems.filter(order__in=[group["first"] for group in counted])
    }
    found = [
        ProblemGroup(
            group["code"], group["level"], group["n"], line(firsts[group["first"]], with_cells=with_cells)
        )
        for group in counted
    ]
    return sorted(found, key=lambda group: (group.level != ProblemLevel.ERROR, -group.count, group.code))


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
