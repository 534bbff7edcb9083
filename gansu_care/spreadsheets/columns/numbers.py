"""Numbers, quantities with their unit, and money."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ..reading.headings import MONEY_UNITS, UNITS
from .base import Column, is_nothing, refused
from .cell_text import squeezed
from .values import Context, Quantity, Read

_VAGUE = re.compile(
    r"约|左右|大概|近|余|多|几|以上|以下|以内|不足|超过|不等|[0-9][~～至\-—–][0-9]|≈|<|>|≤|≥|\?"
)
_NUMBER = re.compile(r"[+\-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"[+\-−]?[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_WITH_UNIT = re.compile(rf"({_NUMBER.pattern})([^0-9.,+\-−].*)?")
_MONEY = re.compile(
    rf"(?:人民币|RMB|CNY|[¥￥])?({_NUMBER.pattern})(?:人民币|RMB|CNY|[¥￥])?(亿|千万|百万|万|千)?(?:元|圆|块)?(?:整|正)?"
)
_OWN_UNIT = re.compile(r"[亿万千元圆块]")
_SCALES = {
    "": 1,
    "元": 1,
    "千": 1000,
    "千元": 1000,
    "万": 10_000,
    "万元": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "亿元": 10**8,
}
_NOISE = Decimal("0.000001")
CENT = Decimal("0.01")
MOST_MONEY = Decimal("999999999999.99")
_EXACT = 1e15


def decimal_of(text: str) -> Decimal | None:
    """A plainly written number, thousands separators allowed; None for anything else."""
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None


class NumberColumn(Column):
    """A number. `places`: decimals allowed, 0 gives int, else Decimal. A unit beside it must be one of UNITS."""

    ditto = False

    def __init__(
        self,
        attribute: str,
        headings: Any,
        *,
        places: int = 0,
        minimum: Any = 0,
        maximum: Any = None,
        **kwargs: Any,
    ):
        super().__init__(attribute, headings, **kwargs)
        self.places = places
        self.minimum = None if minimum is None else Decimal(str(minimum))
        self.maximum = None if maximum is None else Decimal(str(maximum))

    def read_text(self, text: str, context: Context) -> Read:
        text = squeezed(text)
        found = _WITH_UNIT.fullmatch(text)
        unit = (found[2] or "").strip("()").lower() if found else ""
        if found and (not unit or unit in UNITS):
            return self.checked(decimal_of(found[1]), unit or self.unit_above(context))
        if _VAGUE.search(text):
            return refused("E_NUMBER_VAGUE")
        return refused("E_NUMBER_PRECISION" if _SCIENTIFIC.fullmatch(text) else "E_NUMBER_INVALID")

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, (bool, date)):
            return refused("E_NUMBER_INVALID")
        if abs(value) >= _EXACT:
            return refused("E_NUMBER_PRECISION")
        return self.checked(Decimal(str(value)), self.unit_above(context))

    def unit_above(self, context: Context) -> str | None:
        """The unit that the heading names, where the unit is part of the value."""
        return None

    def checked(self, number: Decimal | None, unit: str | None) -> Read:
        """The number within its bounds and decimals."""
        if number is None:
            return refused("E_NUMBER_INVALID")
        if abs(number) >= _EXACT:
            return refused("E_RANGE", **({"maximum": str(self.maximum)} if self.maximum is not None else {}))
        rounded = round(number, self.places)
        if abs(rounded - number) > _NOISE:
            return refused("E_NUMBER_INVALID", **({"whole": True} if not self.places else {}))
        if self.minimum is not None and rounded < self.minimum:
            return refused("E_RANGE", minimum=str(self.minimum))
        if self.maximum is not None and rounded > self.maximum:
            return refused("E_RANGE", maximum=str(self.maximum))
        return self.value(rounded, unit), ()

    def value(self, number: Decimal, unit: str | None) -> Any:
        """What is kept."""
        return number if self.places else int(number)


class QuantityColumn(NumberColumn):
    """A number with its unit, 2台 or 2 below 数量（台）: gives Quantity(Decimal, unit or None)."""

    def unit_above(self, context: Context) -> str | None:
        return None if context.unit in MONEY_UNITS else context.unit

    def value(self, number: Decimal, unit: str | None) -> Quantity:
        return Quantity(number, unit)

    def render(self, value: Any) -> Any:
        if is_nothing(value):
            return None
        return value.number if isinstance(value, Quantity) else value

    def equal(self, stored: Any, read: Any) -> bool:
        number = stored.number if isinstance(stored, Quantity) else stored
        return number == read.number


class MoneyColumn(Column):
    """Yuan with two decimals. The unit comes from the cell (179万), else from the heading (万元), else it is 元."""

    ditto = False

    def __init__(
        self, attribute: str, headings: Any, *, minimum: Any = 0, maximum: Any = MOST_MONEY, **kwargs: Any
    ):
        super().__init__(attribute, headings, **kwargs)
        self.minimum = None if minimum is None else Decimal(str(minimum))
        self.maximum = Decimal(str(maximum))

    def read_text(self, text: str, context: Context) -> Read:
        text = squeezed(text).upper()
        found = _MONEY.fullmatch(text)
        if not found:
            if _VAGUE.search(text):
                return refused("E_NUMBER_VAGUE")
            return refused("E_NUMBER_PRECISION" if _SCIENTIFIC.fullmatch(text) else "E_NUMBER_INVALID")
        scale = _SCALES[found[2] or ""] if _OWN_UNIT.search(text) else self._scale(context)
        return self._checked(decimal_of(found[1]), scale)

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, (bool, date)):
            return refused("E_NUMBER_INVALID")
        return self._checked(Decimal(str(value)), self._scale(context))

    def _scale(self, context: Context) -> int:
        return _SCALES.get(context.unit or "", 1)

    def _checked(self, number: Decimal | None, scale: int) -> Read:
        if number is None:
            return refused("E_NUMBER_INVALID")
        yuan = number * scale
        if abs(yuan) > self.maximum:
            return refused("E_RANGE", maximum=str(self.maximum))
        rounded = yuan.quantize(CENT)
        if abs(rounded - yuan) > _NOISE:
            return refused("E_MONEY_PLACES")
        if self.minimum is not None and rounded < self.minimum:
            return refused("E_RANGE", minimum=str(self.minimum))
        return rounded, ()
