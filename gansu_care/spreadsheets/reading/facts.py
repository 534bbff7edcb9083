"""The lines around a table: 填报单位, 填报日期, 填表人 … are facts about the sheet, not data."""

import re
import unicodedata

from .cells import is_blank
from .headings import MONEY_UNITS

# The fact, and what people write for it.
_WRITTEN = {
    "填报单位": ("填报单位", "填表单位", "上报单位", "报送单位", "制表单位", "编制单位", "单位名称"),
    "填报日期": (
        "填报日期", "填表日期", "上报日期", "报送日期", "制表日期", "截止日期",
        "填报时间", "填表时间", "统计时间", "截止时间",
    ),
    "填表人": ("填表人", "填报人", "制表人", "经办人"),
    "单位负责人": ("单位负责人", "负责人"),
    "复核人": ("复核人", "审核人"),
    "联系电话": ("联系电话", "联系方式"),
    "单位": ("金额单位", "计量单位", "单位"),
}  # fmt: skip
_NAMES = {word: fact for fact, words in _WRITTEN.items() for word in words}
_WORDS = "|".join(sorted(_NAMES, key=len, reverse=True))
_LABEL = re.compile(rf"({_WORDS})(?:\([^()]*\))?\s*:\s*")
_LABEL_ALONE = re.compile(rf"({_WORDS})(?:\([^()]*\))?\s*:?")


def facts_in(rows: list[list]) -> dict[str, object]:
    """The facts that the rows name, the first of each kind; a value may stand in the cell beside its label.

    `计量单位` is given when `单位：` names a unit of money; otherwise it names the reporting unit.
    """
    facts: dict[str, object] = {}
    for row in rows:
        cells = [value for value in row if not is_blank(value)]
        for value, following in zip(cells, [*cells[1:], None], strict=False):
            if isinstance(value, str):
                for name, fact in _facts_of_cell(value, following):
                    facts.setdefault(name, fact)
    return facts


def _facts_of_cell(text: str, following: object):
    text = unicodedata.normalize("NFKC", text)
    pieces = _LABEL.split(text)
    if len(pieces) == 1:
        alone = _LABEL_ALONE.fullmatch(text.strip())
        pieces = ["", alone[1], ""] if alone else pieces
    for label, value in zip(pieces[1::2], pieces[2::2], strict=False):
        value = value.strip(" ;,、|")
        if not value and following is not None and not _is_label(following):
            yield _named(_NAMES[label], following)
        elif value:
            yield _named(_NAMES[label], value)


def _named(name: str, value: object) -> tuple[str, object]:
    if name == "单位":
        return ("计量单位" if value in MONEY_UNITS else "填报单位"), value
    return name, value


def _is_label(value: object) -> bool:
    return isinstance(value, str) and bool(_LABEL_ALONE.match(unicodedata.normalize("NFKC", value.strip())))
