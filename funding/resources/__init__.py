"""Money as workbooks: what came and where it went, one kind of file with two kinds of sheet."""

from django.utils.translation import gettext_lazy as _

import funding.resources.problem_kinds  # noqa: F401
from funding.resources.allocation import AllocationResource
from funding.resources.disbursement import DisbursementResource
from funding.resources.expenditure import ExpenditureResource
from funding.resources.receipt import ReceiptResource
from gansu_care.spreadsheets.kinds import Kind, register

__all__ = ["AllocationResource", "DisbursementResource", "ExpenditureResource", "ReceiptResource"]

register(
    Kind(
        "funding",
        _("资金表"),
        _("到账、分配；按标题行分辨"),
        (ReceiptResource, AllocationResource),
        list_route="funding:receipt_list",
    )
)
register(
    Kind(
        "expenditures",
        _("资金支出表"),
        "",
        (ExpenditureResource,),
        list_route="funding:expenditure_list",
        export_only=True,
    )
)
register(
    Kind(
        "disbursements",
        _("资金拨付表"),
        "",
        (DisbursementResource,),
        list_route="funding:disbursement_list",
        export_only=True,
    )
)
