"""Values of a child's row that settle each other, before the child is looked for.

Where she lives; what the ID number says of birth date and sex; the stage of a grade; what a dash in a parent's cell
means; which parents are away when the form only says “both”. Nothing is guessed: each rule is the form's own.
"""

from __future__ import annotations

import re
from typing import Any

from children import resident_id
from children.ages import age_on
from children.code_tables import ConsentCapacity, ParentCondition, schooling_of
from children.columns import DECEASED, GradeValue, NamedDeceased
from children.models.care import SUFFICIENT
from children.resources.column_sets import BARE_PHONE, said_of
from children.row_rules import settle_birth_date, settle_grade
from gansu_care.divisions.matching import matcher
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.columns import INVALID, UNSET, Masked, PartialDate, is_nothing
from gansu_care.spreadsheets.places import divide, notes_of
from gansu_care.spreadsheets.rows import Rows

PLACE = ("prefecture", "county", "township", "division")
GRANDPARENTS = ("grandfather", "grandmother", "maternal_grandfather", "maternal_grandmother")
_VILLAGE = re.compile(r"(.{1,20}?(?:村民委员会|居民委员会|村委会|居委会|村|社区))(.*)", re.DOTALL)


def settle(rows: Rows) -> None:
    _settle_residence(rows)
    _settle_household(rows)
    for index in range(len(rows)):
        _settle_birth(rows, index)
        _settle_grade(rows, index)
        _settle_parents(rows, index)
        _settle_carer(rows, index)
    for name in GRANDPARENTS:
        column, cells = rows.resource.fields[f"{name}_name"], rows.values[f"{name}_name"]
        cells[:] = [value if value is UNSET else said_of(value, column) for value in cells]


def _empty(rows: Rows, index: int, name: str) -> bool:
    return rows.values[name][index] is UNSET


def _settle_residence(rows: Rows) -> None:
    """What is left of 临洮县洮阳镇南门村3号 is the village and the house."""
    for index, rest in divide(rows, PLACE).items():
        village, house = split_village(rest)
        for name, text in (("village", village), ("address", house)):
            if text and _empty(rows, index, name):
                rows.values[name][index] = text


def split_village(text: str) -> tuple[str, str]:
    """南门村三社12号 -> 南门村, 三社12号."""
    found = _VILLAGE.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else ("", text.strip())


def _settle_household(rows: Rows) -> None:
    """The household may be registered anywhere in the country: what is no place of Gansu stays as text."""
    cells, scope = rows.values["household_division"], rows.setting.division
    for index, text in rows.given("household_division"):
        if isinstance(text, Division):
            continue
        match = matcher().match(str(text), None, scope)
        if match.state == "unknown":
            cells[index] = UNSET
            rest = str(text)
        else:
            rows.add_all(index, notes_of("household_division", match))
            cells[index] = match.division or INVALID
            rest = match.rest
        if rest and _empty(rows, index, "household_address"):
            rows.values["household_address"][index] = rest


def _settle_birth(rows: Rows, index: int) -> None:
    number, written = rows.values["id_number"][index], rows.values["birth_date"][index]
    if not isinstance(written, Masked):  # behind a mask stands the register's: judging.py looks at that
        rows.values["birth_date"][index], found = settle_birth_date(written, number)
        rows.add_all(index, found)
    if _empty(rows, index, "sex") and isinstance(number, str):
        rows.values["sex"][index] = resident_id.sex(number) or UNSET


def _settle_grade(rows: Rows, index: int) -> None:
    """年级 becomes its code; a class written beside it goes to its own column; it says the schooling if nobody else does."""
    read = rows.values["grade"][index]
    if not isinstance(read, GradeValue):
        return
    born, schooling = rows.values["birth_date"][index], rows.values["schooling"][index]
    age = age_on(born.date, rows.day(index)) if isinstance(born, PartialDate) else None
    grade, found = settle_grade(read, None if is_nothing(schooling) else schooling, age)
    rows.add_all(index, found)
    if not isinstance(grade, GradeValue):
        rows.values["grade"][index] = INVALID
        return
    rows.values["grade"][index] = grade.code
    if grade.school_class and _empty(rows, index, "school_class"):
        rows.values["school_class"][index] = grade.school_class
    if _empty(rows, index, "schooling"):
        schooling = schooling_of(grade.code or "")
        rows.values["schooling"][index] = schooling.value if schooling else UNSET


def _settle_parents(rows: Rows, index: int) -> None:
    both = rows.values["both_away"][index] is True
    one = rows.values["one_away_other_unable"][index] is True
    unable = rows.values["unable_parent"][index]
    for kind in ("father", "mother"):
        condition = f"{kind}_condition"
        said = _said_by_name(rows, index, kind)
        away = both or (one and not is_nothing(unable) and unable != kind)
        away = away or not is_nothing(rows.values[f"{kind}_work_place"][index])
        if _empty(rows, index, condition) and (said or away):
            rows.values[condition][index] = said or ParentCondition.AWAY.value


def _said_by_name(rows: Rows, index: int, kind: str) -> str:
    """— and 张三（已故） in a parent's name say that she is dead; the name, if any, stays."""
    cells = rows.values[f"{kind}_name"]
    name: Any = cells[index]
    if name is DECEASED:
        cells[index] = UNSET
    elif isinstance(name, NamedDeceased):
        cells[index] = name.name
    else:
        return ""
    return ParentCondition.DECEASED.value


def _settle_carer(rows: Rows, index: int) -> None:
    """A telephone beside nobody's name may be anybody's: without a carer it is not read as hers."""
    column = rows.part(index).header.fields.get("carer_phone")
    is_bare = column is not None and column.heading in BARE_PHONE
    if is_bare and rows.is_empty(index, "carer_name") and rows.is_empty(index, "number"):
        rows.values["carer_phone"][index] = UNSET


def declare_consent(rows: Rows) -> None:
    """A consent declared for the whole upload stands for each row that says nothing of it, and overrules nothing.

    Neither a no, nor what a parent or guardian has said before.
    """
    setting = rows.setting
    if not setting.consent_declared:
        return
    declared = {
        "consent_given": True,
        "consent_by": setting.consent_by,
        "consent_capacity": ConsentCapacity.DECLARED.value,
        "consent_on": setting.consent_on,
        "consent_paper": setting.upload_number,
    }
    for index in range(len(rows)):
        if all(rows.is_empty(index, name) for name in declared) and not _has_consent(rows.record(index)):
            for name, value in declared.items():
                rows.values[name][index] = value


def _has_consent(record: Any) -> bool:
    return (
        record is not None and bool(record.held_consent.given) and record.held_consent.capacity in SUFFICIENT
    )
