"""When a center is open: rows of weekdays, from, until and season, and the one line in which offices write them.

    read("周一至周五 14:30-18:00；周六、周日 9:00-17:00")   ->  two rows; raises Unreadable
    written(rows)                                          ->  the same line, always in the same words
    in_words(rows)                                         ->  the line in the reader's language

A row is {"days": [1, 2, 3, 4, 5], "from": "14:30", "until": "18:00", "season": "all"}; 1 is Monday. A semicolon ends
what a season was said of, a comma does not: 学期中周一至周五 16:00-18:00，周六 9:00-12:00；寒暑假 9:00-17:00.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

Row = dict[str, Any]
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
EXAMPLE = "周一至周五 14:30-18:00；周六、周日 9:00-17:00"


class Season(TextChoices):
    ALL = "all", gettext_lazy("全年")
    TERM = "term", gettext_lazy("学期中")
    HOLIDAY = "holiday", gettext_lazy("寒暑假")
    PUBLIC = "public", gettext_lazy("节假日")


class Unreadable(ValueError):
    """The line says something else than days and times. `part` is what could not be read, "" when something lacks."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


def row(days: Iterable[int], begin: str, end: str, season: str = Season.ALL) -> Row:
    return {"days": sorted(set(days)), "from": begin, "until": end, "season": str(season)}


def settled(rows: Iterable[Row]) -> list[Row]:
    """The rows in their one order, each once: two lines that say the same are equal."""
    order = list(Season.values)
    found = {_key(one): one for one in rows}
    return sorted(found.values(), key=lambda one: (order.index(one["season"]), one["days"], one["from"]))


def _key(one: Row) -> tuple:
    return one["season"], tuple(one["days"]), one["from"], one["until"]


# --- reading -------------------------------------------------------------------------------------------------------

_DAY = "一二三四五六日天"
_CLOCK = r"(上午|早上|早晨|中午|下午|傍晚|晚上|晚)?(\d{1,2})(?:[:.点时](\d{2}|半)?分?)?"
_DASH = r"(?:[-–—~至到])"
_TOKENS = re.compile(
    rf"""(?P<time>{_CLOCK}{_DASH}{_CLOCK})
    |(?P<days>每天|每日|天天|工作日|周末|双休日
        |(?:每?周|星期|礼拜)[{_DAY}](?:{_DASH}(?:周|星期|礼拜)?[{_DAY}]|(?:、?[{_DAY}](?![期拜]))*))
    |(?P<term>学期中|学期内|学期间|上学期间|开学期间|在校期间|学期)
    |(?P<holiday>寒暑假(?:期间)?|寒假[、和及]?暑假|寒、暑假|学校假期|假期)
    |(?P<public>法定节假日|节假日)
    |(?P<whole>全年)
    |(?P<stop>[;。\n])
    |(?P<joint>[,、/]|以及|和|及|与)
    |(?P<idle>[:()]|免费开放|开放|免费)""",
    re.VERBOSE,
)
_SEASONS = {"term": Season.TERM, "holiday": Season.HOLIDAY, "public": Season.PUBLIC, "whole": Season.ALL}
_NAMED_DAYS = {"每": EVERY_DAY, "天": EVERY_DAY, "工": (1, 2, 3, 4, 5), "周末": (6, 7), "双": (6, 7)}
_AFTER_NOON = ("下午", "傍晚", "晚上", "晚")


def read(text: str) -> list[Row]:
    """The rows of a line. Raises Unreadable."""
    plain = ";".join("".join(unicodedata.normalize("NFKC", line).split()) for line in text.splitlines())
    clauses = [_Clause()]
    place = 0
    while place < len(plain):
        found = _TOKENS.match(plain, place)
        if not found:
            known = next((end for end in range(place, len(plain)) if _TOKENS.match(plain, end)), len(plain))
            raise Unreadable(plain[place:known])
        _take(clauses, str(found.lastgroup), found)
        place = found.end()
    rows = [one for clause in clauses if not clause.is_empty for one in clause.rows()]
    if not rows:
        raise Unreadable
    return settled(rows)


@dataclass
class _Alternative:
    days: set[int] = field(default_factory=set)
    season: str = ""


