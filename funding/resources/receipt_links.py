"""The receipt out of which an allocation comes, by its record number; and that no receipt is allocated twice.

A number that the record already has stays as it is, even where the uploader cannot open the receipt: a county exports
and sends back allocations out of the province's money.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from funding.models import Receipt, ReceiptShare
from funding.resources.receipt import used_of
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import Context, Read, TextColumn, is_nothing
from gansu_care.spreadsheets.columns.cell_text import squeezed
from gansu_care.spreadsheets.rows import Rows


class ReceiptColumn(TextColumn):
    """GC and ten digits."""

    def read_text(self, text: str, context: Context) -> Read:
        return squeezed(text).upper(), ()


class _Known(NamedTuple):
    pk: int
    amount: Decimal
    sources: frozenset[str]


def check_receipts(rows: Rows, judged: list[int]) -> None:
    known = _known(rows, judged)
    used = used_of([one.pk for one in known.values()])
    given: dict[int, Decimal] = defaultdict(Decimal)
    for index in judged:
        number, amount, record = rows.after(index, "receipt"), rows.after(index, "amount"), rows.record(index)
        if (
            is_nothing(number)
            or not isinstance(amount, Decimal)
            or (record is not None and record.reverses_id)
        ):
            continue
        held = record is not None and record.receipt_no == number
        found = known.get(str(number))
        if found is None:
            if not held:
                rows.add(index, "E_RECEIPT_UNKNOWN", "receipt")
            continue
        _check_source(rows, index, found)
        given[found.pk] += amount - (record.amount if held else Decimal(0))
        free = found.amount - used[found.pk]
        if given[found.pk] > free:
            left = free - given[found.pk] + amount
            rows.add(index, "E_OVER_ALLOCATED", "amount", free=f"{left:.2f}", amount=f"{amount:.2f}")


def _check_source(rows: Rows, index: int, receipt: _Known) -> None:
    names = rows.after(index, "source")
    if not is_nothing(names) and not set(names) <= receipt.sources:
        rows.add(index, "E_RECEIPT_SOURCE", "source", source=str(names))


def _known(rows: Rows, judged: list[int]) -> dict[str, _Known]:
    """The receipts that the rows name and the uploader sees, by number."""
    numbers = {str(rows.after(index, "receipt")) for index in judged} - {"", "None"}
    seen = Receipt.objects.visible_to(rows.setting.user).in_force().filter(reverses=None)
    found = list(seen.filter(number__in=among(numbers)).values_list("pk", "number", "amount"))
    sources: dict[int, set[str]] = defaultdict(set)
    shares = ReceiptShare.objects.filter(receipt__in=among([pk for pk, _number, _amount in found]))
    for pk, name in shares.values_list("receipt", "source__name"):
        sources[pk].add(name)
    return {number: _Known(pk, amount, frozenset(sources[pk])) for pk, number, amount in found}


def attach_receipts(records: dict[int, Any]) -> None:
    """Give each allocation the number of its receipt as `receipt_no`."""
    wanted = {record.receipt_id for record in records.values()} - {None}
    numbers = dict(Receipt.objects.filter(pk__in=among(wanted)).values_list("pk", "number"))
    for record in records.values():
        record.receipt_no = numbers.get(record.receipt_id)


def receipt_ids(numbers: set[str]) -> dict[str, int]:
    return dict(Receipt.objects.in_force().filter(number__in=among(numbers)).values_list("number", "pk"))
