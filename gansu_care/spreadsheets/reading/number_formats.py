"""Days and times in workbooks are numbers; only their format tells. [ECMA-376 part 1, 18.8.30 and 18.8.31]"""

import re
from collections.abc import Mapping
from datetime import timedelta

from xlrd.xldate import xldate_as_datetime

from .cells import day_or_moment, plain

NUMBER, MOMENT, SPAN = "number", "moment", "span"

# 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in Chinese, Japanese and Korean programs.
_MOMENTS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_SPANS = frozenset({46})
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|(?<=[sS])\.0+')
_LASTING = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_OF_TIME = re.compile(r"[ymdhs]", re.IGNORECASE)
_OF_NUMBERS = re.compile(r"[0#?]")
_DAYS = 2_950_000  # to the year 9976, whichever year they count from


def kind_of_format(number: int, formats: Mapping[int, str]) -> str:
    """What a format makes of a number; `formats` are those the workbook defines itself."""
    written = formats.get(number)
    if written is None:
        return SPAN if number in _SPANS else MOMENT if number in _MOMENTS else NUMBER
    if _LASTING.search(written):
        return SPAN
    shown = _NOT_SHOWN.sub("", written)
    return MOMENT if _OF_TIME.search(shown) and not _OF_NUMBERS.search(shown) else NUMBER


def moment_of(value: float, kind: str, epoch1904: bool) -> object:
    """The day, the moment, or the time as text like 08:30; a number no calendar holds stays a number."""
    if not 0 <= value < _DAYS:
        return value
    if kind == SPAN:
        return plain(timedelta(days=value))
    moment = xldate_as_datetime(value, epoch1904)
    return plain(moment.time()) if value < 1 else day_or_moment(moment)
