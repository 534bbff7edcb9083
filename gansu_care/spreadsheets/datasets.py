"""django-import-export's own doors of a resource: a Dataset out (the admin's export), one in to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, cast

import tablib
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from import_export.results import InvalidRow, Result, RowResult

from gansu_care.divisions.scoping import standing
from gansu_care.spreadsheets.file_rows import read_sheets
from gansu_care.spreadsheets.judging import judge_all
from gansu_care.spreadsheets.models import Outcome
from gansu_care.spreadsheets.reading import Sheet, Workbook
from gansu_care.spreadsheets.rows import Rows, Setting


class NeedsUpload(TypeError):
    """Rows are written by an upload, whose file, consent and second pair of eyes are kept; not by `import_data`."""


class DatasetDoors:
    """For RegistryResource: what django-import-export calls, on our fast path."""

    code: str
    get_queryset: Callable[[], QuerySet]
    export_headers: Callable[[], list[str]]
    export_rows: Callable[..., Iterator[list[Any]]]

    def import_data(self, dataset: tablib.Dataset, dry_run: bool = False, **kwargs: Any) -> Result:
        """Check a Dataset as an upload would be checked. Keyword `user`: for whom, within whose scope.

        Totals and invalid rows stand in the Result. Raises NeedsUpload unless `dry_run`.
        """
        user, division = kwargs.get("user"), standing(kwargs["user"]) if kwargs.get("user") else None
        if not dry_run or division is None:
            raise NeedsUpload
        setting = Setting(user, division, timezone.localdate())
        sheet = Sheet(self.code, [list(dataset.headers or []), *(list(row) for row in dataset)])
        reading = read_sheets(Workbook("dataset", [sheet]), [cast(Any, self)], setting)
        judge_all(reading, lambda done, total: None)
        return result_of(reading.batches[0])

    def export(self, queryset: QuerySet | None = None, **kwargs: Any) -> tablib.Dataset:
        """For the admin's export: always masked."""
        queryset = self.get_queryset() if queryset is None else queryset
        dataset = tablib.Dataset(headers=self.export_headers())
        dataset.extend(self.export_rows(queryset, masked=True))
        return dataset


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
