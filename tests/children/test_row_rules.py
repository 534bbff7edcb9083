"""Rules between the fields of one child's row."""

from datetime import date

import pytest

from children import row_rules
from children.code_tables import Grade, ParentCondition, Schooling
from children.columns import GradeValue
from gansu_care.spreadsheets.columns import INVALID, UNSET, PartialDate

BORN = PartialDate(date(2015, 3, 7), "day")
NUMBER = "620100201503070011"


def codes(found):
    return [code for _field, code, _params in found]


def test_nothing_is_said_about_what_is_not_there():
    assert codes(row_rules.sex_fits_id(UNSET, NUMBER)) == []
    assert codes(row_rules.sex_fits_id("1", UNSET)) == []
    assert codes(row_rules.age_allows(UNSET, date(2026, 1, 1))) == []
    assert codes(row_rules.guardianship_fits("", None, None)) == []
    assert codes(row_rules.schooling_fits_age(UNSET, UNSET, date(2026, 1, 1))) == []


def test_a_refused_cell_is_not_refused_again():
    assert codes(row_rules.id_required(True, INVALID)) == []
    assert row_rules.settle_birth_date(INVALID, NUMBER) == (INVALID, [])
    assert codes(row_rules.guardianship_fits("4", True, INVALID)) == []


def test_an_empty_birth_date_is_taken_from_the_id_number():
    assert row_rules.settle_birth_date(UNSET, NUMBER) == (BORN, [])
    assert row_rules.settle_birth_date(PartialDate(date(2015, 1, 1), "year"), NUMBER) == (BORN, [])


def test_a_birth_date_against_the_id_number_is_refused():
    other = PartialDate(date(2015, 3, 8), "day")
    assert codes(row_rules.settle_birth_date(other, NUMBER)[1]) == ["E_BIRTH_ID_MISMATCH"]


def test_a_birth_month_alone_refuses_nobody_on_a_guess():
    month = PartialDate(date(2010, 9, 1), "month")
    assert codes(row_rules.age_allows(month, date(2026, 9, 29))) == []
    assert codes(row_rules.age_allows(month, date(2026, 9, 30))) == ["E_AGE_OVER"]
    year = PartialDate(date(2010, 1, 1), "year")
    assert codes(row_rules.age_allows(year, date(2026, 12, 30))) == []
    assert codes(row_rules.age_allows(year, date(2026, 12, 31))) == ["E_AGE_OVER"]


def test_nobody_is_registered_before_birth():
    assert codes(row_rules.age_allows(BORN, date(2015, 3, 6))) == ["E_DATE_ORDER"]
    assert codes(row_rules.age_allows(BORN, date(2015, 3, 7))) == []


@pytest.mark.parametrize(
    ("kind", "entrusted", "carer", "expected"),
    [
        ("1", False, "", []),
        ("1", True, "", ["E_GUARDIANSHIP_CONFLICT"]),
        ("1", False, "张爷", ["E_GUARDIANSHIP_CONFLICT"]),
        ("2", False, "", []),
        ("3", True, "张爷", []),
        ("4", True, UNSET, ["E_GUARDIANSHIP_CONFLICT"]),
        ("5", UNSET, "", ["E_GUARDIANSHIP_CONFLICT"]),
    ],
)
def test_guardianship_type_and_carer(kind, entrusted, carer, expected):
    assert codes(row_rules.guardianship_fits(kind, entrusted, carer)) == expected


@pytest.mark.parametrize(
    ("both", "one", "unable", "expected"),
    [
        (True, False, UNSET, []),
        (False, True, "father", []),
        (False, True, UNSET, ["E_UNABLE_PARENT_REQUIRED"]),
        (True, True, "mother", ["E_AWAY_CONFLICT"]),
        (UNSET, UNSET, UNSET, []),
    ],
)
def test_flags_of_the_parents(both, one, unable, expected):
    assert codes(row_rules.away_flags_fit(both, one, unable)) == expected


@pytest.mark.parametrize(
    ("schooling", "on", "expected"),
    [
        (Schooling.DROPPED_OUT, date(2021, 3, 6), ["W_SCHOOLING_AGE"]),
        (Schooling.DROPPED_OUT, date(2021, 3, 7), []),
        (Schooling.NOT_IN_SCHOOL, date(2029, 3, 6), ["W_SCHOOLING_AGE"]),
        (Schooling.NOT_IN_SCHOOL, date(2029, 3, 7), []),
        (Schooling.NOT_IN_KINDERGARTEN, date(2022, 3, 6), []),
        (Schooling.NOT_IN_KINDERGARTEN, date(2022, 3, 7), ["W_SCHOOLING_AGE"]),
        (Schooling.PRIMARY, date(2030, 1, 1), []),
    ],
)
def test_schooling_and_age(schooling, on, expected):
    assert codes(row_rules.schooling_fits_age(schooling, BORN, on)) == expected


def test_grade_and_schooling():
    assert row_rules.settle_grade(GradeValue("P3"), Schooling.PRIMARY, 9) == (GradeValue("P3"), [])
    assert codes(row_rules.settle_grade(GradeValue("J1"), Schooling.PRIMARY, 9)[1]) == ["E_GRADE_SCHOOLING"]
    assert row_rules.settle_grade(GradeValue(None, "2", 1), Schooling.JUNIOR, 13) == (
        GradeValue(Grade.J1, "2"),
        [],
    )
    assert codes(row_rules.settle_grade(GradeValue(None, "2", 5), Schooling.JUNIOR, 13)[1]) == [
        "E_GRADE_STAGE"
    ]
    assert codes(row_rules.settle_grade(GradeValue(None, "", 1), Schooling.DROPPED_OUT, 13)[1]) == [
        "E_GRADE_STAGE"
    ]
    assert row_rules.settle_grade(UNSET, Schooling.PRIMARY, 9) == (UNSET, [])


def test_both_parents_dead_are_proposed_as_orphans():
    dead = ParentCondition.DECEASED
    assert codes(row_rules.both_parents_deceased(dead, dead)) == ["W_PROPOSE_ORPHAN"]
    assert codes(row_rules.both_parents_deceased(dead, UNSET)) == []


def test_consent_names_person_and_day_or_the_row_stays_a_draft():
    assert codes(row_rules.consent_is_whole(True, "张大", date(2026, 1, 1))) == []
    assert codes(row_rules.consent_is_whole(True, "张大", UNSET)) == ["E_CONSENT_INCOMPLETE"]
    assert codes(row_rules.consent_is_whole(False, UNSET, UNSET)) == ["W_NO_CONSENT"]
    assert codes(row_rules.consent_is_whole(UNSET, UNSET, UNSET)) == ["W_NO_CONSENT"]


def test_rows_that_stand_in_the_file_twice():
    rows = [
        (("首阳镇", 7), NUMBER, "张三", BORN),
        (("菜子镇", 3), NUMBER, "张三", BORN),
        (("菜子镇", 4), UNSET, "李四", BORN),
        (("菜子镇", 5), UNSET, "李四", BORN),
        (("菜子镇", 6), INVALID, UNSET, BORN),
    ]
    assert list(row_rules.repeated_in_file(rows)) == [
        (("菜子镇", 3), "id_number", "E_DUP_IN_FILE", {"first_row": 7, "first_sheet": "首阳镇"}),
        (("菜子镇", 5), "name", "W_POSSIBLE_DUP", {"first_row": 4}),
    ]
