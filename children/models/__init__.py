"""A child's record: the child, her family, her care, and the dated facts from which categories are computed."""

from children.models.care import Carer, Consent, Episode
from children.models.child import Child, ChildStatus
from children.models.family import Grandparent, Parent, ParentState
from children.models.name_key import NameKey
from children.models.unmasking import UnmaskRequest, UnmaskState

__all__ = [
    "Carer",
    "Child",
    "ChildStatus",
    "Consent",
    "Episode",
    "Grandparent",
    "NameKey",
    "Parent",
    "ParentState",
    "UnmaskRequest",
    "UnmaskState",
]
