"""How the ledger writes its numbers: {% load ledger %}."""

from decimal import Decimal
from typing import Any

from django import template

from gansu_care.pages.wording import MINUS, number

register = template.Library()


@register.filter
def quantity(value: Any) -> str:
    """30.00 -> 30; 2.50 -> 2.5."""
    if value is None:
        return ""
    exact = Decimal(str(value)).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return number(exact, places)


@register.filter
def signed(value: Any) -> str:
    """3.00 -> +3; -2 -> −2, with the real minus sign."""
    text = quantity(abs(value))
    return f"{MINUS}{text}" if value < 0 else f"+{text}"
