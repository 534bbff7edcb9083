"""Citizen ID numbers that can belong to nobody: right in every digit, but under 620100.

620100 is the code of a prefecture (兰州市); a person's number begins with the code of a county (GB 11643-1999).
"""

from collections import Counter
from datetime import date

from children.resident_id import check_digit

PREFIX = "620100"
FIRST, LAST = 100, 899  # sequence numbers of one birth date; the samples take theirs above


def resident_id(born: date, sequence: int) -> str:
    """The 18 places; an odd sequence number is a male's, an even one a female's."""
    first17 = f"{PREFIX}{born:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


class ResidentIds:
    """Gives out each number once."""

    def __init__(self) -> None:
        self._taken: Counter[tuple[date, bool]] = Counter()

    def take(self, born: date, male: bool) -> str:
        """The next number of the day; raises OverflowError after 400 people of one sex born on one day."""
        sequence = FIRST + 2 * self._taken[born, male] + (1 if male else 0)
        if sequence > LAST:
            raise OverflowError(f"no ID number left for {born}")
        self._taken[born, male] += 1
        return resident_id(born, sequence)