@dataclass
class _Clause:
    """Days or seasons, then their times. `fresh`: nothing stands between the last word and the next."""

    season: str = ""  # said before, and still in force after a comma
    alternatives: list[_Alternative] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    fresh: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.alternatives and not self.times

    def rows(self) -> Iterator[Row]:
        if not self.alternatives or not self.times:
            raise Unreadable
        for one in self.alternatives:
            for begin, end in self.times:
                yield row(one.days or EVERY_DAY, begin, end, one.season or self.season or Season.ALL)

    def name_days(self, days: Iterable[int]) -> None:
        last = self.alternatives[-1] if self.alternatives else None
        if last is None or (not last.days and not self.fresh):
            last = _Alternative()
            self.alternatives.append(last)
        last.days.update(days)

    def name_season(self, season: str) -> None:
        last = self.alternatives[-1] if self.alternatives else None
        if last is None or last.season or not self.fresh:
            last = _Alternative()
            self.alternatives.append(last)
        last.season = season


def _take(clauses: list[_Clause], kind: str, found: re.Match[str]) -> None:
    clause = clauses[-1]
    if kind == "stop":
        clauses.append(_Clause())
        return
    if kind not in ("time", "joint", "idle") and clause.times:
        clause = _Clause(_season_of(clause))
        clauses.append(clause)
    if kind == "time":
        clause.times.append(_times(found))
    elif kind == "days":
        clause.name_days(_days(found["days"]))
    elif kind in _SEASONS:
        clause.name_season(_SEASONS[kind])
    if kind != "idle":
        clause.fresh = kind != "joint"


def _season_of(clause: _Clause) -> str:
    """What a comma hands on: the season, when one and no other was said."""
    return clause.alternatives[0].season or clause.season if len(clause.alternatives) == 1 else ""


def _days(word: str) -> set[int]:
    for name, days in _NAMED_DAYS.items():
        if word.startswith(name) and not re.match(rf"每?周[{_DAY}]", word):
            return set(days)
    numbers = [min(_DAY.index(sign), 6) + 1 for sign in word if sign in _DAY]
    if re.search(_DASH, word):
        first, last = numbers
        return set(range(first, last + 1)) if first <= last else {*range(first, 8), *range(1, last + 1)}
    return set(numbers)


def _times(found: re.Match[str]) -> tuple[str, str]:
    text = found["time"]
    if not re.search(r"[:.点时]", text):
        raise Unreadable(text)
    parts = re.fullmatch(rf"{_CLOCK}{_DASH}{_CLOCK}", text)
    assert parts
    begin, end = _minutes(*parts.groups()[:3]), _minutes(parts[4] or parts[1], parts[5], parts[6])
    if end <= begin and not parts[4]:
        end = _minutes(None, parts[5], parts[6])
    if not begin < end < 24 * 60:
        raise Unreadable(text)
    return _clock(begin), _clock(end)


def _minutes(part: str | None, hour: str, minute: str | None) -> int:
    hours = int(hour)
    if part in _AFTER_NOON and hours < 12:
        hours += 12
    minutes = 30 if minute == "半" else int(minute or 0)
    if hours > 24 or minutes > 59:
        raise Unreadable(f"{hour}:{minute or ''}")
    return hours * 60 + minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


# --- writing -------------------------------------------------------------------------------------------------------


def written(rows: Iterable[Row]) -> str:
    """In Chinese whatever the page's language: as a workbook holds it, and `read` understands it."""
    with translation.override(None):
        return in_words(rows)


def in_words(rows: Iterable[Row]) -> str:
    """周一至周五 14:30-18:00；周六、周日 9:00-17:00, in the language of the page."""
    together = groupby(rows, key=lambda one: (one["season"], tuple(one["days"])))
    return _("；").join(_line(season, days, list(same)) for (season, days), same in together)


def _line(season: str, days: tuple[int, ...], rows: list[Row]) -> str:
    when = days_in_words(days)
    if season != Season.ALL:
        when = pgettext("开放时间", "%(season)s%(days)s") % {"season": Season(season).label, "days": when}
    times = _("、").join(f"{_short(one['from'])}-{_short(one['until'])}" for one in rows)
    return f"{when} {times}"


def days_in_words(days: Iterable[int]) -> str:
    listed = sorted(days)
    if listed == list(EVERY_DAY):
        return pgettext("开放时间", "每天")
    return _("、").join(_run(run) for run in _runs(listed))


def _runs(days: list[int]) -> Iterator[list[int]]:
    """Three days or more that follow each other stay together; others stand alone."""
    for _offset, group in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
        run = [day for _place, day in group]
        yield from [run] if len(run) > 2 else [[day] for day in run]


def _run(run: list[int]) -> str:
    names = weekday_names()
    if len(run) == 1:
        return names[run[0]]
    return pgettext("开放时间", "%(first)s至%(last)s") % {"first": names[run[0]], "last": names[run[-1]]}


def weekday_names() -> dict[int, str]:
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return dict(enumerate(names, start=1))


def _short(clock: str) -> str:
    return clock.removeprefix("0")
