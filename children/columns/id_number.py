"""The column of citizens' ID numbers."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from children import resident_id
from gansu_care.spreadsheets.columns import EMPTY, Column, Context, Note, Read, is_nothing, refused
from gansu_care.spreadsheets.columns.cell_text import half_width, squeezed

_LOOKS_LIKE_X = re.compile("(?<=[0-9])[\u0425\u0445\u00d7\u03a7\u03c7\u2715\u2716\u2573]$")  # Х х × Χ χ ✕ ✖ ╳
_NOT_PART = re.compile(r"[\s\-—–_.'‘’`\"“”=，,]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?1[0-9]", re.IGNORECASE)
_MASK = re.compile(r"[0-9]{0,6}\*{3,}[0-9]{0,4}[0-9X]?|\*+")
_NOT_YET = frozenset(
    (
        "未上户",
        "未上户口",
        "无户口",
        "没有户口",
        "未登记",
        "未办理",
        "未办",
        "没办",
        "黑户",
        "无身份证",
        "没有身份证",
        "无证",
    )
)
_LONGEST_EXACT = 10**15


class IdNumberColumn(Column):
    """A citizen's ID number of 18 places. `adult`: an old one of 15 digits is upgraded.

    `known_area(code)`: whether six digits are or were a county's; an unknown one gives W_ID_AREA.
    """

    ditto = False

    def __init__(
        self,
        attribute: str,
        headings: Any,
        *,
        adult: bool = False,
        known_area: Callable[[str], bool] | None = None,
        **kwargs: Any,
    ):
        super().__init__(attribute, headings, **kwargs)
        self.adult, self.known_area = adult, known_area

    def read(self, value: Any, context: Context) -> Read:
        if value.__class__ is str and len(value) == 18 and value.isascii():
            checked = resident_id.check(value, on_date=context.on_date)
            if checked.number:
                return self._noted(checked, [])
        return super().read(value, context)

    def read_value(self, value: Any, context: Context) -> Read:
        """A number typed as a number has lost its last digits, even where the check digit happens to fit."""
        if isinstance(value, (bool, date)):
            return refused("E_ID_CHARACTER")
        if abs(value) >= _LONGEST_EXACT or not float(value).is_integer():
            return refused("E_ID_PRECISION")
        return self._checked(str(int(value)), [], context)

    def read_text(self, text: str, context: Context) -> Read:
        if text in _NOT_YET:
            return EMPTY
        half = half_width(text)
        if _SCIENTIFIC.fullmatch(squeezed(half)):
            return refused("E_ID_PRECISION")
        number = _NOT_PART.sub("", half).upper()
        if _MASK.fullmatch(number):
            return refused("E_MASKED_VALUE")
        exact = _LOOKS_LIKE_X.sub("X", number)
        return self._checked(exact, [("W_ID_CHAR", {})] if exact != number else [], context)

    def _checked(self, number: str, notes: list[Note], context: Context) -> Read:
        checked = resident_id.check(number, adult=self.adult, on_date=context.on_date)
        if checked.code:
            return refused(checked.code, length=len(number))
        if checked.upgraded:
            notes.append(("W_ID_UPGRADED", {}))
        return self._noted(checked, notes)

    def _noted(self, checked: resident_id.Checked, notes: list[Note]) -> Read:
        number = checked.number or ""
        code = resident_id.area(number)
        if not resident_id.province_exists(number) or (self.known_area and not self.known_area(code)):
            notes = [*notes, ("W_ID_AREA", {"area": code})]
        return number, tuple(notes)

    def equal(self, stored: Any, read: Any) -> bool:
        return not is_nothing(stored) and str(stored) == read
