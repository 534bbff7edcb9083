"""A reversing entry: the same place, source and purpose as the row it takes back, its amount below zero."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from funding.models import Receipt, ReceiptShare

NOT_COPIED = {
    "id", "number", "version", "created_at", "changed_at", "upload_number", "voided_on", "void_reason", "county",
    "prefecture", "reporting_unit", "reverses", "reversal", "amount", "in_kind", "remarks", "voucher_no",
}  # fmt: skip


def reverse(row: Any, amount: Decimal, day: date, how: str, reason: str, seen: int) -> Any:
    """In the caller's transaction. `seen` is the version of the row that the user had before her eyes."""
    row._change_reason = reason
    row.save_version(seen)
    entry = _copy(row)
    entry.reverses, entry.reversal, entry.amount = row, how, -amount
    entry.remarks = _("冲销 %(number)s：%(why)s") % {"number": row.number, "why": reason}
    setattr(entry, type(row).objects.all().day_field, day)
    if isinstance(row, Receipt) and amount == row.amount:
        entry.in_kind = -row.in_kind
    entry._change_reason = reason
    entry.save()
    if isinstance(row, Receipt):
        _share(row, entry)
    return entry


def _copy(row: Any) -> Any:
    fields = (field for field in row._meta.concrete_fields if field.name not in NOT_COPIED)
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields})


def _share(row: Receipt, entry: Receipt) -> None:
    """What came back is split as the receipt was, where that can be told."""
    shares = list(row.shares.all())
    whole = entry.amount == -row.amount
    for share in shares:
        amount = entry.amount if len(shares) == 1 else None
        if whole and share.amount is not None:
            amount = -share.amount
        ReceiptShare.objects.create(receipt=entry, source_id=share.source_id, amount=amount)
