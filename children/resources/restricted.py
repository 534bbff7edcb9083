"""Rows that mean a restricted record: her guardian has withdrawn consent, or the record is erased."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from children.models import ChildStatus
from gansu_care.spreadsheets.problem_kinds import CODES, ProblemKind
from gansu_care.spreadsheets.rows import Rows

CODES["E_RESTRICTED"] = ProblemKind(
    _("监护人已撤回同意，或者个人信息已删除，这条档案不能再改"),
    _("从表中删去这一行；监护人重新同意的，请先在页面上登记新的同意"),
)


def refuse_restricted(rows: Rows) -> None:
    for index in range(len(rows)):
        record = rows.record(index)
        if record is not None and record.status == ChildStatus.RESTRICTED:
            rows.add(index, "E_RESTRICTED", "number" if not rows.is_empty(index, "number") else "name")
