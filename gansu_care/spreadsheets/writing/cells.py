"""The cells of one column as XML, a whole block of them at a time.

Equal values of a block are made once, since most values of a register repeat (codes, divisions); texts without anything
to escape or to guard (names, numbers) are put between their tags in one go, for they are the many that do not repeat.
An empty cell is left out. NUL stands where the number of the row belongs: no text of a workbook can hold one.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from django.utils import timezone

from . import package
from .cell_text import CELL_LIMIT, clean, looks_like_formula
from .sheet_columns import DATE, ID, TEXT

ROW_NUMBER = b"\0"
NOTHING = b""
# Serial day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was.
EPOCH = date(1899, 12, 30).toordinal()
FIRST_SAFE_DAY = date(1900, 3, 1)

# Between the texts of a column. A text that holds one itself is not plain.
_BETWEEN = "\x01"
_BEGINNING = r"\w·、，。；：！？（）()《》“”〔〕【】/.,;:#*~—…"
_PLAIN = re.compile(rf"[{_BEGINNING}][{_BEGINNING}+\-]*+(?:{_BETWEEN}[{_BEGINNING}][{_BEGINNING}+\-]*+)*+")
_TEXTS = {str, type(None)}


class ColumnCells:
    """Makes the cells of the column `letter`. Kinds decide the format, a value's own type how it is stored."""

    def __init__(self, letter: str, kind: str) -> None:
        self.kind = kind
        self._opening = f'<c r="{letter}\0"'
        style = f' s="{package.ID_STYLE}"' if kind == ID else ""
        self._before, self._behind = f'{self._opening}{style} t="inlineStr"><is><t>', "</t></is></c>"
        self._day = f'{self._opening} s="{package.STYLES[DATE]}"><v>%d</v></c>'.encode()

    def __call__(self, values: Sequence[Any]) -> list[bytes]:
        """The cells of these values, in their order."""
        distinct = set(values)
        if 2 * len(distinct) > len(values):
            return self._each(values)
        listed = list(distinct)
        made = dict(zip(listed, self._each(listed), strict=True))
        return [made[value] for value in values]

    def _each(self, values: Sequence[Any]) -> list[bytes]:
        if set(map(type, values)) <= _TEXTS:
            return self._texts(values)
        if self.kind == DATE:
            return [self._of_day(value) for value in values]
        return [self.one(value) for value in values]

    def _texts(self, values: Sequence[str | None]) -> list[bytes]:
        given = [value for value in values if value]
        if not given:
            return [NOTHING] * len(values)
        if not is_plain(given):
            return [self.one(value) for value in values]
        between = f"{self._behind}{_BETWEEN}{self._before}"
        made = f"{self._before}{between.join(given)}{self._behind}".encode().split(_BETWEEN.encode())
        if len(given) == len(values):
            return made
        cells = iter(made)
        return [next(cells) if value else NOTHING for value in values]

    def _of_day(self, value: Any) -> bytes:
        if value.__class__ is date and value >= FIRST_SAFE_DAY:
            return self._day % (value.toordinal() - EPOCH)
        return self.one(value)

    def one(self, value: Any) -> bytes:
        """Any value."""
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return f'{self._opening} t="b"><v>{int(value)}</v></c>'.encode()
        if self.kind not in (TEXT, ID):
            number = _number(value)
            if number is not None:
                return f'{self._opening} s="{package.STYLES[self.kind]}"><v>{number}</v></c>'.encode()
        return self._text(clean(value))

    def _text(self, text: str) -> bytes:
        guard = f' s="{package.GUARDED}"' if looks_like_formula(text) else ""
        style = f' s="{package.ID_STYLE}"' if self.kind == ID else guard
        space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        return f'{self._opening}{style} t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'.encode()


def is_plain(texts: Sequence[str]) -> bool:
    """Whether each of these texts, none of them empty, may stand in a cell as it is: nothing to escape, to take out,
    to keep as white space, or to guard from being read as a formula."""
    joined = "".join(texts)
    if len(joined) > CELL_LIMIT and max(map(len, texts)) > CELL_LIMIT:
        return False
    if joined.isalnum():
        return True
    parted = _BETWEEN.join(texts)
    return parted.count(_BETWEEN) == len(texts) - 1 and _PLAIN.fullmatch(parted) is not None


def _number(value: Any) -> str | None:
    """A number, day or moment as Excel stores it; None for what must be text."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return f"{local.toordinal() - EPOCH + seconds / 86400:.9f}"
    if isinstance(value, date):
        return str(value.toordinal() - EPOCH) if value >= FIRST_SAFE_DAY else None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else None
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return repr(value) if isinstance(value, float) and value - value == 0 else None
