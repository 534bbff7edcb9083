"""Money paid out as a table, on the way out only: disbursements are entered on pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from funding.models import Allocation, Disbursement
from gansu_care.divisions.book import book
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import DateColumn, MoneyColumn, TextColumn
from gansu_care.spreadsheets.resources import RegistryResource


class DisbursementResource(RegistryResource):
    code = "disbursement"
    title = _("资金拨付")
    telling: ClassVar = ("disbursed_on", "payee")

    disbursed_on = DateColumn("disbursed_on", ["拨付日期"])
    division = TextColumn("place_name", ["单位"])
    payee = TextColumn("payee", ["收款单位"])
    amount = MoneyColumn("amount", ["金额（元）"], minimum=None)
    allocation = TextColumn("allocation_no", ["分配编号"])
    document_no = TextColumn("document_no", ["分配文号"])
    source = TextColumn("source_name", ["资金来源"])
    voucher_no = TextColumn("voucher_no", ["凭证号"])
    bank_slip_no = TextColumn("bank_slip_no", ["银行回单号"])
    remarks = TextColumn("remarks", ["备注"])

    class Meta:
        model = Disbursement

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        """Disbursements with what they were paid out of; two queries whatever their number."""
        records = super().load(ids, lock=lock)
        wanted = {record.allocation_id for record in records.values()}
        columns = ("pk", "number", "document_no", "source__name")
        found = Allocation.objects.filter(pk__in=among(wanted)).values_list(*columns)
        paid_of = {pk: rest for pk, *rest in found}
        for record in records.values():
            record.allocation_no, record.document_no, record.source_name = paid_of[record.allocation_id]
            record.place_name = book().by_id[record.division_id].full_name
        return records
