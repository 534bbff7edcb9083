"""A cell that names sources of money: 全国妇联, or several joint ones, 全国妇联、中国儿童少年基金会, split unknown.

Source, donor and channel are three things: a cell of this column names sources of the list, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from centers.source_kinds import SourceKind
from funding.models import Source
from funding.sources import SOURCES
from gansu_care.divisions.likeness import nearest
from gansu_care.spreadsheets.columns import TextColumn, is_nothing
from gansu_care.spreadsheets.columns.cell_text import squeezed
from gansu_care.spreadsheets.packing import Names
from gansu_care.spreadsheets.rows import Rows

_SEPARATORS = re.compile(r"[、,;/+＋&\n]|和|及|与")
_BRACKETS = re.compile(r"\(.*?\)")
WORDS = {
    "acwf": SourceKind.ACWF, "中华全国妇女联合会": SourceKind.ACWF, "全国妇女联合会": SourceKind.ACWF,
    "cctf": SourceKind.CCTF, "中国儿基会": SourceKind.CCTF, "儿基会": SourceKind.CCTF, "中国儿童少年基金": SourceKind.CCTF,
    "省财政": SourceKind.PROVINCE, "省级财政资金": SourceKind.PROVINCE, "省财政资金": SourceKind.PROVINCE,
    "省福彩公益金": SourceKind.PROVINCE_LOTTERY, "福彩公益金": SourceKind.PROVINCE_LOTTERY, "省级福彩公益金": SourceKind.PROVINCE_LOTTERY,
    "中央彩票公益金": SourceKind.CENTRAL_LOTTERY, "中央专项彩票": SourceKind.CENTRAL_LOTTERY,
    "省妇儿基金会": SourceKind.GANSU_FOUNDATION, "甘肃省妇女儿童发展基金会": SourceKind.GANSU_FOUNDATION,
    "市财政": SourceKind.PREFECTURE, "州财政": SourceKind.PREFECTURE, "市级财政": SourceKind.PREFECTURE, "州级财政": SourceKind.PREFECTURE,
    "县财政": SourceKind.COUNTY, "区财政": SourceKind.COUNTY, "县级财政": SourceKind.COUNTY, "区级财政": SourceKind.COUNTY,
    "企业": SourceKind.ENTERPRISE, "企业捐款": SourceKind.ENTERPRISE, "社会捐赠": SourceKind.SOCIAL, "社会团体": SourceKind.SOCIAL,
    "个人": SourceKind.PERSON, "个人捐款": SourceKind.PERSON, "其它": SourceKind.OTHER,
}  # fmt: skip


class SourcesColumn(TextColumn):
    """The names of sources; `name_sources` makes Names of them."""

    ditto = True

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else str(value)

    def equal(self, stored: Any, read: Any) -> bool:
        return stored == read


class KnownSources:
    """Sources by every word that means them; the twelve standard ones even before anybody entered them."""

    def __init__(self) -> None:
        held = {source.kind: source.name for source in reversed(Source.objects.order_by("pk"))}
        self.names = [name for _kind, (name, _english) in SOURCES.items()]
        self.words = {squeezed(name).casefold(): name for name in self.names}
        for kind, (standard, _english) in SOURCES.items():
            self.words[str(SourceKind(kind).label)] = self.words[standard.casefold()] = held.get(
                kind, standard
            )
        self.words |= {word: held.get(kind, SOURCES[kind][0]) for word, kind in WORDS.items()}
        for name in Source.objects.values_list("name", flat=True):
            self.words[squeezed(name).casefold()] = name

    def named(self, word: str) -> str | None:
        plain = squeezed(word).casefold()
        return self.words.get(plain) or self.words.get(_BRACKETS.sub("", plain))

    def split(self, text: str) -> tuple[list[str], str]:
        """The names of the sources of a cell, and the first word that names none."""
        if whole := self.named(text):
            return [whole], ""
        parts = [part for part in _SEPARATORS.split(text) if part.strip()]
        found = [self.named(part) for part in parts]
        unknown = next((part for part, name in zip(parts, found, strict=True) if name is None), "")
        return [name for name in found if name], unknown or ("" if parts else text)


def name_sources(rows: Rows, field: str, *, several: bool) -> None:
    """Turn the cells of `field` into Names; refuse words that name no source."""
    known = KnownSources()
    for index, text in enumerate(rows.values[field]):
        if is_nothing(text):
            continue
        names, unknown = known.split(str(text))
        if unknown or (len(names) > 1 and not several):
            near = nearest(squeezed(unknown), known.words, most=1, least=0.6)
            help_ = {"nearest": known.words[near[0]]} if near else {"choices": known.names}
            rows.invalidate(index, field, "E_CODE_UNKNOWN", **help_)
        else:
            rows.values[field][index] = Names(dict.fromkeys(names))


def ids_of(names: Iterable[str]) -> dict[str, int]:
    """Primary keys of sources by name."""
    return dict(Source.objects.filter(name__in=set(names)).values_list("name", "pk"))
