"""The forms of money."""

from funding.forms.allocations import AllocationForm
from funding.forms.closing import CloseForm, ReconciliationForm, ReconciliationVoidForm
from funding.forms.disbursements import DisbursementForm
from funding.forms.money import MoneyVoidForm
from funding.forms.receipts import ReceiptForm
from funding.forms.reversal import ReversalForm
from funding.forms.spending import ExpenditureForm

__all__ = [
    "AllocationForm",
    "CloseForm",
    "DisbursementForm",
    "ExpenditureForm",
    "MoneyVoidForm",
    "ReceiptForm",
    "ReconciliationForm",
    "ReconciliationVoidForm",
    "ReversalForm",
]
