"""The rules between the fields of a child's row, on what her record would hold afterwards (children/row_rules.py).

Judged are new records and changes; a row that changes nothing may stand, whatever was written before a rule was made.
An age is measured on the row's own day. A record that exists may have grown too old: only new ones are refused for it.
"""

from __future__ import annotations

from typing import Any

from children import row_rules
from children.models import ChildStatus
from children.models.consent import SUFFICIENT
from children.resources.finding import Namesakes, key_of
from children.resources.minimum import capacity_after, has_consent
from gansu_care.spreadsheets.columns import Masked, PartialDate, is_nothing
from gansu_care.spreadsheets.places import default_division
from gansu_care.spreadsheets.rows import Rows

OUR_NAMES = {"consent.given": "consent_given", "consent.given_by": "consent_by"}
"""The columns of a consent, by the names that row_rules has for its fields."""


def judge_new(rows: Rows) -> None:
    """What is asked of new children, by all that their rows say: before anything is left out of them for want of
    consent (minimum.py)."""
    for index in range(len(rows)):
        if rows.is_new(index):
            _judge_new(rows, index)


def judge(rows: Rows) -> None:
    extras = _words_beside_names(rows)
    for index in rows.judged():
        _judge_row(rows, index, extras.get(index, ""))
    _warn_of_namesakes(rows)


def _judge_row(rows: Rows, index: int, extra: str) -> None:
    def after(name: str) -> Any:
        return rows.after(index, name)

    add = rows.add_all
    number = after("id_number")
    if not rows.is_new(index):
        add(index, row_rules.sex_fits_id(after("sex"), number))
    if _writes_one_of_two(rows, index):
        add(index, row_rules.settle_birth_date(after("birth_date"), number)[1])
    add(index, row_rules.sex_fits_name(after("sex"), extra))
    add(
        index,
        row_rules.guardianship_fits(
            after("guardianship_type"), after("carer_entrusted"), after("carer_name")
        ),
    )
    add(
        index,
        row_rules.away_flags_fit(after("both_away"), after("one_away_other_unable"), after("unable_parent")),
    )
    add(index, row_rules.schooling_fits_age(after("schooling"), after("birth_date"), rows.day(index)))
    add(index, row_rules.both_parents_deceased(after("father_condition"), after("mother_condition")))
    if _leaves_draft(rows, index):
        add(index, row_rules.id_required(after("household_registered"), number))
    _judge_end(rows, index)
    _judge_consent(rows, index)


def _writes_one_of_two(rows: Rows, index: int) -> bool:
    """Of birth date and ID number the row writes out only one; the other is the register's, and nobody compared them."""
    born, number = rows.values["birth_date"][index], rows.values["id_number"][index]
    return isinstance(born, Masked) if isinstance(number, str) else isinstance(born, PartialDate)


def _judge_new(rows: Rows, index: int) -> None:
    difficulty, number = rows.values["difficulty"][index], rows.values["id_number"][index]
    born = rows.values["birth_date"][index]
    rows.add_all(index, row_rules.sex_fits_id(rows.values["sex"][index], number))
    rows.add_all(index, row_rules.age_allows(born, rows.day(index), not is_nothing(difficulty)))
    if has_consent(rows, index):  # without it no number is kept, so none is asked for
        registered = rows.values["household_registered"][index]
        rows.add_all(index, row_rules.id_required(None if is_nothing(registered) else registered, number))
    if rows.is_empty(index, "division") and default_division(rows, index) is None:
        rows.add(index, "E_REQUIRED", "division")


def _leaves_draft(rows: Rows, index: int) -> bool:
    """A draft for which consent has come is registered in earnest: what a new child must have, she must have now."""
    record = rows.record(index)
    return record is not None and record.status == ChildStatus.DRAFT and has_consent(rows, index)


def _judge_end(rows: Rows, index: int) -> None:
    """A child who leaves does so on a day, for a reason, after she came."""
    ended, begun = rows.after(index, "ended_on"), rows.after(index, "registered_on")
    if is_nothing(ended):
        return
    if is_nothing(rows.after(index, "end_reason")):
        rows.add(index, "E_REQUIRED", "end_reason")
    begun = rows.day(index) if is_nothing(begun) else begun
    if rows.values["ended_on"][index] == ended and ended < begun:
        rows.add(index, "E_DATE_ORDER", "ended_on", other=rows.resource.heading("registered_on"))


def _judge_consent(rows: Rows, index: int) -> None:
    """Said where it is new, or where it changes: a record that is a draft anyway is not complained of again."""
    given, by, on = (rows.after(index, name) for name in ("consent_given", "consent_by", "consent_on"))
    says = any(
        not is_nothing(rows.values[name][index]) for name in ("consent_given", "consent_by", "consent_on")
    )
    if rows.targets[index] is not None and not says:
        return
    found = list(row_rules.consent_is_whole(given, by, on))
    if not found and given is True and capacity_after(rows, index) not in SUFFICIENT:
        found = [("consent_capacity", "W_NO_CONSENT", {})]
    rows.add_all(index, ((OUR_NAMES.get(name, name), code, params) for name, code, params in found))


def _words_beside_names(rows: Rows) -> dict[int, str]:
    """王小明(女): what stood beside the name, by row."""
    return {
        index: str(problem.params.get("extra", ""))
        for index, problem in rows.said
        if index is not None and problem.code == "W_NAME_EXTRA" and problem.field == "name"
    }


def _warn_of_namesakes(rows: Rows) -> None:
    """A new child without ID number, of the same name and birth date as another of the file or the register.

    Not where an officer has compared her with the register's and decided.
    """
    said = [{name: rows.values[name][index] for name in ("name", "birth_date")} for index in range(len(rows))]
    keys = [key_of(row) for row in said]
    nameless = [index for index in range(len(rows)) if keys[index] and _is_new_without_number(rows, index)]
    if not nameless:
        return
    held = Namesakes(rows.resource, [said[index] for index in nameless], rows.setting)
    first: dict[Any, int] = {}
    for index, key in enumerate(keys):
        first.setdefault(key, index)
    for index in nameless:
        before = first[keys[index]]
        if before != index:
            rows.add(index, "W_POSSIBLE_DUP", "name", **rows.named(before, index))
        elif held.of(said[index]) and not _is_answered(rows, index):
            rows.add(index, "W_POSSIBLE_DUP", "name")


def _is_answered(rows: Rows, index: int) -> bool:
    place = rows.places[index]
    return (place.sheet_no, place.row) in rows.setting.by_hand.answers


def _is_new_without_number(rows: Rows, index: int) -> bool:
    return index not in rows.doubtful and rows.is_new(index) and is_nothing(rows.values["id_number"][index])
