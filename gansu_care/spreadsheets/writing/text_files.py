"""csv that Excel and WPS open rightly in a Chinese office: UTF-8 with BOM, no live formulas, long digits kept."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.utils import timezone

from .cell_text import clean, neutralised
from .sheet_columns import ID, SheetColumn


def write_csv(file: IO[bytes], columns: Sequence[SheetColumn], rows: Iterable[Sequence[Any]]) -> int:
    """Write a list as csv; returns the number of data rows. Grouped headings are joined: 父亲情况/姓名."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([_heading(column) for column in columns])
    kinds = [column.kind for column in columns]
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        writer.writerow(_cells(kinds, row))
    text.flush()
    text.detach()
    return count


def _heading(column: SheetColumn) -> str:
    parts = [str(part) for part in (column.group, column.heading) if str(part)]
    return neutralised("/".join(parts))


def _cells(kinds: list[str], row: Sequence[Any]) -> Iterator[str]:
    return (_cell(kind, value) for kind, value in zip(kinds, row, strict=True))


def _cell(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return clean(value)
    text = neutralised(clean(value))
    # Excel turns long digits into 6.2E+17 and drops the rest; a tab behind them keeps them text.
    return f"{text}\t" if kind == ID and len(text) > 11 and text[:-1].isdecimal() else text
