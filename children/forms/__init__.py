"""The forms of a child's record."""

from children.forms.child import ChildForm
from children.forms.ending import ExitForm, ReturnForm
from children.forms.unmask import REASONS, UnmaskForm

__all__ = ["REASONS", "ChildForm", "ExitForm", "ReturnForm", "UnmaskForm"]
