"""The citizen's ID number (GB 11643-1999). All numbers are made up under 620100, which no person has."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from children import resident_id
from children.columns import IdNumberColumn
from gansu_care.spreadsheets.columns import INVALID, Context

TODAY = date(2026, 11, 23)
CONTEXT = Context(on_date=TODAY)

births = st.dates(min_value=date(1930, 1, 1), max_value=TODAY)
sequences = st.integers(0, 999)


def number_of(born: date, sequence: int) -> str:
    first17 = f"620100{born:%Y%m%d}{sequence:03d}"
    return first17 + resident_id.check_digit(first17)


@pytest.mark.parametrize(
    ("first17", "digit"), [("62010020100901000", "5"), ("62010020100901001", "3"), ("62010020100901003", "X")]
)
def test_the_check_digit_of_worked_examples(first17, digit):
    assert resident_id.check_digit(first17) == digit


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("620100201009010013", None),
        ("620100201009010031", "E_ID_CHECKSUM"),
        ("620100201502290004", "E_ID_DATE"),
        ("620100202611240019", "E_ID_DATE"),
        ("62010020100901001", "E_ID_LENGTH"),
        ("6201002010090100131", "E_ID_LENGTH"),
        ("62010020100901A013", "E_ID_CHARACTER"),
        ("620100201009010\uff1113", "E_ID_CHARACTER"),
        ("", "E_ID_LENGTH"),
    ],
)
def test_each_fault_has_its_code(number, code):
    assert resident_id.check(number, on_date=TODAY).code == code


@pytest.mark.parametrize("number", ["620881201009010001", "620824201909010018", "620171201509010017"])
def test_an_area_younger_than_the_birth_or_unknown_is_no_fault(number):
    first17 = number[:17]
    assert resident_id.is_valid(first17 + resident_id.check_digit(first17))


def test_an_old_number_is_upgraded_for_adults_only():
    assert resident_id.check("620100860901001", adult=True) == ("620100198609010012", None, True)
    assert resident_id.check("620100860901001").code == "E_ID_LENGTH"
    assert resident_id.check("620100861301001", adult=True).code == "E_ID_DATE"


def test_what_the_number_says_of_the_person():
    assert resident_id.birth_date("620100201009010013") == date(2010, 9, 1)
    assert resident_id.sex("620100201009010013") == "1"
    assert resident_id.sex("620100201009010021") == "2"
    assert resident_id.birth_date("") is None
    assert resident_id.sex("²") is None


def test_an_unknown_area_is_a_warning():
    column = IdNumberColumn("id_number", ["身份证号"], known_area=lambda code: code == "620100")
    assert column.clean_column(["620100201009010013"], CONTEXT)[1] == {}
    _values, notes = column.clean_column(["620881201009010001"], CONTEXT)
    assert notes[0] == [("W_ID_AREA", {"area": "620881"})]


@settings(max_examples=500)
@given(births, sequences)
def test_every_rightly_built_number_is_valid_and_tells_birth_and_sex(born, sequence):
    number = number_of(born, sequence)
    assert resident_id.check(number, on_date=TODAY) == (number, None, False)
    assert resident_id.birth_date(number) == born
    assert resident_id.sex(number) == ("1" if sequence % 2 else "2")


@settings(max_examples=500)
@given(births, sequences, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_always_found(born, sequence, place, digit):
    number = number_of(born, sequence)
    damaged = number[:place] + digit + number[place + 1 :]
    assert resident_id.is_valid(damaged) == (damaged == number)


@settings(max_examples=500)
@given(births, sequences, st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_found(born, sequence, place):
    number = number_of(born, sequence)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert resident_id.is_valid(swapped) == (swapped == number)


@settings(max_examples=300)
@given(births, sequences)
def test_a_number_that_went_through_a_number_cell_is_never_taken(born, sequence):
    number = number_of(born, sequence)
    if number.isdigit():
        column = IdNumberColumn("id_number", ["身份证号"])
        for cell in (float(number), int(number), f"{float(number):.14E}"):
            values, notes = column.clean_column([cell], CONTEXT)
            assert values == [INVALID]
            assert notes[0][0][0] == "E_ID_PRECISION"


@settings(max_examples=500)
@given(st.text(max_size=20))
def test_no_text_breaks_the_check(text):
    assert resident_id.check(text, adult=True, on_date=TODAY).code is not None or resident_id.is_valid(
        resident_id.check(text, adult=True).number
    )
    resident_id.birth_date(text)
    resident_id.sex(text)
