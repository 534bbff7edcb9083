"""The citizen's ID number, GB 11643-1999: 6 digits area, 8 birth date, 3 sequence (odd male, even female), 1 check.

The check digit follows ISO 7064 MOD 11-2. A damaged number passes it in one case of eleven, so a number-typed cell is
refused for its type (see the column). The area code is no ground for refusal: codes die and may be younger than the
birth. Old numbers of 15 digits belong to adults only and are upgraded.
"""

import re
from datetime import date
from functools import lru_cache
from operator import mul
from typing import NamedTuple

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# Digits as bytes are 48 too large each.
_OFFSET = 48 * sum(WEIGHTS)
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_OLD_FORM = re.compile(r"[0-9]{15}")
_EARLIEST_YEAR = 1900
# 11-65 provinces, 71 Taiwan, 81 and 82 Hong Kong and Macao, 83 residence permits of Taiwan.
_PROVINCES = frozenset(
    (
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    )
)


class Checked(NamedTuple):
    """`number`: 18 places or None if refused. `code`: the reason of a refusal, else None. `upgraded`: was 15."""

    number: str | None
    code: str | None = None
    upgraded: bool = False


def check_digit(first17: str) -> str:
    """The 18th place for the first 17 digits."""
    return CHECK_DIGITS[(sum(map(mul, WEIGHTS, first17.encode())) - _OFFSET) % 11]


@lru_cache(maxsize=50_000)
def _date_of(digits: str) -> date | None:
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return found if found.year >= _EARLIEST_YEAR else None


def check(number: str, *, adult: bool = False, on_date: date | None = None) -> Checked:
    """Judge a cleaned number (half-width, no spaces, X upper case). Never raises.

    Codes: E_ID_LENGTH, E_ID_CHARACTER, E_ID_DATE (no such day, or after `on_date`), E_ID_CHECKSUM.
    """
    if _FORM.fullmatch(number):
        born = _date_of(number[6:14])
        if born is None or (on_date is not None and born > on_date):
            return Checked(None, "E_ID_DATE")
        return Checked(number) if check_digit(number[:17]) == number[17] else Checked(None, "E_ID_CHECKSUM")
    if adult and _OLD_FORM.fullmatch(number):
        upgraded = upgrade(number)
        return Checked(upgraded, None, True) if _date_of(upgraded[6:14]) else Checked(None, "E_ID_DATE")
    return Checked(None, "E_ID_LENGTH" if len(number) != 18 else "E_ID_CHARACTER")


def upgrade(number15: str) -> str:
    """The 18 places of a 15-digit number: 19 before the year, the check digit at the end."""
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_digit(first17)


def is_valid(number: str) -> bool:
    """Whether this is a possible number of 18 places."""
    return isinstance(number, str) and check(number).number is not None


def birth_date(number: str) -> date | None:
    """The birth date inside a number of 18 places; None if there is none."""
    return (
        _date_of(number[6:14])
        if len(number) == 18 and number[6:14].isdecimal() and number.isascii()
        else None
    )


def sex(number: str) -> str | None:
    """GB/T 2261.1: "1" male, "2" female, by the 17th digit; None if there is none."""
    return ("1" if number[16] in "13579" else "2") if _FORM.fullmatch(number) else None


def area(number: str) -> str:
    """The six digits of the area where the number was given: neither residence nor county of the report."""
    return number[:6]


def province_exists(number: str) -> bool:
    """Whether the first two digits are a province's."""
    return number[:2] in _PROVINCES
