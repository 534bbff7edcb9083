"""How figures, dates and counts are written: one place for pages, tables, reports and workbooks.

Numbers look the same in both languages (1,248 and 21,800,000.00, minus U+2212); dates in sentences and measure words
follow the language. Templates have them as filters and tags of ``{% load gc %}``.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext as _

NOT_APPLICABLE = "—"
MINUS = "\u2212"

# --- numbers --------------------------------------------------------------------------------------------


def as_decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None


def _grouped(value: Any, places: int) -> str:
    """Thousands separators, fixed decimals, U+2212 for minus; an unusable or absent value is —."""
    if value is None or value == "":
        return NOT_APPLICABLE
    exact = as_decimal(value)
    if exact is None or not exact.is_finite():
        return str(value)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded):,.{places}f}" if rounded >= 0 else f"{MINUS}{abs(rounded):,.{places}f}"


def number(value: Any, places: int = 0) -> str:
    """1248 -> 1,248; None -> —. ``places`` decimals."""
    return _grouped(value, int(places))


def money(value: Any) -> str:
    """Yuan with two decimals: 21800000 -> 21,800,000.00; the unit stands in the heading."""
    return _grouped(value, 2)


def percent(value: Any) -> str:
    """A number that is already in percent, one decimal: 8.21 -> 8.2%; None -> — (growth from zero)."""
    text = _grouped(value, 1)
    return text if text == NOT_APPLICABLE else f"{text}%"


def share(part: Any, whole: Any) -> str:
    """part of whole in percent; — when the whole is zero or unknown."""
    below, above = as_decimal(whole), as_decimal(part)
    if not below or above is None:
        return NOT_APPLICABLE
    return percent(above * 100 / below)


# --- dates ----------------------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | datetime | None) -> str:
    """2026-11-23, as in tables."""
    return _local(value).strftime("%Y-%m-%d") if value else ""


def moment(value: datetime | None) -> str:
    """2026-11-23 09:31, as in tables."""
    return _local(value).strftime("%Y-%m-%d %H:%M") if value else ""


def month(value: date | None) -> str:
    """2022-03."""
    return _local(value).strftime("%Y-%m") if value else ""


def long_day(value: date | datetime | None) -> str:
    """2026年11月23日, 23 November 2026: in sentences and documents."""
    if not value:
        return ""
    local = _local(value)
    if (get_language() or "").startswith("zh"):
        return f"{local.year}年{local.month}月{local.day}日"
    return date_format(local, "j F Y")


def recent(value: datetime | None) -> str:
    """今天 09:31, 11-18 16:05, 2025-11-18: in lists of what happened lately."""
    if not value:
        return ""
    local, today = timezone.localtime(value), timezone.localdate()
    if local.date() == today:
        return _("今天 %(time)s") % {"time": local.strftime("%H:%M")}
    return local.strftime("%m-%d %H:%M" if local.year == today.year else "%Y-%m-%d")


def year_name(value: int) -> str:
    """2026年度, 2026."""
    return _("%(year)s年度") % {"year": value}


# --- measure words --------------------------------------------------------------------------------------

# Chinese counts children in 名 and centers in 个; English needs the noun. The context names the noun.
MEASURES = {
    "child": lambda n: npgettext("儿童", "%(n)s 名", "%(n)s 名", n),
    "person": lambda n: npgettext("人员", "%(n)s 名", "%(n)s 名", n),
    "attendance": lambda n: npgettext("参加", "%(n)s 人次", "%(n)s 人次", n),
    "center": lambda n: npgettext("活动中心", "%(n)s 个", "%(n)s 个", n),
    "division": lambda n: npgettext("行政区划", "%(n)s 个", "%(n)s 个", n),
    "item": lambda n: npgettext("设备", "%(n)s 件", "%(n)s 件", n),
    "payment": lambda n: npgettext("资金", "%(n)s 笔", "%(n)s 笔", n),
    "row": lambda n: npgettext("表格行", "%(n)s 行", "%(n)s 行", n),
    "record": lambda n: npgettext("记录", "%(n)s 条", "%(n)s 条", n),
    "problem": lambda n: npgettext("问题", "%(n)s 处", "%(n)s 处", n),
    "upload": lambda n: npgettext("上传", "%(n)s 批", "%(n)s 批", n),
    "request": lambda n: npgettext("申请", "%(n)s 份", "%(n)s 份", n),
    "account": lambda n: npgettext("账号", "%(n)s 个", "%(n)s 个", n),
    "task": lambda n: npgettext("待办", "%(n)s 件", "%(n)s 件", n),
    "time": lambda n: npgettext("次数", "%(n)s 次", "%(n)s 次", n),
    "day": lambda n: npgettext("日数", "%(n)s 天", "%(n)s 天", n),
}


def measure(count: int, noun: str = "record") -> str:
    """A count with its measure word: 1,842 名 / 1,842 children. ``noun`` is a key of MEASURES."""
    return MEASURES[noun](count) % {"n": number(count)}
