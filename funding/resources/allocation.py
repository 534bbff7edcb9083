"""Money allocated, as a row. Found by document number + source + day + amount + recipient, without a number by the
rest, doubtful when several fit.

One document gives the same amount to many on the same day: the recipient (division, and center where one is named)
is always part of what makes two rows the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from centers.resources.center_links import (
    CenterColumn,
    CenterNumberColumn,
    attach_centers,
    link_centers,
    name_new_centers,
)
from funding.models import Allocation, Source
from funding.resources.money_rows import PLACE, MoneyResource
from funding.resources.receipt_links import ReceiptColumn, attach_receipts, check_receipts, receipt_ids
from funding.resources.source_cells import SourcesColumn, ids_of, name_sources
from funding.sources import ensure_sources
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Level
from gansu_care.spreadsheets.columns import DateColumn, MoneyColumn, NameColumn, TextColumn
from gansu_care.spreadsheets.declaration import Values
from gansu_care.spreadsheets.packing import Names, RecordLink
from gansu_care.spreadsheets.places import PlaceColumn, divide
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.writing_rows import Batch, Written

# Written otherwise than under their own name.
OTHERWISE = ("center", "source", "receipt")


class AllocationResource(MoneyResource):
    code = "allocation"
    title = _("资金分配")
    telling = ("allocated_on", "amount")
    list_route = "funding:allocation_list"
    keys = ("number", "document_no", "source", "allocated_on", "amount", "division", "center")
    number_field, date_field, source_field = "document_no", "allocated_on", "source"
    recipient_always = True
    shown: ClassVar = ("division", "center", "amount", "allocated_on", "document_no")

    document_no = TextColumn(
        "document_no",
        ["分配文号", "文号", "下达文号", "文件号", "分配文件号"],
        max_length=60,
        clearable=False,
        example="甘妇发〔2015〕12号",
    )
    allocated_on = DateColumn(
        "allocated_on",
        ["下达日期", "分配日期", "下达时间", "分配时间"],
        required=True,
        example=date(2015, 3, 20),
    )
    source = SourcesColumn(
        "source_names", ["资金来源", "来源", "来源单位"], required=True, example="省级财政"
    )
    prefecture = PlaceColumn("prefecture", ["市州", "市（州）"], level=Level.PREFECTURE)
    county = PlaceColumn("county", ["县区", "县（区）", "县市区", "县（市、区）"], level=Level.COUNTY)
    township = PlaceColumn("township", ["乡镇"], level=Level.TOWNSHIP)
    division = PlaceColumn(
        "division", ["分配到", "分配单位", "接收单位", "下达到", "受益单位", "分配地区", "到（市州、县、中心）", "分配对象"],
        clearable=False, example="临洮县",
    )  # fmt: skip
    center_number = CenterNumberColumn("center_no", ["中心编号", "活动中心编号"])
    center = CenterColumn("center_link", ["活动中心", "中心名称", "活动中心名称", "受益中心", "到中心"])
    amount = MoneyColumn(
        "amount", ["金额", "分配金额", "下达金额"], required=True, minimum=None, example=Decimal("20000.00")
    )
    receipt = ReceiptColumn(
        "receipt_no", ["到账编号", "出自到账", "到账记录编号"], max_length=12,
        hint=_("这笔分配出自哪一笔到账：填到账记录的编号；分不清的留空"),
    )  # fmt: skip
    purpose = TextColumn("purpose", ["用途", "资金用途"], max_length=200)
    approver = NameColumn("approver", ["批准人", "审批人"])
    remarks = TextColumn("remarks", ["备注"], multiline=True, max_length=2000)

    class Meta:
        model = Allocation

    def settle(self, rows: Rows) -> None:
        divide(rows, PLACE)
        link_centers(rows)
        name_sources(rows, "source", several=False)

    def defaults(self, rows: Rows, index: int) -> Values:
        """Money for a center goes to where the center stands."""
        center = rows.values["center"][index]
        if isinstance(center, RecordLink):
            return {"division": book().by_id[center.division_pk]}
        return super().defaults(rows, index)

    def cross_check(self, rows: Rows) -> None:
        super().cross_check(rows)
        check_receipts(rows, rows.judged())

    # --- records

    def columns_of_key(self) -> tuple[str, ...]:
        return ("source__name", "center")

    def held_sources(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        return {}

    def row_of(self, record: dict[str, Any], sources: dict[int, frozenset[str]]) -> Values:
        return record | {"source": frozenset([record["source__name"]])}

    def recipient(self, row: Values) -> tuple:
        center = row.get("center")
        return (*super().recipient(row), getattr(center, "pk", center))

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        records = super().load(ids, lock=lock)
        sources = Source.objects.in_bulk({record.source_id for record in records.values()})
        for record in records.values():
            record.source_names = Names([sources[record.source_id].name])
        attach_centers(records)
        attach_receipts(records)
        return records

    def write(self, batch: Batch) -> Written:
        ensure_sources()
        name_new_centers(batch)
        named = [*batch.new] + [values for _pk, _version, values in batch.changed]
        self._sources = ids_of(name for values in named for name in values.get("source") or ())
        self._receipts = receipt_ids({values["receipt"] for values in named if values.get("receipt")})
        return super().write(batch)

    def change(self, record: Allocation, values: Values, batch: Batch) -> None:
        own = {name: value for name, value in values.items() if name not in OTHERWISE}
        super().change(record, own, batch)
        if values.get("source"):
            record.source_id = self._sources[next(iter(values["source"]))]
        if "center" in values:
            record.center_id = values["center"].pk if values["center"] else None
        if "receipt" in values:
            record.receipt_id = self._receipts[values["receipt"]] if values["receipt"] else None
