"""Money spent as a table, on the way out only: expenditures are entered on pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from centers.models import Center
from funding.code_tables import SpendingCategory
from funding.models import Expenditure, Source
from gansu_care.divisions.book import book
from gansu_care.spreadsheets.columns import ChoiceColumn, DateColumn, MoneyColumn, TextColumn
from gansu_care.spreadsheets.resources import RegistryResource


class ExpenditureResource(RegistryResource):
    code = "expenditure"
    title = _("资金支出")
    telling: ClassVar = ("spent_on", "category")

    spent_on = DateColumn("spent_on", ["支出日期"])
    category = ChoiceColumn("category", ["支出类别"], choices=SpendingCategory)
    amount = MoneyColumn("amount", ["金额（元）"], minimum=None)
    source = TextColumn("source_name", ["资金来源"])
    division = TextColumn("place_name", ["单位"])
    center = TextColumn("center_name", ["活动中心"])
    voucher_no = TextColumn("voucher_no", ["凭证号"])
    supplier = TextColumn("supplier", ["供应商"])
    remarks = TextColumn("remarks", ["备注"])

    class Meta:
        model = Expenditure

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        """Expenditures with the names of their source, place and center; three queries whatever their number."""
        records = super().load(ids, lock=lock)
        sources = dict(Source.objects.values_list("pk", "name"))
        centers = dict(
            Center.objects.filter(pk__in={r.center_id for r in records.values()}).values_list("pk", "name")
        )
        for record in records.values():
            record.source_name = sources.get(record.source_id, "")
            record.center_name = centers.get(record.center_id, "")
            record.place_name = book().by_id[record.division_id].full_name
        return records
