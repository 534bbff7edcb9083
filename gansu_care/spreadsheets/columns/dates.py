"""Dates in every way they are written: 2010.9.1, 20100901, 40422, 2010年9月, 二〇一〇年九月一日."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from .base import Column, is_nothing, refused
from .cell_text import half_width, squeezed
from .values import AmbiguousDate, Context, Note, PartialDate, Read

_RANK = {"day": 0, "month": 1, "year": 2}
_EARLIEST, _LATEST = 1900, 2100
_SHIFT_1904 = 1462
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_SERIAL, _LAST_SERIAL = 3653, 73050  # 1910-01-01, 2099-12-31

_SEP = r"[.\-/年月、,。·_~—–]"
_YMD = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})[日号.。]?")
_YM = re.compile(rf"(\d{{4}})(?:{_SEP}|年)(\d{{1,2}})[月.]?(?:份)?")
_DMY = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})")
_Y = re.compile(r"(\d{4})年?")
_TIME = re.compile(r"(?:\s+|T|(?<=[日号]))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\s*[AP]M)?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_LUNAR = re.compile(r"农历|阴历|旧历|腊月|正月|冬月|闰|初[一二三四五六七八九十]")
_HAN_DIGITS = {
    **{han: str(value) for value, han in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "O": "0",
}
_HAN_DATE = re.compile(
    r"([〇○零O一二三四五六七八九]{4})年(?:([元〇零一二三四五六七八九十]{1,3})月(?:份)?)?(?:([〇零一二三四五六七八九十廿卅]{1,3})[日号]?)?"
)


class DateColumn(Column):
    """A date. `coarsest`: day, month or year, what is still enough.

    `partial`: values are PartialDate(date, precision), else plain dates (the first of the month or year).
    `future`: dates after the day of upload are allowed. `earliest`: nothing before.
    """

    ditto = False
    leaves_ambiguous = False

    def __init__(
        self,
        attribute: str,
        headings: Any,
        *,
        coarsest: str = "day",
        partial: bool = False,
        future: bool = False,
        earliest: date | None = None,
        **kwargs: Any,
    ):
        super().__init__(attribute, headings, **kwargs)
        self.coarsest, self.partial, self.future, self.earliest = coarsest, partial, future, earliest

    def read_text(self, text: str, context: Context) -> Read:
        if "*" in text:
            return refused("E_MASKED_VALUE")
        return self._checked(
            read_date(text, context.on_date, context.numbers_as_text, context.epoch1904), context
        )

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return self._checked((PartialDate(value, "day"), None), context)
        if isinstance(value, bool):
            return refused("E_DATE_INVALID")
        return self._checked(date_of_number(value, context.epoch1904), context)

    def _checked(self, found: tuple[Any, Note | None], context: Context) -> Read:
        value, note = found
        if value is None:
            return refused(note[0] if note else "E_DATE_INVALID")
        if isinstance(value, AmbiguousDate):
            candidates = [str(candidate) for candidate in value.candidates]
            return (
                (value, ()) if self.leaves_ambiguous else refused("E_DATE_AMBIGUOUS", candidates=candidates)
            )
        if _RANK[value.precision] > _RANK[self.coarsest]:
            return refused("E_DATE_INCOMPLETE")
        if not self.future and value.date > context.on_date:
            return refused("E_DATE_FUTURE")
        if self.earliest and value.date < self.earliest and value.precision == "day":
            return refused("E_DATE_EARLY", earliest=self.earliest.isoformat())
        return (value if self.partial else value.date), ((note,) if note else ())

    def render(self, value: Any) -> Any:
        """A day as a date; a month or year as text, so that the day does not come back as the first."""
        if is_nothing(value):
            return None
        if isinstance(value, PartialDate):
            return value.date if value.precision == "day" else str(value)
        return value

    def equal(self, stored: Any, read: Any) -> bool:
        if isinstance(read, PartialDate) and not isinstance(stored, tuple):
            return stored == read.date and read.precision == "day"
        return stored == read


def date_of_number(value: float, epoch1904: bool) -> tuple[Any, Note | None]:
    """A number as a date: 20100901, 201009, 2010, a day number, or 2010.9 for September 2010."""
    if float(value).is_integer():
        return _of_digits(str(int(value)), epoch1904), None
    if _EARLIEST <= value < _LATEST:
        return _of_year_and_month(repr(float(value))), None
    return _of_serial(int(value), epoch1904), None


def _of_digits(digits: str, epoch1904: bool) -> PartialDate | None:
    if len(digits) == 8:
        return _date(digits[:4], digits[4:6], digits[6:])
    if len(digits) == 6:
        return _date(digits[:4], digits[4:])
    if len(digits) == 4:
        return _date(digits)
    return _of_serial(int(digits), epoch1904) if len(digits) == 5 else None


def _of_serial(number: int, epoch1904: bool) -> PartialDate | None:
    number += _SHIFT_1904 if epoch1904 else 0
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return PartialDate(date.fromordinal(_DAY_ZERO + number), "day")


def _of_year_and_month(text: str) -> PartialDate | AmbiguousDate | None:
    """2010.9 is September; 2010.1 may have been typed 2010.10."""
    year, _, month = text.partition(".")
    if month == "1":
        return AmbiguousDate((_date(year, "1"), _date(year, "10")))  # type: ignore[arg-type]
    return _date(year, month) if len(month) <= 2 else None


@lru_cache(maxsize=4096)
def _date(year: str, month: str = "", day: str = "") -> PartialDate | None:
    precision = "day" if day else "month" if month else "year"
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PartialDate(found, precision) if _EARLIEST <= found.year < _LATEST else None


def read_date(
    text: str, on_date: date, numbers_as_text: bool = False, epoch1904: bool = False
) -> tuple[Any, Note | None]:
    """A written date as (PartialDate, AmbiguousDate or None, note).

    A year of two digits is the latest one not after `on_date`. With `numbers_as_text` 2010.1 may have been 2010.10.
    """
    if _LUNAR.search(text):
        return None, ("E_DATE_LUNAR", {})
    plain = _TIME.sub("", _WEEKDAY.sub("", half_width(text)).strip())
    return _by_pattern(_with_digits(squeezed(plain)), on_date, numbers_as_text, epoch1904)


def _by_pattern(text: str, on_date: date, numbers_as_text: bool, epoch1904: bool) -> tuple[Any, Note | None]:
    if text.removesuffix(".0").isdecimal() and text.isascii():
        return _of_digits(text.removesuffix(".0"), epoch1904), None
    if found := _YMD.fullmatch(text):
        return _with_century(found, on_date)
    if found := _YM.fullmatch(text):
        if numbers_as_text and re.fullmatch(r"\d{4}\.\d{1,2}", text):
            return _of_year_and_month(text), None
        return _date(found[1], found[2]), None
    if found := _Y.fullmatch(text):
        return _date(found[1]), None
    if found := _DMY.fullmatch(text):
        return _day_or_month_first(found), None
    return None, None


def _with_century(found: re.Match[str], on_date: date) -> tuple[PartialDate | None, Note | None]:
    year, month, day = found.groups()
    if len(year) == 4:
        return _date(year, month, day), None
    century = on_date.year // 100 * 100
    full = century + int(year) if century + int(year) <= on_date.year else century - 100 + int(year)
    value = _date(str(full), month, day)
    return value, ("W_DATE_CENTURY", {"read": str(value)}) if value else None


def _day_or_month_first(found: re.Match[str]) -> PartialDate | AmbiguousDate | None:
    first, second, year = found.groups()
    both = sorted({day for day in (_date(year, first, second), _date(year, second, first)) if day})
    if len(both) > 1:
        return AmbiguousDate(tuple(both))
    return both[0] if both else None


def _with_digits(text: str) -> str:
    """二〇一〇年九月一日 -> 2010年9月1日; anything else as it is."""
    found = _HAN_DATE.fullmatch(text)
    if not found:
        return text
    year = "".join(_HAN_DIGITS[han] for han in found[1])
    month = f"{_small_number(found[2])}月" if found[2] else ""
    day = f"{_small_number(found[3])}日" if found[3] else ""
    return f"{year}年{month}{day}"


def _small_number(han: str) -> int:
    """十一 -> 11, 二十 -> 20, 廿一 -> 21, 三十 -> 30."""
    han = han.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    tens, ten, ones = han.rpartition("十")
    digits = "".join(_HAN_DIGITS.get(digit, "") for digit in ones)
    if not ten:
        return int(digits or 0)
    return int(_HAN_DIGITS.get(tens, "1") if tens else 1) * 10 + int(digits or 0)
