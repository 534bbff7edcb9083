"""Money that came, as a row. Found by voucher number + source + day + amount; without a number by source + day +
amount + receiving unit, doubtful when several fit.

Several joint sources may stand in one cell; how they share the amount is then not known and stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from funding.models import Allocation, Receipt, ReceiptShare
from funding.resources.money_rows import PLACE, MoneyResource
from funding.resources.source_cells import SourcesColumn, ids_of, name_sources
from funding.sources import ensure_sources
from gansu_care.divisions.models import Level
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.columns import DateColumn, MoneyColumn, NameColumn, TextColumn, is_nothing
from gansu_care.spreadsheets.declaration import Values
from gansu_care.spreadsheets.hanging import Hanging
from gansu_care.spreadsheets.packing import Names
from gansu_care.spreadsheets.places import PlaceColumn, divide
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.stored_rows import stored_rows
from gansu_care.spreadsheets.writing_rows import Batch, Ledger


class ReceiptResource(MoneyResource):
    code = "receipt"
    title = _("资金到账")
    telling = ("received_on", "amount")
    keys = ("number", "voucher_no", "sources", "received_on", "amount", "division")
    number_field, date_field = "voucher_no", "received_on"
    shown: ClassVar = ("sources", "amount", "received_on", "voucher_no", "division")
    hangs: ClassVar = (Hanging(ReceiptShare, "receipt", in_turn=True),)

    prefecture = PlaceColumn("prefecture", ["市州", "市（州）"], level=Level.PREFECTURE)
    county = PlaceColumn("county", ["县区", "县（区）", "县市区", "县（市、区）"], level=Level.COUNTY)
    township = PlaceColumn("township", ["乡镇"], level=Level.TOWNSHIP)
    division = PlaceColumn(
        "division",
        ["接收单位", "到账单位", "收款单位", "接收区划", "行政区划"],
        clearable=False,
        example="临洮县",
    )
    sources = SourcesColumn(
        "source_names", ["资金来源", "来源", "来源单位", "资金来源单位"],
        required=True, example="全国妇联、中国儿童少年基金会", hint=_("共同出资的用顿号隔开"),
    )  # fmt: skip
    donor = TextColumn("donor", ["捐赠方", "捐赠人", "捐赠单位", "捐赠者"], max_length=100)
    channel = TextColumn("channel", ["通过渠道", "渠道", "转拨单位", "拨付渠道"], max_length=100)
    project = TextColumn("project", ["项目", "项目名称", "项目/批次"], max_length=100)
    batch = TextColumn("batch", ["批次"], max_length=60)
    restriction = TextColumn("restriction", ["用途限定", "限定用途", "指定用途"], max_length=200)
    amount = MoneyColumn(
        "amount", ["金额", "到账金额", "收入金额", "资金金额", "到帐金额"],
        required=True, minimum=None, example=Decimal("20000.00"),
    )  # fmt: skip
    in_kind = MoneyColumn(
        "in_kind", ["其中实物折价", "实物折价", "其中：实物折价", "实物价值"], minimum=None, clearable=False
    )
    received_on = DateColumn(
        "received_on",
        ["到账日期", "到帐日期", "到账时间", "收到日期", "收款日期"],
        required=True,
        example=date(2015, 3, 6),
    )
    voucher_no = TextColumn(
        "voucher_no",
        ["票据（凭证）号", "票据/凭证号", "票据号", "凭证号", "票据编号", "收据号"],
        max_length=60,
        clearable=False,
    )
    clerk = NameColumn("clerk", ["经办人"])
    remarks = TextColumn("remarks", ["备注"], multiline=True, max_length=2000)

    class Meta:
        model = Receipt

    def settle(self, rows: Rows) -> None:
        divide(rows, PLACE)
        name_sources(rows, "sources", several=True)

    def cross_check(self, rows: Rows) -> None:
        super().cross_check(rows)
        used = used_of([rows.targets[index] for index in rows.judged()])
        for index in rows.judged():
            amount, in_kind = rows.after(index, "amount"), rows.after(index, "in_kind")
            if not isinstance(amount, Decimal):
                continue
            if isinstance(in_kind, Decimal) and abs(in_kind) > abs(amount):
                rows.add(index, "E_RANGE", "in_kind", maximum=f"{abs(amount):.2f}")
            elif isinstance(in_kind, Decimal) and in_kind * amount < 0:
                rows.add(index, "E_RANGE", "in_kind", minimum="0")
            self._check_change(rows, index, amount, used.get(rows.targets[index], Decimal(0)))

    def _check_change(self, rows: Rows, index: int, amount: Decimal, used: Decimal) -> None:
        """Another amount of a receipt that exists."""
        record = rows.record(index)
        if record is None or record.amount == amount or record.reverses_id:
            return
        cell = rows.values["sources"][index]
        same_sources = is_nothing(cell) or cell == record.source_names
        known = any(share.amount is not None for share in record.held_shares)
        if known and same_sources and len(record.held_shares) > 1:
            rows.add(index, "E_SPLIT_KNOWN", "amount")
        if amount < used:
            rows.add(index, "E_BELOW_ALLOCATED", "amount", sum=f"{used:.2f}")

    # --- records and their shares

    def held_sources(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        held: dict[int, set[str]] = defaultdict(set)
        shares = ReceiptShare.objects.filter(receipt__in=bulk.among(ids))
        for receipt, name in shares.values_list("receipt", "source__name"):
            held[receipt].add(name)
        return {pk: frozenset(names) for pk, names in held.items()}

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        records = super().load(ids, lock=lock)
        shares: dict[int, list[ReceiptShare]] = defaultdict(list)
        held = (
            ReceiptShare.objects.filter(receipt__in=bulk.among(ids)).select_related("source").order_by("pk")
        )
        for share in stored_rows(held, lock=True):
            shares[share.receipt_id].append(share)
        for pk, record in records.items():
            record.held_shares = shares[pk]
            record.source_names = Names(share.source.name for share in shares[pk])
        return records

    def change(self, record: Receipt, values: Values, batch: Batch) -> None:
        super().change(record, values, batch)
        if record.in_kind is None:
            record.in_kind = Decimal(0)

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        """Shares follow the cell: one source has the whole amount, of joint ones the split is not known."""
        ensure_sources()
        keys = ids_of(name for values in batch.values_of.values() for name in values.get("sources") or ())
        shares = Ledger(ReceiptShare, batch)
        for record in [*added, *changed]:
            names = batch.values_of[record.pk].get("sources")
            if names:
                _share_anew(record, names, keys, shares)
            elif len(record.held_shares) == 1 and record.held_shares[0].amount != record.amount:
                record.held_shares[0].amount = record.amount
                shares.touch(record.held_shares[0])
        shares.write()


def used_of(ids: Sequence[int | None]) -> dict[int | None, Decimal]:
    """What was allocated of each receipt and taken back of it, by its key."""
    wanted = [pk for pk in ids if pk is not None]
    used: dict[int | None, Decimal] = defaultdict(Decimal)
    for model, name, sign in ((Allocation, "receipt", 1), (Receipt, "reverses", -1)):
        rows = model.objects.in_force().filter(**{f"{name}__in": bulk.among(wanted)}).order_by()
        for pk, total in rows.values_list(name).annotate(total=Sum("amount")):
            used[pk] += sign * total
    return used


def _share_anew(record: Any, names: Names, keys: dict[str, int], shares: Ledger) -> None:
    for held in getattr(record, "held_shares", ()):
        shares.drop(held)
    amount = record.amount if len(names) == 1 else None
    for name in names:
        shares.add(ReceiptShare(receipt=record, source_id=keys[name], amount=amount))
