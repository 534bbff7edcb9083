"""The result of a check, kept: staged rows, problems, counts that add up. And taken out again, to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.columns.cell_text import DITTO_WORDS
from gansu_care.spreadsheets.file_rows import Reading
from gansu_care.spreadsheets.models import Outcome, StagedRow, StoredProblem, Upload, UploadState
from gansu_care.spreadsheets.packing import as_json, unpack
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.reading import Unreadable, shown
from gansu_care.spreadsheets.rows import Rows, SheetPart
from gansu_care.spreadsheets.writing_rows import DEFAULTS

from .headings import keep_asked
from .packed_rows import packed_rows
from .refusals import Refusal


def stage(upload: Upload, reading: Reading) -> None:
    """Keep a check's result in place of any earlier one. Nothing happens if the upload is not being checked."""
    outcomes = [
        (place.sheet_no, rows.outcome(index))
        for rows in reading.batches
        for index, place in enumerate(rows.places)
    ]
    problems = [problem for rows in reading.batches for problem in rows.problems_in_order()]
    with transaction.atomic():
        if not _still_checking(upload):
            return
        _forget(upload)
        bulk.insert(row for rows in reading.batches for row in _staged(upload, rows))
        bulk.insert(_stored(upload, problems))
        keep_asked(upload, reading)
        _report(upload, reading, outcomes, problems)
        upload.save()


def keep_asking(upload: Upload, reading: Reading) -> None:
    """Nothing is checked before the officer has said what headings mean: no rows, but the sheets and those headings."""
    with transaction.atomic():
        if not _still_checking(upload):
            return
        _forget(upload)
        keep_asked(upload, reading)
        _nothing_counted(upload)
        upload.sheets, upload.facts = [sheet.as_json() for sheet in reading.sheets], reading.facts
        upload.unreadable_code, upload.unreadable_params = "", {}
        _end_check(upload, UploadState.ASKING, "")
        upload.save()


def keep_unreadable(upload: Upload, fault: Unreadable) -> None:
    upload.unreadable_code, upload.unreadable_params = fault.code, fault.params
    keep_failure(upload, UploadState.REFUSED, Refusal.UNREADABLE)


def keep_failure(upload: Upload, state: str, refusal: str) -> None:
    """A check that came to nothing: no rows, and why."""
    with transaction.atomic():
        if not _still_checking(upload):
            return
        _forget(upload)
        _nothing_counted(upload)
        upload.sheets = []
        _end_check(upload, state, refusal)
        upload.save()


def _nothing_counted(upload: Upload) -> None:
    for name in ("rows", *Outcome.values, "errors", "warnings", "stale"):
        setattr(upload, name, 0)
    upload.rows_digest, upload.same_as = "", None


def _still_checking(upload: Upload) -> bool:
    """Whether this check is still wanted: no other run of it has come to an end meanwhile."""
    held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    return (held.state, held.check_no) == (UploadState.CHECKING, upload.check_no)


def _end_check(upload: Upload, state: str, refusal: str) -> None:
    upload.state, upload.refusal = state, refusal
    upload.check_no += 1
    upload.checked_at = timezone.now()


def _forget(upload: Upload) -> None:
    upload.staged.all().delete()
    upload.problems.all().delete()
    upload.asked.all().delete()


# --- in


def _staged(upload: Upload, rows: Rows) -> Iterator[StagedRow]:
    opened = _rows_to_look_at(rows)
    for index, (place, said) in enumerate(zip(rows.places, packed_rows(rows), strict=True)):
        changes = [{"field": name, "old": old, "new": new} for name, old, new in rows.changes.get(index, ())]
        record = rows.record(index)
        yield bulk.blank(
            StagedRow,
            upload_id=upload.pk,
            sheet_no=place.sheet_no,
            sheet=place.sheet,
            row=place.row,
            outcome=rows.outcome(index),
            resource=rows.resource.code,
            target_id=rows.targets[index],
            target_version=record.version if record is not None else None,
            values_json=said.encode(),
            changes_json=as_json(changes).encode() if changes else None,
            cells_json=as_json(_cells(rows, index)).encode() if index in opened else None,
            candidates=list(rows.candidates[index]) if rows.candidates.get(index) else None,
        )


def _rows_to_look_at(rows: Rows) -> set[int | None]:
    """The rows that have problems, those that others repeat, and those that were mended: they may be mended again."""
    mended = rows.setting.by_hand.cells
    again = (
        index for index, place in enumerate(rows.places) if mended and (place.sheet_no, place.row) in mended
    )
    repeated = {
        (problem.params.get("first_sheet", problem.sheet), problem.params["first_row"])
        for _index, problem in rows.said
        if "first_row" in problem.params
    }
    first = (index for index, one in enumerate(rows.places) if repeated and (one.sheet, one.row) in repeated)
    return {index for index, _problem in rows.said} | set(again) | set(first)


