"""Columns of persons that come in sets, and those whose cells mean more than one stored value."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from children.code_tables import ContactFrequency, ParentCondition, ReturnFrequency
from children.columns import BirthDateColumn, DeceasedNameColumn, GradeColumn, IdNumberColumn
from gansu_care.divisions.matching import matcher
from gansu_care.sealed.masks import mask_birth_date, mask_id_number, mask_name, mask_phone
from gansu_care.spreadsheets.columns import (
    ChoiceColumn,
    Column,
    DateColumn,
    NameColumn,
    PhoneColumn,
    TextColumn,
    is_nothing,
)

CONDITION_WORDS = {
    "外出": "away", "务工": "away", "打工": "away", "在外务工": "away", "外出打工": "away", "外地务工": "away", "在外": "away",
    "家": "home", "在家务农": "home", "务农": "home", "居家": "home", "已返乡": "home", "返乡": "home",
    "死亡": "deceased", "已故": "deceased", "亡故": "deceased", "病故": "deceased", "已去世": "deceased", "亡": "deceased",
    "失踪": "missing", "下落不明": "missing", "失去联系": "missing", "离家出走": "missing",
    "服刑": "detained", "在押": "detained", "强制戒毒": "detained", "戒毒": "detained",
    "重病": "ill", "重残": "ill", "残疾": "ill", "患病": "ill", "重度残疾": "ill",
    "离异": "divorced", "离婚": "divorced", "改嫁": "divorced", "未知": "unknown",
}  # fmt: skip
RETURN_WORDS = {
    "每月一次": "monthly", "每季度": "quarterly", "每季度一次": "quarterly", "半年一次": "half_yearly", "半年": "half_yearly",
    "一年一次": "yearly", "每年一次": "yearly", "春节": "yearly", "两年以上": "rarer", "不返乡": "never", "从不": "never",
}  # fmt: skip
CONTACT_WORDS = {
    "每日": "daily", "天天": "daily", "经常": "weekly", "每周一次": "weekly", "每月一次": "monthly", "很少": "rarer",
    "偶尔": "rarer", "从不": "none", "无": "none",
}  # fmt: skip


def known_area(code: str) -> bool:
    """Whether a county of Gansu has or had this code; of other provinces we keep no list."""
    words = matcher().lexicon
    return not code.startswith("62") or code in words.codes or code in words.other_codes


class MaskedBeyondCounty:
    """A name or a birth date: in full within one's own county; 张*三, 2015-**-** in a file that leaves it."""

    beyond_county_only = True


class PersonNameColumn(MaskedBeyondCounty, NameColumn):
    def __init__(self, attribute: str, headings: Any, **kwargs: Any) -> None:
        super().__init__(attribute, headings, mask=mask_name, **kwargs)


class ParentNameColumn(MaskedBeyondCounty, DeceasedNameColumn):
    """A name, or what says that the person is dead. `settle` parts the two."""

    def __init__(self, attribute: str, headings: Any, **kwargs: Any) -> None:
        super().__init__(attribute, headings, mask=mask_name, **kwargs)

    def render(self, value: Any) -> Any:
        return value if value.__class__ is str and value else super().render(value)


class GrandparentColumn(ParentNameColumn):
    """As one text: 张三, 张三（已故） or —. The dash says no more than that she is dead, whatever her name."""

    def equal(self, stored: Any, read: Any) -> bool:
        if read == "—":
            return bool(stored) and (stored == "—" or stored.endswith("（已故）"))
        return bool(stored == read)


class GradeCodeColumn(GradeColumn):
    """The grade alone, as its code: the class has a column of its own."""

    def equal(self, stored: Any, read: Any) -> bool:
        return str(stored or "") == str(read)


class PersonBirthDateColumn(MaskedBeyondCounty, BirthDateColumn):
    def __init__(self, attribute: str, headings: Any, **kwargs: Any) -> None:
        super().__init__(attribute, headings, mask=mask_birth_date, **kwargs)


class PartialDateColumn(PersonBirthDateColumn):
    """A date of which day and month may be unknown. What is ambiguous is refused."""

    leaves_ambiguous = False


def parent_columns(kind: str, who: str, short: str) -> tuple[Column, ...]:
    """The columns about one parent: `kind` father, `who` 父亲, `short` 父."""

    def heads(*words: str) -> list[str]:
        return [prefix + word for word in words for prefix in (who, short)]

    return (
        ParentNameColumn(
            f"{kind}.name", [*heads("姓名"), who], example="张三",
            hint=_("去世的画“—”；去世但知道名字的写“张三（已故）”"),
        ),
        PartialDateColumn(f"{kind}.birth", heads("出生日期", "出生年月"), coarsest="year"),
        IdNumberColumn(
            f"{kind}.id_number", heads("身份证号", "身份证号码", "公民身份证号码", "身份证件号"),
            adult=True, known_area=known_area, sealed=True, mask=mask_id_number,
        ),
        ChoiceColumn(
            f"{kind}_state.condition", heads("状态", "情况", "现状", "务工情况", "就业情况"),
            choices=ParentCondition, aliases=CONDITION_WORDS, clearable=False, example="外出务工",
        ),
        TextColumn(
            f"{kind}_state.work_place", heads("务工地点", "当前务工地点", "务工地", "外出地点", "打工地点", "外出务工地点"),
            max_length=100, example="浙江宁波", hint=_("只填省和市"),
        ),
        DateColumn(
            f"{kind}_state.begun", heads("外出起始年月", "外出时间", "外出务工时间", "外出年月", "外出起始时间"),
            coarsest="year", partial=True, clearable=False, example=date(2022, 3, 1),
        ),
        PhoneColumn(
            f"{kind}.phone", heads("联系电话", "电话", "手机", "手机号", "联系方式", "手机号码"),
            sealed=True, mask=mask_phone, example="13800000000",
        ),
        ChoiceColumn(f"{kind}.return_frequency", heads("返乡频率", "返乡情况"), choices=ReturnFrequency, aliases=RETURN_WORDS),
        ChoiceColumn(f"{kind}.contact_frequency", heads("联系频率"), choices=ContactFrequency, aliases=CONTACT_WORDS),
    )  # fmt: skip


BARE_PHONE = ("联系电话", "电话", "联系方式")
"""A telephone of nobody in particular: the carer's, if there is one."""
CARERS = (
    "照护人", "委托监护人", "受委托监护人", "受托照护人", "委托照护人", "受委托照护人", "被委托人", "监护人", "实际监护人",
    "实际照护人", "临时监护人", "看护人", "照料人", "代养人", "监护情况", "监护",
)  # fmt: skip
"""What the person is called who looks after the child. She is entrusted; the parents stay guardians."""


def carer_heads(*words: str) -> list[str]:
    """照护人电话, 委托监护人电话 …, the first of each word first."""
    return [person + word for word in words for person in CARERS]


def grandparent_columns(name: str, *words: str) -> tuple[Column, ...]:
    """Name and birth date of one grandparent; `words` are what she is called."""
    return (
        GrandparentColumn(
            f"{name}.said", [*(f"{word}姓名" for word in words), *words], hint=_("去世的画“—”")
        ),
        PartialDateColumn(
            f"{name}.birth",
            [f"{word}{what}" for word in words for what in ("出生日期", "出生年月")],
            coarsest="year",
        ),
    )


def said_of(value: Any, column: ParentNameColumn) -> Any:
    """A grandparent's cell as text."""
    return value if is_nothing(value) else column.render(value)
