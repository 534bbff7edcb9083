"""Headings as people write them, brought to the form they are looked up by."""

import re
import unicodedata
from collections.abc import Mapping

MONEY_UNITS = ("元", "千元", "万元", "亿元")
UNITS = frozenset({
    *MONEY_UNITS, "人", "名", "个", "台", "套", "册", "本", "张", "把", "件", "部", "组", "箱", "盒", "只", "块", "支",
    "岁", "周岁", "次", "人次", "期", "场", "天", "小时", "分钟", "户", "所", "处", "间", "座",
    "m2", "平方米", "平米", "%", "公斤", "份",
})  # fmt: skip

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_MARKS = re.compile(r"[*※★☆●:]+")
_NUMBERING = re.compile(r"^[0-9]{1,2}[.、](?=[^0-9])")
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_HINT = re.compile(r"必填|选填|可不填|如|例|填|格式|yyyy|年月日|√|下拉|[0-9]位|[0-9]=")


def normalise_heading(text: object) -> str:
    """A heading without white space, marks, numbering, unit and hint; half-width, lower case.

    `* 金 额（万元）` -> `金额`; `父（母）状态` -> `父(母)状态`: other brackets are part of the name.
    """
    plain = _MARKS.sub("", _squeezed(text))
    plain = _NUMBERING.sub("", plain)
    return _BRACKETS.sub(lambda found: "" if _is_aside(found[1]) else found[0], plain)


def heading_path(heading: str) -> str:
    """A heading as written, upper/lower, as it is looked up: `父亲情况/手机（必填）` -> `父亲情况/手机`."""
    return "/".join(filter(None, map(normalise_heading, heading.split("/"))))


def without_brackets(text: str) -> str:
    """A normalised heading with every bracket gone: `性别(男1女0)` -> `性别`."""
    return _BRACKETS.sub("", text)


def heading_unit(text: object) -> str | None:
    """The unit a heading names in brackets or after `单位:`, as written in UNITS; else None."""
    plain = _squeezed(text)
    inside = [found[1].removeprefix("单位").lstrip(":") for found in _BRACKETS.finditer(plain)]
    inside += plain.split("单位:")[1:]
    return next((unit for unit in inside if unit in UNITS), None)


def unit_alone(value: object) -> str | None:
    """The unit, if a cell holds nothing but one, in brackets or not."""
    plain = _squeezed(value).strip("()[]")
    return plain if plain in UNITS else None


def normalised(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """A vocabulary with its headings in the form they are looked up by; parts of a path are parted by `/`."""
    return {"/".join(map(normalise_heading, key.split("/"))): field for key, field in vocabulary.items()}


def _squeezed(text: object) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", str(text))).lower()


def _is_aside(inside: str) -> bool:
    return not inside or inside.removeprefix("单位").lstrip(":") in UNITS or bool(_HINT.search(inside))
