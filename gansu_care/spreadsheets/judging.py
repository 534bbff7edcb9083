"""The steps of a check, from cleaned rows to what each of them comes to. In their order:

    refuse_masks  a mask means “unchanged”, and only in a row that names its record by number
    settle        where rows belong; values that settle each other (a birth date and an ID number)
    match         which record each row means: by record number, by the keys of its kind, or none; rows that stand twice
    complete      what the upload says for all its rows, where a row and its record say nothing
    refuse_stale  rows written out before their record was changed (stale.py)
    compare       what each row would change in its record (comparing.py)
    cross_check   the rules between fields, on what the record would hold afterwards
    require       what a new record must have

What is particular to a kind of record is said by its resource: OwnSteps. All problems are gathered; nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from gansu_care.spreadsheets.columns import Masked, is_nothing
from gansu_care.spreadsheets.comparing import compare
from gansu_care.spreadsheets.declaration import Found, Values, decided
from gansu_care.spreadsheets.file_rows import Reading
from gansu_care.spreadsheets.packing import packable
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.rows import Rows, SheetPart
from gansu_care.spreadsheets.stale import refuse_stale


class OwnSteps:
    """The steps of a check that are particular to one kind of record."""

    def settle(self, rows: Rows) -> None:
        """What must be known before records are looked for: where rows belong, values that settle each other."""

    def defaults(self, rows: Rows, index: int) -> Values:
        """What a new record gets where its row says nothing: the place, the day."""
        return {}

    def complete(self, rows: Rows) -> None:
        """What the upload as a whole says of each row, once the records are known (a declared consent)."""

    def cross_check(self, rows: Rows) -> None:
        """The rules between fields, on what the record would hold afterwards."""


def judge_all(reading: Reading, resources: Sequence[OwnSteps], progress: Callable[[int, int], None]) -> None:
    """All steps for the rows of each resource, in the order in which the file was read for them.

    `progress` is told how many rows are done, of how many.
    """
    total = reading.count
    for rows, own in zip(reading.batches, resources, strict=True):
        steps = steps_of(own)
        rows.beside = reading.batches
        for done, step in enumerate(steps, 1):
            step(rows)
            progress(total * done // len(steps), total)
        rows.beside = ()  # a circle of hundreds of thousands of values would outlive the check


def steps_of(own: OwnSteps) -> tuple[Callable[[Rows], None], ...]:
    return (
        refuse_masks,
        own.settle,
        partial(match, own),
        own.complete,
        refuse_stale,
        compare,
        own.cross_check,
        require,
    )


def refuse_masks(rows: Rows) -> None:
    """A masked cell means “unchanged” only in a row that names its record by number."""
    numbers = rows.values["number"]
    for name, column in rows.resource.stored_columns().items():
        if column.mask is None or Masked not in set(map(type, rows.values[name])):
            continue
        for index, value in enumerate(rows.values[name]):
            if isinstance(value, Masked) and is_nothing(numbers[index]):
                rows.invalidate(index, name, "E_MASKED_VALUE")


def match(own: OwnSteps, rows: Rows) -> None:
    """Find the record of each row and say so where it cannot be told."""
    rows.defaults = [own.defaults(rows, index) for index in range(len(rows))]
    said = [said_by(rows, index) for index in range(len(rows))]
    answers = rows.setting.by_hand.answers
    for index, found in enumerate(rows.resource.find(said, rows.setting)):
        place = rows.places[index]
        found = decided(found, answers.get((place.sheet_no, place.row)))
        _say_what_it_means(rows, index, found)
        rows.targets[index] = found.target
    rows.held = rows.resource.load([target for target in set(rows.targets) if target is not None])
    refuse_twice(rows, said)


def _say_what_it_means(rows: Rows, index: int, found: Found) -> None:
    if found.unknown_number:
        rows.add(index, "E_RECORD_NUMBER_UNKNOWN", "number")
    elif found.elsewhere and index not in rows.refused:
        rows.add(index, "W_TRANSFER_CANDIDATE", _key_shown(rows, index))
    elif found.left_out:
        rows.add(index, "E_LEFT_OUT")
    elif found.is_doubtful:
        rows.candidates[index] = found.candidates
        rows.add(index, "E_DOUBTFUL", **({"alike": len(found.candidates)} if found.candidates else {}))


def said_by(rows: Rows, index: int) -> dict[str, Any]:
    """What a row says in the columns by which records are found, defaults included."""
    found = ((name, rows.values[name][index]) for name in rows.resource.keys)
    return rows.defaults[index] | {name: value for name, value in found if packable(value)}


def refuse_twice(rows: Rows, said: list[dict[str, Any]]) -> None:
    """The same record, or the same key, a second time in the file: the row names the first."""
    first: dict[Any, int] = {}
    for index, values in enumerate(said):
        for key in _identities(rows, index, values):
            before = first.setdefault(key, index)
            if before != index:
                _refuse_second(rows, index, before)
                break


def _identities(rows: Rows, index: int, values: dict[str, Any]) -> Iterator[Any]:
    if rows.targets[index] is not None:
        yield "record", rows.targets[index]
    key = rows.resource.key_in_file(values)
    if key is not None:
        yield "key", key


def _refuse_second(rows: Rows, index: int, before: int) -> None:
    rows.add(index, "E_DUP_IN_FILE", _key_shown(rows, index), **rows.named(before, index))


def _key_shown(rows: Rows, index: int) -> str:
    """The first column of the key that the sheet has: there the officer looks."""
    named = rows.part(index).header.fields
    return next((name for name in rows.resource.keys if name in named), "")


def require(rows: Rows) -> None:
    """What a new record must have. A record that exists may leave any cell empty, and a sheet any column."""
    needed = [name for name, column in rows.resource.fields.items() if column.required]
    told: set[int] = set()
    for index in range(len(rows)):
        if not rows.is_new(index):
            continue
        part = rows.part(index)
        if part.lacks:
            rows.refused.add(index)
            if part.sheet_no not in told:
                _name_missing_columns(rows, part)
                told.add(part.sheet_no)
        for name in needed:
            if rows.is_empty(index, name) and name not in part.lacks:
                rows.add(index, "E_REQUIRED", name)


def _name_missing_columns(rows: Rows, part: SheetPart) -> None:
    """Once for the sheet, not once for each of its rows."""
    for name in part.lacks:
        heading = rows.resource.heading(name)
        likely = {"likely": part.likely[name]} if name in part.likely else {}
        rows.tell(Problem("E_HEADING_MISSING", sheet=part.name, heading=heading, field=name, params=likely))
