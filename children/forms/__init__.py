"""The forms of a child's record."""

from children.forms.child import ChildForm
from children.forms.consent import BringPaperForm, GiveConsentForm, WithdrawConsentForm
from children.forms.ending import ExitForm, ReturnForm
from children.forms.merging import MergeForm
from children.forms.unmask import REASONS, AskToOpenForm, RefuseToOpenForm, UnmaskForm

__all__ = [
    "REASONS",
    "AskToOpenForm",
    "BringPaperForm",
    "ChildForm",
    "ExitForm",
    "GiveConsentForm",
    "MergeForm",
    "RefuseToOpenForm",
    "ReturnForm",
    "UnmaskForm",
    "WithdrawConsentForm",
]
