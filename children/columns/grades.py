"""Grade and class in one cell: 七年级, 初一, 大班, 三(2)班."""

import re
from datetime import date
from typing import Any, NamedTuple

from children.code_tables import Grade
from gansu_care.spreadsheets.columns import Column, Context, Read, is_nothing, refused
from gansu_care.spreadsheets.columns.cell_text import squeezed


class GradeValue(NamedTuple):
    """`code` of the table Grade; None when the stage is open (三(2)班), then `number` is the grade in its stage."""

    code: str | None
    school_class: str = ""
    number: int | None = None


_HAN_NUMBER = {han: value for value, han in enumerate("一二三四五六七八九", 1)}
_STAGES = {
    "小学": "P", "小": "P", "初中": "J", "初": "J", "高中": "S", "高": "S", "中职": "V", "中专": "V", "职高": "V",
    "职中": "V", "技校": "V", "职业高中": "V",
}  # fmt: skip
_NURSERY = {
    "小班": "K1", "中班": "K2", "大班": "K3", "学前班": "K3", "托班": "K0", "未入园": "K0",
    "辍学": "X1", "不在学": "X2",
}  # fmt: skip
_NURSERY_CLASS = re.compile(r"([小中大])班?\(?([0-9]{1,2}|[一二三四五六七八九十])\)?班?")
_GRADE = re.compile(
    rf"(?P<stage>{'|'.join(sorted(_STAGES, key=len, reverse=True))})?(?:的)?"
    r"(?P<number>[一二三四五六七八九1-9])(?P<word>年级|年|级)?"
    r"(?:\([七八九]年级\))?"
    r"(?:\(?(?P<class>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)?班)?"
)
_TWO_FIGURES = re.compile(
    r"[0-9]{2}班|[0-9][1-9][0-9]班"
)  # class 12, or class 2 of grade 1? Only 301班 is clear
_LAST_GRADE = {"P": 6, "J": 3, "S": 3, "V": 3}
_FIRST_OF_JUNIOR = 7


class GradeColumn(Column):
    """A grade with or without class: 七年级, 初一, 大班, 三(2)班. Gives GradeValue."""

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, (bool, date)) or not float(value).is_integer():
            return refused("E_GRADE_UNKNOWN")
        return self.read_text(str(int(value)), context)

    def read_text(self, text: str, context: Context) -> Read:
        plain = squeezed(text).removeprefix("幼儿园").removesuffix(".0")
        if plain.upper() in Grade.values:
            return GradeValue(plain.upper()), ()
        if code := _NURSERY.get(plain):
            return GradeValue(code), ()
        if nursery := _NURSERY_CLASS.fullmatch(plain):
            return GradeValue(_NURSERY[f"{nursery[1]}班"], _class_number(nursery[2])), ()
        found = _GRADE.fullmatch(plain)
        read = _graded(found) if found and not _TWO_FIGURES.fullmatch(plain) else None
        return (read, ()) if read else refused("E_GRADE_UNKNOWN")

    def render(self, value: Any) -> Any:
        if is_nothing(value):
            return None
        code, school_class = (
            (value.code, value.school_class) if isinstance(value, GradeValue) else (value, "")
        )
        return f"{GRADE_WORDS.get(str(code), '')}{f'{school_class}班' if school_class else ''}" or None

    def equal(self, stored: Any, read: Any) -> bool:
        if isinstance(stored, GradeValue):
            return stored == read
        return str(stored or "") == (read.code or "") and not read.school_class


def _graded(found: re.Match[str]) -> GradeValue | None:
    number = _HAN_NUMBER.get(found["number"]) or int(found["number"])
    school_class = _class_number(found["class"] or "")
    stage = _STAGES.get(found["stage"] or "")
    if stage is None and number >= _FIRST_OF_JUNIOR:
        return GradeValue(f"J{number - 6}", school_class)
    if stage == "J" and number >= _FIRST_OF_JUNIOR:
        number -= 6
    if stage is None and found["word"] == "年级":
        return GradeValue(f"P{number}", school_class)
    if stage is None:
        return GradeValue(None, school_class, number)
    return GradeValue(f"{stage}{number}", school_class) if number <= _LAST_GRADE[stage] else None


def _class_number(text: str) -> str:
    """二 -> 2; figures stay."""
    if not text or (text.isascii() and text.isdecimal()):
        return text.lstrip("0")
    tens, ten, ones = text.rpartition("十")
    return str((_HAN_NUMBER.get(tens, 1) * 10 if ten else 0) + _HAN_NUMBER.get(ones, 0))


GRADE_WORDS: dict[str, str] = {
    "K0": "未入园", "K1": "小班", "K2": "中班", "K3": "大班", "X1": "辍学", "X2": "不在学",
    **{f"P{n}": f"小学{han}年级" for han, n in _HAN_NUMBER.items() if n <= 6},
    **{f"J{n}": f"初{han}" for han, n in _HAN_NUMBER.items() if n <= 3},
    **{f"S{n}": f"高{han}" for han, n in _HAN_NUMBER.items() if n <= 3},
    **{f"V{n}": f"中职{han}年级" for han, n in _HAN_NUMBER.items() if n <= 3},
}  # fmt: skip
