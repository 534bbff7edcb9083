"""The latest stocktake of each record as columns of its row: the day, the number that was counted, the explanation.

Another day is another stocktake; the same day again corrects it. The number of the ledger is that of the moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from centers.models import Equipment, Stocktake
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import INVALID, is_nothing
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.stored_rows import ABSENT, stored_rows
from gansu_care.spreadsheets.writing_rows import Batch, Ledger

COUNTED = frozenset({"counted_on", "counted", "explanation"})


def attach_stocktakes(records: dict[int, Any], *, lock: bool) -> None:
    """Give each record its latest stocktake as `stocktake`."""
    held = Stocktake.objects.filter(equipment__in=among(records)).order_by("counted_on", "pk")
    latest = {one.equipment_id: one for one in stored_rows(held, lock=lock)}
    for pk, record in records.items():
        record.stocktake = latest.get(pk, ABSENT)


def check_stocktake(rows: Rows, index: int, book: Any) -> None:
    """Day and number come together, and a difference is explained."""
    day, counted = rows.values["counted_on"][index], rows.values["counted"][index]
    no_day, no_number = is_nothing(day), is_nothing(counted)
    alone = no_day and not is_nothing(rows.values["explanation"][index]) and _held(rows, index) is ABSENT
    if INVALID in (day, counted):
        return
    if no_day != no_number or alone:
        rows.add(index, "E_COUNT_INCOMPLETE", "counted_on" if no_day else "counted")
    elif not no_number and counted != book and is_nothing(_explanation(rows, index, day)):
        rows.add(index, "E_COUNT_UNEXPLAINED", "explanation", counted=f"{counted:f}", book=f"{book:f}")


def _held(rows: Rows, index: int) -> Any:
    return getattr(rows.record(index), "stocktake", ABSENT)


def _explanation(rows: Rows, index: int, day: Any) -> Any:
    """The cell's; an empty one leaves that of the same day."""
    held = _held(rows, index)
    return rows.after(index, "explanation") if held.counted_on == day else rows.values["explanation"][index]


def take_stock(added: Sequence[Equipment], changed: Sequence[Any], batch: Batch) -> None:
    stocktakes = Ledger(Stocktake, batch)
    for record in [*added, *changed]:
        values = batch.values_of[record.pk]
        if COUNTED & values.keys():
            _take(record, values, stocktakes)
    stocktakes.write()


def _take(record: Any, values: dict[str, Any], stocktakes: Ledger) -> None:
    held = getattr(record, "stocktake", ABSENT)
    day = values.get("counted_on") or held.counted_on
    if held is not ABSENT and held.counted_on == day:
        held.counted = values.get("counted", held.counted)
        held.explanation = values.get("explanation", held.explanation) or ""
        stocktakes.touch(held)
        return
    stocktakes.add(
        Stocktake(
            equipment=record,
            counted_on=day,
            book=record.quantity,
            counted=values["counted"],
            explanation=values.get("explanation") or "",
        )
    )
