"""Readings of a name: full pinyin and initials, one for each reading of the surname (单 shan/dan, 解 xie/jie).

Pinyin libraries read a surname by its commonest sound as a word; all readings of the first character are kept, so
that a child is found whichever the officer types. The library is imported where it is used: its dictionaries take
50 MB, and a process that spells no name needs none of them.
"""

from functools import lru_cache
from itertools import product
from typing import Any

HAN = ("\u3400", "\u9fff")
# Two-character surnames whose first character has other readings when alone.
COMPOUND = {"尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun")}
# The reading as a surname stands first; it sorts the list.
SURNAME = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "朴": "piao", "任": "ren",
    "盖": "ge", "尉": "wei", "翟": "zhai", "缪": "miao", "乐": "yue", "折": "she", "种": "chong", "召": "shao",
    "句": "gou", "员": "yun", "覃": "qin", "黑": "he", "繁": "po", "秘": "bi", "洗": "xian", "宓": "mi",
    "逄": "pang", "不": "fou", "燕": "yan", "葛": "ge", "华": "hua", "纪": "ji", "令": "ling", "晟": "cheng",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _readings_of(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0]
    readings = tuple(dict.fromkeys(reading.lower() for reading in found))
    first = SURNAME.get(character)
    return (first, *(r for r in readings if r != first)) if first else readings


@lru_cache(maxsize=50_000)
def _given(name: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin
    from pypinyin.constants import PHRASES_DICT

    if len(name) == 2 and name not in PHRASES_DICT and all(HAN[0] <= one <= HAN[1] for one in name):
        # Two characters that are no word sound as each does alone: most names, and ten times quicker.
        return *_given(name[0]), *_given(name[1])
    # What is no Han character stands for itself, letter by letter; the library's types know of single texts only.
    apart: Any = list
    return tuple(part[0].lower() for part in pinyin(name, style=Style.NORMAL, errors=apart))


def readings(name: str) -> list[tuple[str, str]]:
    """(full pinyin, initials) of the name, the likeliest first; at most four. Dots and spaces are left out."""
    name = name.replace("·", "").replace(" ", "")
    if not name:
        return []
    if name[:2] in COMPOUND:
        syllables = [(*COMPOUND[name[:2]], *_given(name[2:]))]
    else:
        firsts = _readings_of(name[0])[:4] if HAN[0] <= name[0] <= HAN[1] else (name[0].lower(),)
        syllables = [(first, *rest) for first, rest in product(firsts, [_given(name[1:])])]
    return [("".join(parts)[:300], "".join(part[:1] for part in parts)[:100]) for parts in syllables]


def sort_key(name: str) -> str:
    """Full pinyin of the likeliest reading: lists are sorted by it."""
    found = readings(name)
    return found[0][0] if found else ""
