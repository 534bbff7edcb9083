"""The forms of a child's record."""

from children.forms.child import ChildForm
from children.forms.ending import ExitForm, ReturnForm
from children.forms.merging import MergeForm
from children.forms.unmask import REASONS, AskToOpenForm, RefuseToOpenForm, UnmaskForm

__all__ = [
    "REASONS",
    "AskToOpenForm",
    "ChildForm",
    "ExitForm",
    "MergeForm",
    "RefuseToOpenForm",
    "ReturnForm",
    "UnmaskForm",
]
