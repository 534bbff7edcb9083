"""Record numbers: one sequence, a check digit, never the same twice."""

import pytest

from gansu_care.trail.record_numbers import check_digit, is_record_number, record_number, take_numbers
from tests.records import make_center, make_child


def test_known_numbers() -> None:
    # ISO/IEC 7064 MOD 11,10, the standard's own example: 0794 has the check digit 5.
    assert check_digit("0794") == "5"
    assert is_record_number(record_number(1))
    assert len(record_number(1)) == 12


def test_every_single_wrong_digit_is_noticed() -> None:
    number = record_number(123_456_789)
    for place in range(2, 12):
        for digit in "0123456789":
            wrong = number[:place] + digit + number[place + 1 :]
            assert is_record_number(wrong) == (wrong == number)


@pytest.mark.django_db
def test_one_sequence_for_every_kind_of_record() -> None:
    numbers = [make_child().number, make_center().number, *take_numbers(3), make_child(name="李四").number]

    assert len(set(numbers)) == 6
    assert numbers == sorted(numbers)
