"""Closed months: whose books a row of money stands in, and whether its month still takes rows.

A unit's books are those of a county with all below it; of a prefecture or the province what stands at that level
itself. 嘉峪关 is its own county.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from funding.models import Allocation, Disbursement, Expenditure, Receipt, Reconciliation
from funding.models.money_row import sum_of
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.placing import placing

MONEY = (Receipt, Allocation, Disbursement, Expenditure)


def unit_of(division: Division | int) -> int:
    """The id of the unit in whose books a division's money stands."""
    pk = division.pk if isinstance(division, Division) else division
    county, prefecture, _unit = placing(pk)
    return county or prefecture or pk


def first_of(day: date) -> date:
    return day.replace(day=1)


def closed_months(places: Iterable[tuple[Division | int, date]]) -> set[tuple[int, date]]:
    """Those (unit, first of month) among the places and days that are closed. One query."""
    wanted = {(unit_of(division), first_of(day)) for division, day in places}
    if not wanted:
        return set()
    found = Reconciliation.objects.closed().filter(month__in={month for _unit, month in wanted})
    return wanted & {(unit_of(division), month) for division, month in found.values_list("division", "month")}


def is_closed(division: Division | int | None, day: date | None) -> bool:
    return bool(division and day and closed_months([(division, day)]))


def said_closed(day: date) -> str:
    return _("%(year)s年%(month)s月已经结账，不能再增改这个月的记录；要更正的，请用“冲销”。") % {
        "year": day.year,
        "month": day.month,
    }


def books_of(unit: Division, month: date) -> list[dict[str, Any]]:
    """What the register holds of a unit's month: name, sum and number of rows of each kind."""
    return [_line(model, unit, month) for model in MONEY]


def _line(model: Any, unit: Division, month: date) -> dict[str, Any]:
    rows = rows_of_unit(model.objects.all(), unit).filter(
        **{
            f"{model.objects.all().day_field}__year": month.year,
            f"{model.objects.all().day_field}__month": month.month,
        }
    )
    total: Decimal = sum_of(rows)
    return {"label": model._meta.verbose_name, "sum": total, "count": rows.in_force().count()}


def rows_of_unit(rows: Any, unit: Division) -> Any:
    if unit.is_county:
        return rows.filter(county=unit)
    if unit.level == Level.PREFECTURE:
        return rows.filter(prefecture=unit, county=None)
    return rows.filter(prefecture=None, county=None)
