"""How the name of a division may be written: in full, without suffix, without its peoples, as it used to be.

    临洮县                       临洮县, 临洮
    临夏回族自治州                临夏回族自治州, 临夏州, 临夏
    积石山保安族东乡族撒拉族自治县   …, 积石山县, 积石山
    东乡族自治县                  东乡族自治县, 东乡县, 东乡
    山寨回族乡                    山寨回族乡, 山寨乡, 山寨
    雁南街道                      雁南街道, 雁南街道办, 雁南街道办事处, 雁南

A name of one syllable keeps its suffix: 宁县 is never written 宁.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from .models import Division, Level


class Way(IntEnum):
    """How well a text names a division; the lower the surer."""

    FULL = 0
    STEM = 1  # without the suffix
    FORMER = 2  # a name that is no longer valid
    FORMER_STEM = 3


_PEOPLES = ("回", "藏", "东乡", "裕固", "蒙古", "哈萨克", "保安", "撒拉", "土", "满", "维吾尔")
_AUTONOMOUS = re.compile(rf"(?P<stem>.+?)(?:(?:{'|'.join(_PEOPLES)})族)*(?:族)?自治(?P<suffix>州|县)")
_ETHNIC_TOWNSHIP = re.compile(rf"(?P<stem>.+?)(?:(?:{'|'.join(_PEOPLES)})族)+(?P<suffix>乡|镇)")
_SUFFIXES = {
    Level.PROVINCE: ("省",),
    Level.PREFECTURE: ("市", "地区", "州"),
    Level.COUNTY: ("县", "区", "市"),
    Level.TOWNSHIP: ("街道", "镇", "乡"),
}
# What a township was before it was raised: about 320 of Gansu became towns from 2014 to 2018.
_RAISED_FROM = {"镇": ("乡",), "街道": ("镇", "乡")}


def ways_of_writing(name: str, level: str) -> Iterator[tuple[str, Way]]:
    """Every text that means a division of this name, with the way it does."""
    yield name, Way.FULL
    short = _without_peoples(name)
    if short != name:
        yield short, Way.FULL
    suffix = next((end for end in _SUFFIXES[Level(level)] if short.endswith(end)), "")
    stem = short.removesuffix(suffix)
    if suffix and len(stem) > 1:
        yield stem, Way.STEM
    if level == Level.TOWNSHIP:
        yield from _township_ways(stem, suffix)


def _without_peoples(name: str) -> str:
    found = _AUTONOMOUS.fullmatch(name) or _ETHNIC_TOWNSHIP.fullmatch(name)
    return found["stem"] + found["suffix"] if found else name


def _township_ways(stem: str, suffix: str) -> Iterator[tuple[str, Way]]:
    if suffix == "街道":
        yield f"{stem}街道办", Way.FULL
        yield f"{stem}街道办事处", Way.FULL
    for earlier in _RAISED_FROM.get(suffix, ()):
        yield stem + earlier, Way.FORMER


def former(way: Way) -> Way:
    """The same way of writing a name that is no longer valid."""
    return Way.FORMER_STEM if way in (Way.STEM, Way.FORMER_STEM) else Way.FORMER


def today_and_before(division: Division) -> Iterator[tuple[str, Way]]:
    """The ways of writing a division's own name, seen from today: an ended division's are former ones."""
    for text, way in ways_of_writing(division.name, division.level):
        yield text, way if division.in_force else former(way)
    if division.name_en and division.in_force:
        yield division.name_en.casefold(), Way.FULL
