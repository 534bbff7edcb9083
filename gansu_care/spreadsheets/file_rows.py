"""The file becomes Rows: which sheets are read, which are not and why, what the lines around each table say.

By default every visible sheet is read whose headings are recognised; hidden ones are named and left out. With ticked
sheets exactly those are read. A sheet belongs to the resource of the kind whose headings it shows most of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.matching import for_columns, matcher
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.columns import Context, read_date
from gansu_care.spreadsheets.declaration import Declaration
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.reading import (
    Data,
    Header,
    Sheet,
    SkipReason,
    Unreadable,
    Workbook,
    data_rows,
    find_header,
    read_workbook,
    shown,
    skippable,
)
from gansu_care.spreadsheets.rows import Rows, SheetPart
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.totals import check_totals

LONGEST_NAME = 100
EXAMPLE = "示例"
"""The first cell of the example row of our own forms."""
UNIT, FILLED_ON, FILLER = "填报单位", "填报日期", "填表人"


class WhyNot(TextChoices):
    """Why a sheet was not read, beside those of SkipReason."""

    HIDDEN = "hidden", _("隐藏的工作表")
    NOT_CHOSEN = "not_chosen", _("没有勾选")
    NO_HEADER = "no_header", _("没有认出标题行")


REASONS: dict[str, Any] = {**dict(SkipReason.choices), **dict(WhyNot.choices)}


Reader = Callable[[bytes, str], Workbook]


@dataclass
class SheetReport:
    """What became of one sheet; kept with the upload and shown to the officer."""

    name: str
    imported: bool = False
    reason: str = ""
    resource: str = ""
    header_rows: list[int] = field(default_factory=list)
    rows: int = 0
    # Headings that name no field: their cells were not read.
    unread: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "imported": self.imported,
            "reason": self.reason or None,
            "resource": self.resource or None,
            "header_rows": self.header_rows,
            "rows": self.rows,
            "unread": self.unread,
            **self.counts,
        }


@dataclass
class Reading:
    """A file that was read: the rows of each resource, a report of each sheet, facts, problems of whole sheets."""

    batches: list[Rows]
    sheets: list[SheetReport]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.batches)

    @property
    def is_recognised(self) -> bool:
        return any(sheet.imported for sheet in self.sheets)


def read_file(
    data: bytes,
    name: str,
    resources: Sequence[Declaration],
    setting: Setting,
    chosen: Sequence[str] | None = None,
    read: Reader = read_workbook,
) -> Reading:
    """Raises Unreadable. `read` turns bytes into a workbook: here, or in a process of its own."""
    return read_sheets(read(data, name), resources, setting, chosen)


def read_sheets(
    workbook: Workbook,
    resources: Sequence[Declaration],
    setting: Setting,
    chosen: Sequence[str] | None = None,
) -> Reading:
    """The rows of every sheet that is read, and a report of each sheet that is not."""
    reading = Reading([Rows(resource, setting) for resource in resources], [])
    for sheet_no, sheet in enumerate(workbook.sheets):
        report = SheetReport(sheet.name[:LONGEST_NAME])
        reading.sheets.append(report)
        report.reason = why_not(sheet, chosen)
        if not report.reason:
            _read_sheet(reading, report, workbook, sheet, sheet_no)
    return reading


def why_not(sheet: Sheet, chosen: Sequence[str] | None) -> str:
    """Why a sheet is left alone without looking for its header; "" if it may be read."""
    if chosen is not None:
        return "" if sheet.name in chosen else WhyNot.NOT_CHOSEN
    if not sheet.visible:
        return WhyNot.HIDDEN
    return skippable(sheet) or ""


def _read_sheet(
    reading: Reading, report: SheetReport, workbook: Workbook, sheet: Sheet, sheet_no: int
) -> None:
    found = best_header(sheet, [rows.resource for rows in reading.batches])
    if found is None:
        report.reason = WhyNot.NO_HEADER
        return
    place, header = found
    rows, data = reading.batches[place], data_rows(sheet, header)
    data.rows = [row for row in data.rows if row[1][0] != EXAMPLE]
    if reading.count + len(data.rows) > limits.DATA_ROWS:
        raise Unreadable("E_TOO_MANY_ROWS", sheet=sheet.name, limit=limits.DATA_ROWS)
    part = _part(rows, workbook, report.name, sheet_no, header, data)
    report.imported, report.header_rows = True, header.header_rows
    report.resource, report.rows = rows.resource.code, len(part)
    report.unread = [column.heading for column in header.columns if not column.field and column.heading]
    _note_headings(rows, part)
    rows.take(part)
    check_totals(rows, part)
    for fact, key in ((UNIT, "unit"), (FILLER, "filler")):
        if value := _fact(header, data, fact):
            reading.facts.setdefault(key, shown(value)[:LONGEST_NAME])
    if part.filled_on:
        reading.facts.setdefault("filled_on", part.filled_on.isoformat())


def best_header(sheet: Sheet, resources: Sequence[Declaration]) -> tuple[int, Header] | None:
    """The resource, by its place, whose headings the sheet shows most of; None if it shows none's telling ones."""
    found = [
        (header.score, -place, header)
        for place, resource in enumerate(resources)
        if (header := find_header(sheet, resource.vocabulary)) and resource.tells(set(header.fields))
    ]
    if not found:
        return None
    _score, place, header = max(found, key=lambda each: each[:2])
    return -place, header


def _part(rows: Rows, workbook: Workbook, name: str, sheet_no: int, header: Header, data: Data) -> SheetPart:
    setting = rows.setting
    context = Context(
        on_date=setting.on_date,
        epoch1904=workbook.epoch1904,
        numbers_as_text=workbook.numbers_as_text,
        match_division=for_columns(matcher(), setting.division),
    )
    unit = shown(_fact(header, data, UNIT))
    return SheetPart(
        sheet_no,
        name,
        header,
        data,
        context,
        first=len(rows),
        filled_on=_day(_fact(header, data, FILLED_ON), context),
        division=division_of_sheet(unit, name, setting.division),
        unit=unit,
    )


def _fact(header: Header, data: Data, name: str) -> Any:
    """What the lines above the table say, else those below."""
    return header.facts.get(name, data.facts.get(name))


def _day(value: Any, context: Context) -> date | None:
    """填报日期, if it is a day that has come."""
    if value is None:
        return None
    day: date | None
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        found, _note = read_date(shown(value), context.on_date, epoch1904=context.epoch1904)
        day = found.date if getattr(found, "precision", "") == "day" else None
    return day if day and day <= context.on_date else None


def division_of_sheet(unit: str, sheet_name: str, scope: Division) -> Division | None:
    """The division that 填报单位 names, or a township that is the sheet's whole name; None if neither does."""
    for text, whole in ((unit, False), (sheet_name, True)):
        match = matcher().match(text, None, scope) if text else None
        if match and match.state == "ok" and match.division and not (whole and match.rest):
            return match.division
    return None


def _note_headings(rows: Rows, part: SheetPart) -> None:
    """Columns that a new record cannot do without, and columns that came twice."""
    part.lacks = tuple(rows.resource.missing(set(part.header.fields)))
    for column in part.header.repeated:
        rows.tell(
            Problem("W_HEADING_REPEATED", sheet=part.name, column=column.letter, heading=column.heading)
        )
