"""Rules between the fields of one child's row. Pure functions over plain values; each yields (field, code, params).

An empty value (None, "" or the upload's UNSET) breaks no rule: what must be there is asked for elsewhere. Field names
are those of children.models. The rules come from the official form of 2016 and its summary table.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from children import resident_id
from children.ages import age_on, birthday
from children.code_tables import GRADES_OF, GuardianshipType, ParentCondition, Schooling, Sex, schooling_of
from children.columns import GradeValue
from gansu_care.spreadsheets.columns import INVALID, AmbiguousDate, PartialDate, is_nothing

Found = Iterator[tuple[str, str, dict[str, Any]]]

AGE_LIMIT = 16
"""Rural left-behind children are under 16 (国发〔2016〕13号)."""
DIFFICULTY_AGE_LIMIT = 18
"""Children in difficulty are under 18 (国发〔2016〕36号)."""
_PRIMARY_AGES = range(7, 12)
_SEX_IN_NAME = {
    "男": Sex.MALE.value,
    "女": Sex.FEMALE.value,
    "男孩": Sex.MALE.value,
    "女孩": Sex.FEMALE.value,
}


def id_required(household_registered: Any, id_number: Any) -> Found:
    """A registered household has an ID number; a child without one (否) is followed up."""
    if household_registered is not False and id_number is not INVALID and is_nothing(id_number):
        yield "id_number", "E_REQUIRED", {"registered": True}


def sex_fits_id(sex: Any, id_number: Any) -> Found:
    """The 17th digit is odd for 男 and even for 女."""
    said = resident_id.sex(id_number) if isinstance(id_number, str) else None
    if said and not is_nothing(sex) and str(sex) in ("1", "2") and said != str(sex):
        yield "sex", "E_SEX_ID_MISMATCH", {}


def sex_fits_name(sex: Any, extra: str) -> Found:
    """王小明(女): what stood beside the name (`extra` of W_NAME_EXTRA) must not contradict the sex."""
    said = _SEX_IN_NAME.get(extra)
    if said and not is_nothing(sex) and str(sex) != said:
        yield "sex", "E_SEX_NAME_MISMATCH", {}


def settle_birth_date(birth_date: Any, id_number: Any) -> tuple[Any, list[tuple[str, str, dict[str, Any]]]]:
    """The birth date after a look at the ID number, and what is wrong.

    A month or year is completed by the number if both agree; an ambiguous date (2010.1) is settled by it, else it is
    E_DATE_AMBIGUOUS. A date that contradicts the number is E_BIRTH_ID_MISMATCH. An empty one is taken from the number.
    """
    born = resident_id.birth_date(id_number) if isinstance(id_number, str) else None
    if isinstance(birth_date, AmbiguousDate):
        if born and any(_agrees(candidate, born) for candidate in birth_date.candidates):
            return PartialDate(born, "day"), []
        candidates = [str(candidate) for candidate in birth_date.candidates]
        code = "E_BIRTH_ID_MISMATCH" if born else "E_DATE_AMBIGUOUS"
        return INVALID, [("birth_date", code, {"candidates": candidates})]
    if born is None or birth_date is INVALID:
        return birth_date, []
    if is_nothing(birth_date) or _agrees(birth_date, born):
        return PartialDate(born, "day"), []
    return birth_date, [("birth_date", "E_BIRTH_ID_MISMATCH", {})]


def _agrees(known: PartialDate, born: date) -> bool:
    parts = {"day": 3, "month": 2, "year": 1}[known.precision]
    return known.date.timetuple()[:parts] == born.timetuple()[:parts]


def age_allows(birth_date: Any, on: date, in_difficulty: bool = False) -> Found:
    """Under 16 on the day of registration; 16 and 17 only as a child in difficulty; the birthday counts as reached.

    Of a birth date known by month or year only, the last possible day decides: nobody is refused on a guess.
    """
    if not isinstance(birth_date, PartialDate):
        return
    youngest = _last_day(birth_date)
    if birthday(youngest, DIFFICULTY_AGE_LIMIT) <= on:
        yield "birth_date", "E_AGE_OVER", {"on": on.isoformat(), "limit": DIFFICULTY_AGE_LIMIT}
    elif birthday(youngest, AGE_LIMIT) <= on and not in_difficulty:
        yield "birth_date", "E_AGE_OVER", {"on": on.isoformat(), "limit": AGE_LIMIT, "difficulty": True}
    elif birth_date.date > on:
        yield "registered_on", "E_DATE_ORDER", {"other": "出生日期"}


def _last_day(known: PartialDate) -> date:
    born = known.date
    if known.precision == "day":
        return born
    month = born.month if known.precision == "month" else 12
    return date(born.year, month, calendar.monthrange(born.year, month)[1])


def guardianship_fits(guardianship_type: Any, carer_entrusted: Any, carer_name: Any) -> Found:
    """Type 1 (nobody) excludes an entrusted carer; types 3, 4 and 5 need a named one."""
    if is_nothing(guardianship_type):
        return
    kind = str(guardianship_type)
    named = not is_nothing(carer_name)
    if kind == GuardianshipType.NOBODY and (carer_entrusted is True or named):
        yield "guardianship_type", "E_GUARDIANSHIP_CONFLICT", {"nobody": True}
    if kind in ("3", "4", "5") and not named and carer_name is not INVALID:
        label = str(GuardianshipType(kind).label)
        yield "guardianship_type", "E_GUARDIANSHIP_CONFLICT", {"carer": label}


def away_flags_fit(both_away: Any, one_away_other_unable: Any, unable_parent: Any) -> Found:
    """Not both flags at once; the unable parent is named with the second."""
    if both_away is True and one_away_other_unable is True:
        yield "both_away", "E_AWAY_CONFLICT", {}
    elif one_away_other_unable is True and is_nothing(unable_parent) and unable_parent is not INVALID:
        yield "unable_parent", "E_UNABLE_PARENT_REQUIRED", {}


def schooling_fits_age(schooling: Any, birth_date: Any, on: date) -> Found:
    """辍学 at 6 to 15, 不在学 at 14 or 15, 未入园 under 7; otherwise a question, not a refusal."""
    limits = {
        Schooling.DROPPED_OUT: range(6, 16),
        Schooling.NOT_IN_SCHOOL: range(14, 16),
        Schooling.NOT_IN_KINDERGARTEN: range(7),
    }
    if is_nothing(schooling) or schooling not in limits or not isinstance(birth_date, PartialDate):
        return
    ages = {age_on(birth_date.date, on), age_on(_last_day(birth_date), on)}
    if not ages & set(limits[schooling]):
        label = str(Schooling(schooling).label)
        yield "schooling", "W_SCHOOLING_AGE", {"age": max(ages), "schooling": label}


def settle_grade(
    grade: Any, schooling: Any, age: int | None
) -> tuple[Any, list[tuple[str, str, dict[str, Any]]]]:
    """The grade after a look at schooling and age: (GradeValue with a code, what is wrong).

    三(2)班 needs a stage: from 就学情况, or primary if the child is 7 to 11; else E_GRADE_STAGE.
    """
    if not isinstance(grade, GradeValue):
        return grade, []
    if grade.code is None:
        stage = None if is_nothing(schooling) else Schooling(schooling)
        if stage is None and age in _PRIMARY_AGES:
            stage = Schooling.PRIMARY
        grades = GRADES_OF.get(stage, ()) if stage else ()
        place = (grade.number or 0) - 1
        if len(grades) == 1 or not 0 <= place < len(grades):
            return INVALID, [("grade", "E_GRADE_STAGE", {})]
        return GradeValue(grades[place].value, grade.school_class), []
    if not is_nothing(schooling) and schooling_of(grade.code) != schooling:
        return grade, [("grade", "E_GRADE_SCHOOLING", {})]
    return grade, []


def both_parents_deceased(father: Any, mother: Any) -> Found:
    """Both 去世: not left-behind; the class of orphans is proposed."""
    if father == ParentCondition.DECEASED and mother == ParentCondition.DECEASED:
        yield "father_condition", "W_PROPOSE_ORPHAN", {}


def consent_is_whole(given: Any, given_by: Any, given_on: Any) -> Found:
    """Consent names a person and a day; without consent the row becomes a draft."""
    if given is True and (is_nothing(given_by) or is_nothing(given_on)):
        yield "consent.given_by", "E_CONSENT_INCOMPLETE", {}
    elif given is not True and given is not INVALID:
        yield "consent.given", "W_NO_CONSENT", {}


Place = tuple[str, int]


def repeated_in_file(
    rows: Iterable[tuple[Place, Any, Any, Any]],
) -> Iterator[tuple[Place, str, str, dict[str, Any]]]:
    """Rows that stand in the file twice: (place, field, code, params) for each but the first.

    `rows`: ((sheet, row), id_number, name, birth_date). The same ID is E_DUP_IN_FILE; the same name and birth date
    without an ID is W_POSSIBLE_DUP: names repeat.
    """
    first_by_id: dict[str, Place] = {}
    first_by_name: dict[tuple[str, Any], Place] = {}
    for place, id_number, name, birth_date in rows:
        if isinstance(id_number, str) and id_number:
            first = first_by_id.setdefault(id_number, place)
            if first != place:
                yield place, "id_number", "E_DUP_IN_FILE", _first(first, place)
        elif not is_nothing(name) and not is_nothing(birth_date):
            first = first_by_name.setdefault((name, birth_date), place)
            if first != place:
                yield place, "name", "W_POSSIBLE_DUP", _first(first, place)


def _first(first: Place, place: Place) -> dict[str, Any]:
    elsewhere = {"first_sheet": first[0]} if first[0] != place[0] else {}
    return {"first_row": first[1], **elsewhere}
