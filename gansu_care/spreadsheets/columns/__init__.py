"""The kinds of column a workbook can have. Columns that know about persons are in children/columns.py."""

from .base import EMPTY, Column, is_nothing, refused, vocabulary
from .choices import BoolColumn, ChoiceColumn, MultiChoiceColumn
from .dates import DateColumn, date_of_number, read_date
from .divisions import DivisionColumn
from .numbers import MoneyColumn, NumberColumn, QuantityColumn
from .phones import PhoneColumn
from .text import NameColumn, TextColumn
from .values import (
    CLEAR,
    INVALID,
    UNSET,
    AmbiguousDate,
    Blank,
    Context,
    Masked,
    Note,
    PartialDate,
    Quantity,
    Read,
)

__all__ = [
    "CLEAR",
    "EMPTY",
    "INVALID",
    "UNSET",
    "AmbiguousDate",
    "Blank",
    "BoolColumn",
    "ChoiceColumn",
    "Column",
    "Context",
    "DateColumn",
    "DivisionColumn",
    "Masked",
    "MoneyColumn",
    "MultiChoiceColumn",
    "NameColumn",
    "Note",
    "NumberColumn",
    "PartialDate",
    "PhoneColumn",
    "Quantity",
    "QuantityColumn",
    "Read",
    "TextColumn",
    "date_of_number",
    "is_nothing",
    "read_date",
    "refused",
    "vocabulary",
]
