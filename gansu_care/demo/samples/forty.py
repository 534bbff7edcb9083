"""Forty problems in one form, most of another kind or in another column. (A consent without its date is two.)"""

from collections.abc import Callable
from typing import Any

# place of the child on the form (from 0), heading, what stands there instead (or is made of what should stand there)
Mistake = tuple[int, str, Any]


def _other_check_digit(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def _as_number(number: str) -> float:
    """As Excel keeps eighteen digits that were typed as a number: the last three are gone."""
    return float(number[:15] + "000")


def _letter(number: str) -> str:
    return number[:8] + "O" + number[9:]


FORTY: tuple[Mistake, ...] = (
    (0, "性别", "不详"),
    (0, "民族", "汗人"),
    (1, "身份证号", _as_number),
    (1, "父亲情况/联系电话", "1380000"),
    (2, "出生日期", "2016年"),
    (2, "母亲情况/联系电话", "一三八零零"),
    (3, "身份证号", _other_check_digit),
    (3, "是否寄宿", "有时候"),
    (4, "身份证号", lambda number: number[:-1]),
    (4, "身体情况", "还行"),
    (5, "身份证号", _letter),
    (5, "登记日期", "2027-05-01"),
    (6, "姓名", None),
    (6, "同意日期", "2026-13-40"),
    (7, "姓名", "郑?阳"),
    (7, "监护情况/委托监护人联系电话", "13800000"),
    (8, "出生日期", "农历2015年正月初九"),
    (8, "父亲情况/状态", "不晓得"),
    (9, "性别", "女"),
    (9, "评估日期", "昨天"),
    (10, "出生日期", "2016-10-06"),
    (10, "母亲情况/状态", "不在"),
    (11, "就学情况", "上学呢"),
    (11, "母亲情况/外出起始年月", "前年"),
    (12, "年级", "第十二年级"),
    (12, "父亲情况/外出起始年月", "2035年3月"),
    (13, "年级", "三年级"),
    (13, "监护情况/监护类型", "马马虎虎"),
    (14, "民族", None),
    (14, "是否取得同意", "可能"),
    (15, "同意人", None),
    (15, "监护情况/与被监护人关系", "熟人"),
    (16, "身份证号", lambda number: "330100" + number[6:]),
    (17, "评估日期", "大前天"),
    (18, "同意人身份", "同学"),
    (19, "监护情况/有无委托其他监护人", "大概"),
    (20, "是否寄宿", "偶尔"),
    (21, "姓名", "吕初晴晴晴123"),
    (22, "登记日期", "1999-01-01"),
)


def put_in(children: list[dict[str, Any]], mistakes: tuple[Mistake, ...] = FORTY) -> None:
    for place, heading, wrong in mistakes:
        right = children[place][heading]
        make: Callable[[Any], Any] | None = wrong if callable(wrong) else None
        children[place][heading] = make(right) if make else wrong
