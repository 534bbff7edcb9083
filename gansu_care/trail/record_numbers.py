"""Record numbers: `GC`, nine digits, one check digit; one sequence for every kind of record, never used again.

The number has no meaning: neither county nor year can be read from it. The check digit is ISO/IEC 7064 MOD 11,10
over the nine digits, so that a number read out on the telephone with one wrong digit is noticed.
"""

import re

from django.db import transaction
from django.db.models import F

from gansu_care.trail.models import RecordNumberCounter

PATTERN = re.compile(r"GC\d{10}")


def check_digit(digits: str) -> str:
    """ISO/IEC 7064 MOD 11,10."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def record_number(serial: int) -> str:
    digits = f"{serial:09d}"
    return f"GC{digits}{check_digit(digits)}"


def is_record_number(text: str) -> bool:
    return bool(PATTERN.fullmatch(text)) and check_digit(text[2:-1]) == text[-1]


def take_numbers(count: int) -> list[str]:
    """The next `count` numbers, reserved for the caller's transaction; a rolled-back one leaves a gap or nothing."""
    if not count:
        return []
    with transaction.atomic():
        if not RecordNumberCounter.objects.filter(pk=1).update(next=F("next") + count):
            RecordNumberCounter.objects.get_or_create(pk=1)
            RecordNumberCounter.objects.filter(pk=1).update(next=F("next") + count)
        end = RecordNumberCounter.objects.values_list("next", flat=True).get(pk=1)
    return [record_number(serial) for serial in range(end - count, end)]
