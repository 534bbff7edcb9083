"""A parent's name, and a birth date that the ID number may complete."""

import re
from enum import Enum
from typing import Any, NamedTuple

from gansu_care.spreadsheets.columns import Context, DateColumn, NameColumn, Read


class _Deceased(Enum):
    DECEASED = "—"

    def __str__(self) -> str:
        return self.value


DECEASED = _Deceased.DECEASED
_DASHES = frozenset({"—", "——", "―", "――", "–", "─", "──"})
_DEAD = frozenset({"去世", "已去世", "已故", "亡", "死亡", "已亡", "病故", "已病故", "亡故", "已死亡"})
_DEAD_ASIDE = re.compile(r"(.+?)[(（](?:去世|已去世|已故|亡|死亡|已亡|病故|已病故|亡故)[)）]")


class NamedDeceased(NamedTuple):
    """A parent who is named and said to be dead: 张三（已故）."""

    name: str

    def __str__(self) -> str:
        return self.name


class DeceasedNameColumn(NameColumn):
    """A parent's or grandparent's name, where the official form asks to draw — for one who is dead.

    Gives a name, DECEASED, or NamedDeceased(name); the last two with W_CONFIRM_DECEASED.
    """

    def read_special(self, text: str) -> Read | None:
        if text in _DASHES:
            return DECEASED, (("W_CONFIRM_DECEASED", {}),)
        return super().read_special(text)

    def read(self, value: Any, context: Context) -> Read:
        if value.__class__ is str:
            text = value.strip()
            if text.strip("()（）") in _DEAD:
                return DECEASED, (("W_CONFIRM_DECEASED", {}),)
            if aside := _DEAD_ASIDE.fullmatch(text):
                name, notes = super().read(aside[1], context)
                return (NamedDeceased(name), (*notes, ("W_CONFIRM_DECEASED", {}))) if name else (name, notes)
        return super().read(value, context)

    def render(self, value: Any) -> Any:
        if isinstance(value, NamedDeceased):
            return f"{value.name}（已故）"
        return "—" if value is DECEASED else super().render(value)

    def equal(self, stored: Any, read: Any) -> bool:
        return stored == read


class BirthDateColumn(DateColumn):
    """A birth date as PartialDate. What is ambiguous is left to the ID number: see row_rules.settle_birth_date."""

    leaves_ambiguous = True

    def __init__(self, attribute: str, headings: Any, *, coarsest: str = "month", **kwargs: Any):
        super().__init__(attribute, headings, coarsest=coarsest, partial=True, **kwargs)
