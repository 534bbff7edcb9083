"""Sheets that hold no data, told by their name or by being empty."""

import re
import unicodedata

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .cells import is_blank
from .own_marks import is_our_sheet
from .sheets import Sheet


class SkipReason(TextChoices):
    """Why a sheet is not read; shown beside its name."""

    EXPLANATIONS = "explanations", _("填表说明")
    CODES = "codes", _("代码或字典")
    EXAMPLE = "example", _("示例")
    EMPTY = "empty", _("空表")
    OURS = "ours", _("检查时标出的问题，不是数据")


_NAMES = (
    (re.compile(r"说明|须知|指南|readme|instructions?"), SkipReason.EXPLANATIONS),
    (re.compile(r"代码|编码表|码表|字典|数据源|下拉|选项|参数|^codes?$|^lists?$"), SkipReason.CODES),
    (re.compile(r"示例|样例|例表|范例|样表|^examples?$"), SkipReason.EXAMPLE),
)


def skippable(sheet: Sheet) -> SkipReason | None:
    """Why this sheet holds no data; None if it may hold some."""
    if all(is_blank(value) for row in sheet.rows for value in row):
        return SkipReason.EMPTY
    if is_our_sheet(sheet):
        return SkipReason.OURS
    name = unicodedata.normalize("NFKC", sheet.name).strip().lower()
    return next((reason for pattern, reason in _NAMES if pattern.search(name)), None)
