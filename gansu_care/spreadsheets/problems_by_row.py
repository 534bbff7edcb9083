"""The problems of a check row by row: what a row comes to, all that is said about it, the way to mend it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from gansu_care.pages.keyset import Page
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Outcome, StagedRow, StoredProblem, Upload
from gansu_care.spreadsheets.preview_rows import PreviewRow, preview_rows
from gansu_care.spreadsheets.problem_lists import ProblemLine, line, lines, sees_cells
from gansu_care.spreadsheets.rows import HOLDING
from gansu_care.spreadsheets.uploads.mending import can_be_mended

MOST_OF_SHEETS = 50
STATES = {Outcome.REFUSED: "bad", Outcome.DOUBTFUL: "warn", Outcome.NEW: "ok", Outcome.CHANGED: "ok"}


@dataclass(frozen=True)
class RowProblems:
    """All problems of one row; `url` is the page where it is mended, or compared with what it is like."""

    row: PreviewRow
    outcome: str
    lines: list[ProblemLine]
    url: str = ""
    # Where a record that is registered elsewhere is asked for.
    transfer_url: str = ""

    @property
    def outcome_label(self) -> Any:
        return Outcome(self.outcome).label

    @property
    def state(self) -> str:
        return STATES.get(Outcome(self.outcome), "idle")

    @property
    def is_doubtful(self) -> bool:
        return self.outcome == Outcome.DOUBTFUL


def rows_with_problems(upload: Upload) -> QuerySet[StagedRow]:
    told = StoredProblem.objects.filter(upload=upload, sheet=OuterRef("sheet"), row=OuterRef("row"))
    return upload.staged.filter(Exists(told))


def by_row(upload: Upload, page: Page, user: Any) -> list[RowProblems]:
    """The rows of one page, each with all its problems. A constant number of queries."""
    with_cells = sees_cells(user, upload)
    told: dict[tuple[str, int | None], list[ProblemLine]] = defaultdict(list)
    for stored in upload.problems.filter(row__in=[row.row for row in page.rows]):
        told[stored.sheet, stored.row].append(line(stored, with_cells=with_cells))
    opens = with_cells and can_be_mended(upload)
    if opens:
        told = {  # the first row of a repeated one is a link
            key: [_with_first(upload, one) for one in found] for key, found in told.items()
        }
    return [
        RowProblems(
            shown,
            staged.outcome,
            told.get((staged.sheet, staged.row), []),
            row_url(upload, staged) if opens else "",
            _transfer_url(upload, staged, told.get((staged.sheet, staged.row), [])) if with_cells else "",
        )
        for shown, staged in zip(preview_rows(upload, page, user), page.rows, strict=True)
    ]


def _with_first(upload: Upload, problem: ProblemLine) -> ProblemLine:
    """With the way to the row that this one repeats: its cells are kept."""
    if not problem.first_row:
        return problem
    names = [sheet["name"] for sheet in upload.sheets]
    spot = [upload.number, names.index(problem.first_sheet), problem.first_row]
    return replace(problem, first_url=reverse("spreadsheets:mend", args=spot))


def _transfer_url(upload: Upload, staged: StagedRow, told: list[ProblemLine]) -> str:
    route = KINDS[upload.kind].resource(staged.resource).transfer_route
    if not route or not any(problem.code in HOLDING for problem in told):
        return ""
    return reverse(route, args=[upload.number, staged.sheet_no, staged.row])


def row_url(upload: Upload, staged: StagedRow) -> str:
    """Where a row is compared, or mended; empty for one whose cells are not kept."""
    spot = [upload.number, staged.sheet_no, staged.row]
    if staged.outcome == Outcome.DOUBTFUL:
        return reverse("spreadsheets:doubtful_row", args=spot)
    return reverse("spreadsheets:mend", args=spot) if staged.cells_json else ""


def of_whole_sheets(upload: Upload, *, with_cells: bool) -> list[ProblemLine]:
    """Problems that stand in no data row: a missing heading, a total that differs."""
    rows = upload.staged.filter(sheet=OuterRef("sheet"), row=OuterRef("row"))
    return lines(upload.problems.exclude(Exists(rows))[:MOST_OF_SHEETS], with_cells=with_cells)
