"""The forms of centers and of their equipment."""

from centers.forms.center import CenterForm, CenterVoidForm, StatusForm
from centers.forms.disposal import DisposalForm
from centers.forms.equipment import EquipmentForm
from centers.forms.loans import LoanForm, ReturnForm
from centers.forms.stocktake import StocktakeForm

__all__ = [
    "CenterForm",
    "CenterVoidForm",
    "DisposalForm",
    "EquipmentForm",
    "LoanForm",
    "ReturnForm",
    "StatusForm",
    "StocktakeForm",
]
