"""Pages of expenditures."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from funding.filters import ExpenditureFilter
from funding.forms import ExpenditureForm
from funding.models import Expenditure
from funding.tables import ExpenditureTable
from funding.views.money_pages import (
    MoneyDetail,
    MoneyForm,
    MoneyHistory,
    MoneyList,
    MoneyReverse,
    MoneyVoid,
)
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.spreadsheets.exporting import ExportPage

KIND = "expenditure"


class ExpenditureList(MoneyList):
    model = Expenditure
    filterset_class = ExpenditureFilter
    table_class = ExpenditureTable
    sorts = (Sort("day", "spent_on", descending=True), Sort("number", "id"))
    caption = gettext_lazy("资金支出")
    routes = KIND

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("division", "center")


class ExpenditureDetail(MoneyDetail):
    model = Expenditure
    kind = KIND
    shows = (
        "amount",
        "spent_on",
        "category",
        "source",
        "voucher_no",
        "supplier",
        "center",
        "equipment",
        "upload_number",
        "remarks",
    )


class ExpenditureAdd(MoneyForm):
    model = Expenditure
    form_class = ExpenditureForm
    kind = KIND


class ExpenditureEdit(ExpenditureAdd):
    pass


class ExpenditureHistory(MoneyHistory):
    model = Expenditure
    kind = KIND


class ExpenditureVoid(MoneyVoid):
    model = Expenditure
    kind = KIND


class ExpenditureReverse(MoneyReverse):
    model = Expenditure
    kind = KIND


class ExpenditureExport(ExportPage):
    right = Right.EXPORT
    list_page = ExpenditureList
    kind = "expenditures"
