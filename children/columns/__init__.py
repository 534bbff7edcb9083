"""Columns that know about persons: ID number, sex, ethnic group, relation, grade, a parent's name, a birth date."""

from .codes import EthnicColumn, RelationColumn, SexColumn
from .grades import GradeColumn, GradeValue
from .id_number import IdNumberColumn
from .names import DECEASED, BirthDateColumn, DeceasedNameColumn, NamedDeceased

__all__ = [
    "DECEASED",
    "BirthDateColumn",
    "DeceasedNameColumn",
    "EthnicColumn",
    "GradeColumn",
    "GradeValue",
    "IdNumberColumn",
    "NamedDeceased",
    "RelationColumn",
    "SexColumn",
]
