"""A child's record: the child, her family, her care, and the dated facts from which categories are computed."""

from children.models.care import Carer, Episode
from children.models.child import Child, ChildStatus
from children.models.consent import Consent, ConsentScan
from children.models.erasure import ErasedNumber, Erasure, ErasureState
from children.models.family import Grandparent, Parent, ParentState
from children.models.name_key import NameKey
from children.models.notice import Notice, NoticeKind
from children.models.transfers import TransferRequest, TransferState
from children.models.unmasking import UnmaskRequest, UnmaskState

__all__ = [
    "Carer",
    "Child",
    "ChildStatus",
    "Consent",
    "ConsentScan",
    "Episode",
    "ErasedNumber",
    "Erasure",
    "ErasureState",
    "Grandparent",
    "NameKey",
    "Notice",
    "NoticeKind",
    "Parent",
    "ParentState",
    "TransferRequest",
    "TransferState",
    "UnmaskRequest",
    "UnmaskState",
]
