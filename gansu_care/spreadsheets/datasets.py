"""django-import-export's Dataset as a file that can be checked, and the check as its Result."""

from __future__ import annotations

from collections import defaultdict

import tablib
from django.core.exceptions import ValidationError
from import_export.results import InvalidRow, Result, RowResult

from gansu_care.spreadsheets.models import Outcome
from gansu_care.spreadsheets.reading import Sheet, Workbook
from gansu_care.spreadsheets.rows import Rows


class NeedsUpload(TypeError):
    """Rows are written by an upload, whose file, consent and second pair of eyes are kept; not by `import_data`."""


def workbook_of(dataset: tablib.Dataset, name: str) -> Workbook:
    """The Dataset as a file of one sheet."""
    return Workbook("dataset", [Sheet(name, [list(dataset.headers or []), *(list(row) for row in dataset)])])


def result_of(rows: Rows) -> Result:
    """A check as django-import-export tells it: totals, and the rows that are kept out with their reasons."""
    result = Result()
    result.total_rows = len(rows)
    said: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for problem in rows.problems_in_order():
        said[problem.sheet, problem.row].append(f"{problem.column}{problem.row or ''} {problem.message}")
    for index, place in enumerate(rows.places):
        outcome = rows.outcome(index)
        result.totals[RESULTS[outcome]] += 1
        if RESULTS[outcome] == RowResult.IMPORT_TYPE_INVALID:
            reasons = said[place.sheet, place.row]
            result.invalid_rows.append(InvalidRow(ValidationError(reasons), place.row, rows.cells(index)))
    return result


RESULTS = {
    Outcome.NEW: RowResult.IMPORT_TYPE_NEW,
    Outcome.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Outcome.SAME: RowResult.IMPORT_TYPE_SKIP,
    Outcome.DOUBTFUL: RowResult.IMPORT_TYPE_INVALID,
    Outcome.REFUSED: RowResult.IMPORT_TYPE_INVALID,
}
