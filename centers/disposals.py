"""How something leaves the ledger. A part of a lot that leaves becomes a record of its own, which is gone; the rest
stays. So what is on hand is always what came, less what left: no number is edited by hand. What another center takes
over begins there as a record that was moved in.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from centers.code_tables import CONDITION_AFTER, Disposal, Obtained
from centers.models import Center, Equipment

FEN = Decimal("0.01")
SHARED = ("category", "item", "model", "serial_no", "unit", "unit_price", "source_kind", "donor")
HISTORY = ("obtained", "obtained_on", "accepted_by", "accepted_on", "place", "keeper", "remarks")


@dataclass(frozen=True)
class Signed:
    """What was decided, when, and by whose names."""

    how: Disposal
    on: date
    keeper: str
    head: str
    approver: str
    reason: str


def dispose(
    record: Equipment, quantity: Decimal, signed: Signed, seen: int, into: Center | None = None
) -> Equipment:
    """Take `quantity` out of a record of version `seen`; returns what left. The caller holds the transaction."""
    condition = record.condition
    if quantity == record.quantity:
        gone = record
        _sign(gone, signed)
        _save(record, signed, seen)
    else:
        gone = _part(record, quantity)
        _sign(gone, signed)
        record.quantity -= quantity
        if record.amount is not None:
            record.amount -= gone.amount or Decimal(0)
        _save(record, signed, seen)
        _save(gone, signed)
    if into is not None:
        _save(_moved_in(gone, into, condition, signed.on), signed)
    return gone


def _part(record: Equipment, quantity: Decimal) -> Equipment:
    part = Equipment(center=record.center, quantity=quantity, condition=record.condition, origin=record)
    _copy(record, part, SHARED + HISTORY)
    part.amount = _value_of(record, quantity)
    if record.asset_no:
        part.asset_no = f"{record.asset_no[:55]}/{record.parted.count() + 1}"
    return part


def _moved_in(gone: Equipment, center: Center, condition: str, day: date) -> Equipment:
    record = Equipment(center=center, quantity=gone.quantity, amount=gone.amount, origin=gone)
    _copy(gone, record, SHARED)
    record.obtained, record.obtained_on, record.condition = Obtained.MOVED_IN, day, condition
    return record


def _value_of(record: Equipment, quantity: Decimal) -> Decimal | None:
    """By the price, else its share of the amount."""
    if record.amount is None:
        return None
    if record.unit_price is not None:
        return min((record.unit_price * quantity).quantize(FEN), record.amount)
    return (record.amount * quantity / record.quantity).quantize(FEN)


def _copy(one: Any, other: Any, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(other, name, getattr(one, name))


def _sign(gone: Equipment, signed: Signed) -> None:
    gone.condition, gone.disposal, gone.disposed_on = CONDITION_AFTER[signed.how], signed.how, signed.on
    gone.disposal_keeper, gone.disposal_head = signed.keeper, signed.head
    gone.disposal_approver = signed.approver


def _save(record: Equipment, signed: Signed, seen: int | None = None) -> None:
    record._change_reason = signed.reason[:100]
    if seen is None:
        record.save()
    else:
        record.save_version(seen)
