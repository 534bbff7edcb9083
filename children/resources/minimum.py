"""Rows without a guardian's consent: only the minimum of them is kept (children/minimum.py).

What else they say is taken out before the row is compared with its record, so that it is neither staged nor written,
and the same file again changes nothing. A value that the record holds already is no news and stays; so does 清空. One
sentence for each sheet tells what was left out.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from children.code_tables import ConsentScope
from children.minimum import MINIMUM
from children.models.consent import SUFFICIENT
from children.resources.register import CONSENT_FIELDS
from gansu_care.spreadsheets.columns import UNSET, Masked, is_nothing
from gansu_care.spreadsheets.comparing import unchanged
from gansu_care.spreadsheets.problem_kinds import CODES, ProblemKind
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.rows import Rows

CODES["W_NOT_KEPT"] = ProblemKind(
    _(
        "%(rows)s 行没有监护人同意，只登记姓名、性别、民族、出生日期、现居住地到乡镇、就学情况、登记和同意的情况；"
        "没有保存：%(headings)s"
    ),
    _("取得同意后，填上同意人、身份和日期，再上传这份表"),
)


def keep_minimum(rows: Rows) -> None:
    """Take out of each row that may be written without consent what is beyond the minimum, and say so."""
    lacking = [
        index for index in range(len(rows)) if index not in rows.refused and not has_consent(rows, index)
    ]
    left_out: dict[int, set[str]] = {}
    for name in rows.resource.stored_columns().keys() - MINIMUM - CONSENT_FIELDS.keys():
        for index in lacking:
            if _is_news(rows, index, name):
                rows.values[name][index] = UNSET
                left_out.setdefault(index, set()).add(name)
    _tell(rows, left_out)


def has_consent(rows: Rows, index: int) -> bool:
    """Whether a sufficient consent stands once the row is written. One that lacks its day is refused elsewhere."""
    if rows.after(index, "consent_given") is not True or capacity_after(rows, index) not in SUFFICIENT:
        return False
    record = rows.record(index)
    scopes = record.held_consent.scopes if record is not None else None
    return scopes is None or ConsentScope.REGISTER in scopes


def capacity_after(rows: Rows, index: int) -> str:
    """In which capacity consent was given: as the row says, or as a parent if it is a parent's name."""
    capacity, by = rows.after(index, "consent_capacity"), rows.after(index, "consent_by")
    if not is_nothing(capacity):
        return str(capacity)
    return (
        "parent" if by and by in (rows.after(index, "father_name"), rows.after(index, "mother_name")) else ""
    )


def _is_news(rows: Rows, index: int, name: str) -> bool:
    """Whether the cell would bring the record something that it does not hold."""
    value, record = rows.values[name][index], rows.record(index)
    if is_nothing(value) or isinstance(value, Masked):
        return False
    if record is None:
        return True
    resource = rows.resource
    return not unchanged(resource, record, resource.fields[name], resource.raw(record, name), value)


def _tell(rows: Rows, left_out: dict[int, set[str]]) -> None:
    columns = rows.resource.fields
    for part in rows.parts:
        named = [left_out[index] for index in range(part.first, part.first + len(part)) if index in left_out]
        if named:
            headings = [rows.resource.heading(name) for name in columns if name in set().union(*named)]
            rows.tell(
                Problem("W_NOT_KEPT", sheet=part.name, params={"rows": len(named), "headings": headings})
            )