def _cells(rows: Rows, index: int) -> list[str]:
    """The cells of a row as people see them; 同上 as what it stands for, since the row may be looked at alone."""
    part, fields = rows.part(index), rows.resource.fields
    cells = [shown(cell) for cell in rows.cells(index)]
    for name, column in part.header.fields.items():
        place = column.index
        if fields[name].ditto and cells[place].strip() in DITTO_WORDS:
            above = (shown(part.data.rows[row][1][place]) for row in range(index - part.first - 1, -1, -1))
            cells[place] = next((text for text in above if text.strip() not in DITTO_WORDS), cells[place])
    return cells


def _stored(upload: Upload, problems: list[Problem]) -> list[StoredProblem]:
    return [
        StoredProblem(
            upload=upload,
            order=order,
            level=problem.level,
            code=problem.code,
            sheet=problem.sheet[:100],
            row=problem.row,
            column=problem.column,
            heading=problem.heading[:200],
            packed=as_json(problem.pack()).encode(),
        )
        for order, problem in enumerate(problems, 1)
    ]


def _report(
    upload: Upload, reading: Reading, outcomes: Sequence[tuple[int, str]], problems: list[Problem]
) -> None:
    """The counts and what follows from them. Rows in file = new + changed + same + doubtful + refused."""
    by_sheet = Counter(outcomes)
    counted = Counter(outcome for _sheet_no, outcome in outcomes)
    for sheet_no, sheet in enumerate(reading.sheets):
        if sheet.imported:
            sheet.counts = {outcome: by_sheet[sheet_no, outcome] for outcome in Outcome.values}
    for outcome in Outcome.values:
        setattr(upload, outcome, counted[outcome])
    upload.rows = reading.count
    if upload.rows != sum(counted.values()) or upload.rows != sum(sheet.rows for sheet in reading.sheets):
        raise AssertionError("rows do not add up")
    told = sum(1 for problem in problems if problem.is_error)
    upload.errors = told + sum(rows.untold for rows in reading.batches)
    upload.warnings = len(problems) - told
    upload.sheets = [sheet.as_json() for sheet in reading.sheets]
    upload.columns = {str(part.sheet_no): _columns(part) for rows in reading.batches for part in rows.parts}
    upload.facts = reading.facts
    upload.unreadable_code, upload.unreadable_params = "", {}
    upload.stale, upload.same_as = 0, _applied_before(upload)
    refusal = _refusal(upload, reading)
    _end_check(upload, UploadState.REFUSED if refusal else UploadState.CHECKED, refusal)


def _columns(part: SheetPart) -> list[list[str]]:
    return [[column.letter, column.heading[:200], column.field or ""] for column in part.header.columns]


def _applied_before(upload: Upload) -> Upload | None:
    """The upload by which the same division applied these very rows, unless they are to be checked all the same."""
    return None if upload.check_anyway else Upload.objects.of_the_same_rows(upload).first()


def _refusal(upload: Upload, reading: Reading) -> str:
    if not reading.is_recognised:
        return Refusal.NO_TABLE
    if not upload.rows:
        return Refusal.NO_ROWS
    if upload.same_as is not None:
        return Refusal.APPLIED_BEFORE
    return Refusal.NOTHING_GOOD if upload.bad == upload.rows else ""


# --- out


def taken_out(row: StagedRow) -> dict[str, Any]:
    """The values of a staged row as the columns read them, 清空 as None; a new record's defaults among them."""
    return taken_out_of(row, row.values)


def said_of(row: StagedRow) -> dict[str, Any]:
    """What the cells of a staged row say, whatever it comes to."""
    return {name: unpack(value) for name, value in row.values.items() if name != DEFAULTS}


def taken_out_of(row: Any, packed: dict[str, Any], kept: Collection[str] | None = None) -> dict[str, Any]:
    """The same of values that were read before, or only those of some columns."""
    values = {
        name: unpack(value) if value.__class__ is list else value
        for name, value in packed.items()
        if name != DEFAULTS and (kept is None or name in kept)
    }
    return _defaults(packed) | values if row.outcome == Outcome.NEW else values


def keys_of(packed: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What the check looked for the row's record by: see judging.said_by."""
    return _defaults(packed) | {name: unpack(packed[name]) for name in names if name in packed}


def _defaults(packed: dict[str, Any]) -> dict[str, Any]:
    return {name: unpack(value) for name, value in packed[DEFAULTS].items()}
