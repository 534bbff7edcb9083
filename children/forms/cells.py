"""What is typed into a form, read as an upload reads the cell: the same columns, refused in the same words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from children.columns import DeceasedNameColumn, IdNumberColumn
from gansu_care.spreadsheets.columns import Column, Context, PhoneColumn, is_nothing
from gansu_care.spreadsheets.problems import Problem

# An upload drops words beside a name or number once the officer confirms it; in a form she can take them out herself.
DROPS_WORDS = frozenset({"W_NAME_EXTRA", "W_PHONE_EXTRA"})
PHONE = PhoneColumn("phone", ["电话"])
ADULT_ID_NUMBER = IdNumberColumn("id_number", ["身份证号"], adult=True)
RELATIVE_NAME = DeceasedNameColumn("name", ["姓名"])


def sentence(code: str, value: str, params: dict[str, Any] | None = None) -> str:
    """What is wrong and what to do, in the words of the upload's problem list."""
    problem = Problem(code=code, value=value, params=params or {})
    return _("%(wrong)s。%(remedy)s。") % {"wrong": problem.message, "remedy": problem.remedy}


def read_as(column: Column, text: str) -> Any:
    """What the column makes of the text; "" for nothing. Raises ValidationError with the sentence of what is wrong."""
    value, notes = column.read(text, Context(on_date=timezone.localdate()))
    for code, params in notes:
        if code.startswith("E_"):
            raise ValidationError(sentence(code, text, params))
        if code in DROPS_WORDS:
            wrong = Problem(code=code, value=text, params=params).message
            raise ValidationError(_("%(wrong)s。请删去；要保留的，写到备注里。") % {"wrong": wrong})
    return "" if is_nothing(value) else value
