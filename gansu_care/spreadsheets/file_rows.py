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
    HeaderColumn,
    Sheet,
    SkipReason,
    Unreadable,
    Workbook,
    data_rows,
    is_blank,
    read_workbook,
    shown,
    skippable,
)
from gansu_care.spreadsheets.rows import Rows, SheetPart
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.sheet_headings import (
    NOTHING_REMEMBERED,
    DoubtfulHeading,
    Profile,
    Remembered,
    SheetHeadings,
    doubtful_headings,
    headings_of,
)
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
    # The data rows of a sheet that is not read, though its headings are known.
    held: int = 0
    # The fields that its columns name, and the headings that name none: their cells were not read.
    fields: list[str] = field(default_factory=list)
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
            "held": self.held,
            "fields": self.fields,
            "unread": self.unread,
            **self.counts,
        }


@dataclass
class Reading:
    """A file that was read: the rows of each resource, a report of each sheet, facts, problems of whole sheets."""

    batches: list[Rows]
    sheets: list[SheetReport]
    facts: dict[str, str] = field(default_factory=dict)
    doubtful: list[DoubtfulHeading] = field(default_factory=list)

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
    remembered: Remembered = NOTHING_REMEMBERED,
) -> Reading:
    """Raises Unreadable. `read` turns bytes into a workbook: here, or in a process of its own."""
    return read_sheets(read(data, name), resources, setting, chosen, remembered)


def read_sheets(
    workbook: Workbook,
    resources: Sequence[Declaration],
    setting: Setting,
    chosen: Sequence[str] | None = None,
    remembered: Remembered = NOTHING_REMEMBERED,
) -> Reading:
    """The rows of every sheet that is read, and a report of each sheet that is not.

    `remembered`: what the county said of headings that are no one's.
    """
    reading = Reading([Rows(resource, setting) for resource in resources], [])
    profiles = [Profile(resource, remembered) for resource in resources]
    found: list[_Table] = []
    for sheet_no, sheet in enumerate(workbook.sheets):
        report = SheetReport(sheet.name[:LONGEST_NAME])
        reading.sheets.append(report)
        report.reason = why_not(sheet, chosen)
        if not report.reason:
            _find_table(reading, found, report, sheet_no, sheet, profiles)
        elif report.reason in (WhyNot.HIDDEN, WhyNot.NOT_CHOSEN):
            _look_at_sheet(report, sheet, profiles)
    _keep_in_limits(found)
    for table in found:
        _read_table(reading, workbook, table)
    return reading


def _look_at_sheet(report: SheetReport, sheet: Sheet, profiles: Sequence[Profile]) -> None:
    """What a sheet would be read as, were it ticked."""
    if found := headings_of(sheet, profiles):
        report.resource = profiles[found.place].resource.code
        report.held = len(data_rows(sheet, found.header).rows)


def why_not(sheet: Sheet, chosen: Sequence[str] | None) -> str:
    """Why a sheet is left alone without looking for its header; "" if it may be read."""
    if chosen is not None:
        return "" if sheet.name[:LONGEST_NAME] in chosen else WhyNot.NOT_CHOSEN
    if not sheet.visible:
        return WhyNot.HIDDEN
    return skippable(sheet) or ""


@dataclass
class _Table:
    """The table of one sheet, found and not yet read: nothing is cleaned before all are counted."""

    sheet_no: int
    report: SheetReport
    headings: SheetHeadings
    data: Data


def _find_table(
    reading: Reading,
    found: list[_Table],
    report: SheetReport,
    sheet_no: int,
    sheet: Sheet,
    profiles: Sequence[Profile],
) -> None:
    headings = headings_of(sheet, profiles)
    if headings is None:
        report.reason = WhyNot.NO_HEADER
        return
    data = data_rows(sheet, headings.header)
    data.rows = [row for row in data.rows if row[1][0] != EXAMPLE]
    reading.doubtful += doubtful_headings(profiles[headings.place], headings, data, report.name)
    found.append(_Table(sheet_no, report, headings, data))


def _keep_in_limits(found: Sequence[_Table]) -> None:
    """Raises Unreadable."""
    count = 0
    for table in found:
        count += len(table.data.rows)
        if len(table.data.rows) > limits.DATA_ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet=table.report.name, limit=limits.DATA_ROWS)
        if count > limits.ALL_DATA_ROWS:
            raise Unreadable("E_TOO_MANY_ROWS_IN_ALL", sheet=table.report.name, limit=limits.ALL_DATA_ROWS)


def _read_table(reading: Reading, workbook: Workbook, table: _Table) -> None:
    rows, header, data, report = (
        reading.batches[table.headings.place],
        table.headings.header,
        table.data,
        table.report,
    )
    data.rows = rows.setting.by_hand.mended(table.sheet_no, data.rows)
    part = _part(rows, workbook, report.name, table.sheet_no, header, data)
    report.imported, report.header_rows = True, header.header_rows
    report.resource, report.rows, report.fields = rows.resource.code, len(part), list(header.fields)
    report.unread = [column.heading for column in header.columns if not column.field and column.heading]
    _note_headings(rows, part, table.headings)
    rows.take(part)
    check_totals(rows, part)
    for fact, key in ((UNIT, "unit"), (FILLER, "filler")):
        if value := _fact(header, data, fact):
            reading.facts.setdefault(key, shown(value)[:LONGEST_NAME])
    if part.filled_on:
        reading.facts.setdefault("filled_on", part.filled_on.isoformat())


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


def _note_headings(rows: Rows, part: SheetPart, found: SheetHeadings) -> None:
    """Columns that a new record cannot do without, columns that came twice, and columns that may be one that is not
    there."""
    part.lacks = tuple(rows.resource.missing(set(part.header.fields)))
    for column in part.header.repeated:
        rows.tell(
            Problem("W_HEADING_REPEATED", sheet=part.name, column=column.letter, heading=column.heading)
        )
    for index, name in found.likely.items():
        column = part.header.columns[index]
        part.likely[name] = column.heading
        if name not in part.lacks and any(not is_blank(cell) for cell in part.data.column(index)):
            rows.tell(doubtful_problem(rows, part.name, column, name))


def doubtful_problem(rows: Rows, sheet: str, column: HeaderColumn, name: str) -> Problem:
    likely = {"likely": rows.resource.heading(name)}
    return Problem(
        "W_HEADING_DOUBTFUL",
        sheet=sheet,
        column=column.letter,
        heading=column.heading,
        field=name,
        params=likely,
    )
