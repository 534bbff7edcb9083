"""合计 and 小计: checked against the rows, then dropped. A total that does not fit is a warning, never a correction.

A 小计 counts the rows since the one before; 合计 and 总计 count the whole sheet. Checked are the number of rows (in the
label, 合计：128人, or beside it) and the sums of quantities and money.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from gansu_care.spreadsheets.columns import Context, MoneyColumn, NumberColumn, Quantity
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.reading import HeaderColumn, is_blank, shown
from gansu_care.spreadsheets.rows import Rows, SheetPart

_NUMBER_IN_LABEL = re.compile(r"([0-9]+)(?:人|名|个|台|条|行|户)?\)?$")
_COUNT = re.compile(r"([0-9]+)(?:\.0)?(?:人|名|个|所|条)?")


def check_totals(rows: Rows, part: SheetPart) -> None:
    since = 0
    for number, label, cells in part.data.totals:
        is_part = "小计" in label
        counted = [
            place for place, (row, _cells) in enumerate(part.data.rows) if not is_part or since < row < number
        ]
        if is_part:
            since = number
        _check_one(rows, part, number, label, cells, counted)


def _check_one(
    rows: Rows, part: SheetPart, number: int, label: str, cells: list[Any], counted: list[int]
) -> None:
    stated = _stated_count(rows, part, label, cells)
    if stated is not None and stated[0] != len(counted):
        _differs(rows, part, number, stated[1], label, stated[0], len(counted))
    for column in part.header.columns:
        summed = _summed(rows, part, column, cells[column.index], counted)
        if summed and summed[0] != summed[1]:
            _differs(rows, part, number, column, label, *summed)


def _stated_count(
    rows: Rows, part: SheetPart, label: str, cells: list[Any]
) -> tuple[int, HeaderColumn | None] | None:
    """The number of rows that the line states, in its label or under a column that cannot be summed."""
    if found := _NUMBER_IN_LABEL.search(label):
        return int(found[1]), None
    for column in part.header.columns[1:]:
        value = cells[column.index]
        if is_blank(value) or (isinstance(value, str) and label.startswith(value.strip())):
            continue
        if column.field and _is_sum(rows.resource.fields[column.field]):
            return None
        found = _COUNT.fullmatch(shown(value).strip())
        return (int(found[1]), column) if found else None
    return None


def _summed(
    rows: Rows, part: SheetPart, column: HeaderColumn, cell: Any, counted: list[int]
) -> tuple[Decimal, Decimal] | None:
    """(stated, summed) of a column of quantities or money; None where nothing can be compared."""
    name = column.field or ""
    reader = rows.resource.fields.get(name)
    if reader is None or is_blank(cell) or not _is_sum(reader):
        return None
    context: Context = part.context.of(column)
    stated = _amount(reader.clean_column([cell], context)[0][0])
    held = rows.values[name][part.first :]
    amounts = [_amount(held[place]) for place in counted]
    if stated is None:
        return None
    return stated, sum((amount for amount in amounts if amount is not None), Decimal(0))


def _is_sum(column: Any) -> bool:
    return isinstance(column, MoneyColumn | NumberColumn) and getattr(column, "adds_up", True)


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, Quantity):
        return value.number
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _differs(
    rows: Rows,
    part: SheetPart,
    number: int,
    column: HeaderColumn | None,
    label: str,
    stated: Any,
    counted: Any,
) -> None:
    rows.tell(
        Problem(
            "W_TOTAL_MISMATCH",
            sheet=part.name,
            row=number,
            column=column.letter if column else "",
            heading=column.heading if column else "",
            value=str(stated),
            params={"label": label, "stated": str(stated), "counted": str(counted)},
        )
    )
