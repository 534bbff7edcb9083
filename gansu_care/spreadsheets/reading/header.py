"""Finding the header: which rows hold the headings, what each column is, what the lines above say.

Every row of the first fifteen is tried, alone and together with the one or two below it; the rows whose headings
name most fields win. A heading under a merged one is joined to it with a slash: 父亲情况/姓名.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .. import limits
from .cells import column_letter, is_blank, shown
from .facts import facts_in
from .headings import (
    heading_unit,
    normalise_heading,
    normalised,
    unit_alone,
    without_brackets,
)
from .sheets import Sheet

# Under an upper heading about another person, these words alone say nothing about the child.
OTHER_PERSON = re.compile(
    r"父|母|祖|爷|奶|外公|外婆|监护人|照护|照料|看护|委托|代理|爱心|帮扶|联系人|教师|老师|负责人|村"
)
_THE_RECORD_ITSELF = re.compile(r"基本|儿童|学生|孩子|本人|个人|中心|设备|物资|资金|项目")
_ANYBODYS = frozenset({
    "姓名", "性别", "民族", "年龄", "出生日期", "出生年月", "出生年月日", "身份证号", "身份证号码", "公民身份证号码",
    "公民身份号码", "电话", "联系电话", "手机", "手机号", "联系方式", "住址", "地址", "职业", "单位", "工作单位",
    "关系", "文化程度", "状态", "备注", "日期", "名称",
})  # fmt: skip
_PERSONS_AFFIX = re.compile(r"(基本)?(情况|信息)$")
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_NUMBER_CELL = re.compile(r"\(?([0-9]{1,3})\)?(?:=[0-9+\-×*/()]+)?|[①-⑳]")


_HALF_WIDTH = str.maketrans("（）０１２３４５６７８９", "()0123456789")
_LONG_FOR_UNIT = 12
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column: index from 0, letter, heading as written (upper/lower), field or None, unit or None."""

    index: int
    letter: str
    heading: str
    field: str | None
    unit: str | None


@dataclass(slots=True)
class Header:
    """Where the headings are. `header_rows` are sheet row numbers; data begins after the last of them.

    `facts`: what the lines above say (填报单位, 填报日期, 填表人, 联系电话 …), values as in the cells.
    `repeated`: columns whose heading names a field that an earlier column has already.
    """

    header_rows: list[int]
    columns: list[HeaderColumn]
    facts: dict[str, object] = field(default_factory=dict)
    score: int = 0
    repeated: list[HeaderColumn] = field(default_factory=list)
    # The recognised columns by field.
    fields: dict[str, HeaderColumn] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {column.field: column for column in self.columns if column.field}


def find_header(sheet: Sheet, vocabulary: Mapping[str, str]) -> Header | None:
    """The header of a sheet, or None when no rows of headings are found.

    `vocabulary` maps headings (or joined paths such as 父亲情况/姓名) to fields.
    """
    known = normalised(vocabulary)
    last = min(limits.HEADER_SEARCH_ROWS, len(sheet.rows))
    near = last + limits.HEADER_LEVELS
    sheet = replace(sheet, merges=[merge for merge in sheet.merges if merge[0] <= near])
    best: tuple[float, _Attempt] | None = None
    for top in range(last):
        for depth in range(1, limits.HEADER_LEVELS + 1):
            attempt = _Attempt(sheet, top, depth, known)
            if attempt.is_header() and (best is None or attempt.merit() > best[0]):
                best = attempt.merit(), attempt
    return best[1].header() if best else None


class _Attempt:
    """Rows `top` to `top + depth` taken as headings."""

    def __init__(self, sheet: Sheet, top: int, depth: int, known: Mapping[str, str]):
        self.sheet, self.top, self.depth, self.known = sheet, top, depth, known
        self.rows = sheet.rows[top : top + depth]
        self.whole = len(self.rows) == depth and all(_could_be_headings(row) for row in self.rows)
        self.paths = self._paths() if self.whole else []
        self.found = [self._field(path) for path in self.paths]
        self.score = len(set(self.found) - {None})

    def is_header(self) -> bool:
        named = sum(1 for path in self.paths if path)
        return self.whole and self.score >= 2 and self.score * 4 >= named and not self._is_lower_half()

    def _is_lower_half(self) -> bool:
        """Whether the row above holds headings of columns that have none here: then it belongs to the header."""
        if not self.top:
            return False
        above = [_heading_text(value) for value in self.sheet.rows[self.top - 1]]
        open_columns = [text for text, path in zip(above, self.paths, strict=False) if text and not path]
        return any(self._field((text,)) for text in open_columns)

    def merit(self) -> float:
        """Fields named; of equals, the one whose merged cells end where it ends."""
        return self.score + (0.5 if self._merges_fit() else 0) - self.depth * 0.1

    def _merges_fit(self) -> bool:
        first, last = self.top + 1, self.top + self.depth
        mine = [m for m in self.sheet.merges if m[0] == first and m[2] - m[0] < limits.HEADER_LEVELS]
        wide = [m for m in mine if m[3] > m[1] and m[2] == first and m[3] - m[1] + 1 < len(self.rows[0])]
        deepest = max((m[2] for m in mine if m[2] > m[0]), default=first + 1 if wide else first)
        return deepest == last

    # --- joining

    def _paths(self) -> list[tuple[str, ...]]:
        """For each column its headings from top to bottom, equal neighbours taken once."""
        spread = self._spread()
        width = max(map(len, spread))
        paths = []
        for column in range(width):
            parts: list[str] = []
            for row in spread:
                text = row[column] if column < len(row) else ""
                if text and (not parts or parts[-1] != text):
                    parts.append(text)
            paths.append(tuple(parts))
        return paths

    def _spread(self) -> list[list[str]]:
        """The rows as text with merged headings repeated in each of their columns."""
        spread = [[_heading_text(value) for value in row] for row in self.rows]
        for first, left, last, right in self.sheet.merges:
            if self.top < first <= self.top + self.depth and last >= first:
                self._fill(spread, first - self.top - 1, left - 1, last - self.top - 1, right - 1)
        for level in range(len(spread) - 1):
            self._carry(spread, level)
        return spread

    def _fill(self, spread: list[list[str]], first: int, left: int, last: int, right: int) -> None:
        text = spread[first][left] if left < len(spread[first]) else ""
        for row in spread[first : last + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = text

    def _carry(self, spread: list[list[str]], level: int) -> None:
        """Where nothing is merged (csv), an upper heading holds until the next, if there are headings below."""
        upper, lower = spread[level], spread[level + 1]
        held = ""
        for column in range(len(upper)):
            if upper[column]:
                held = upper[column] if column < len(lower) and lower[column] else ""
            elif held and column < len(lower) and lower[column]:
                upper[column] = held
            else:
                held = ""

    # --- naming

    def _field(self, path: tuple[str, ...]) -> str | None:
        parts = [normalise_heading(part) for part in path]
        return self._look_up(parts) or self._look_up([without_brackets(part) for part in parts])

    def _look_up(self, parts: list[str]) -> str | None:
        return next((found for way in ways_to_read(parts) if (found := self.known.get(way))), None)

    # --- the result

    def header(self) -> Header:
        bottom = self.top + self.depth
        units, bottom = self._rows_below(bottom)
        facts = facts_in(self.sheet.rows[: self.top])
        common = str(facts.pop("计量单位", "")) or None
        columns, repeated, taken = [], [], set()
        for index, (path, name) in enumerate(zip(self.paths, self.found, strict=True)):
            unit = units.get(index) or next(filter(None, map(heading_unit, reversed(path))), common)
            column = HeaderColumn(index, column_letter(index), "/".join(path), name, unit)
            if name in taken:
                column = replace(column, field=None)
                repeated.append(column)
            if name:
                taken.add(name)
            columns.append(column)
        rows = list(range(self.top + 1, bottom + 1))
        return Header(rows, columns, facts, self.score, repeated)

    def _rows_below(self, bottom: int) -> tuple[dict[int, str], int]:
        """Rows of units and of column numbers belong to the header."""
        units: dict[int, str] = {}
        while bottom < len(self.sheet.rows):
            row = self.sheet.rows[bottom]
            if found := units_in(row):
                units |= found
            elif not is_number_row(row):
                break
            bottom += 1
        return units, bottom


def _heading_text(value: object) -> str:
    return "" if is_blank(value) else "".join(shown(value).split())


def _could_be_headings(row: list) -> bool:
    """Headings are text, some of it short; a year may stand among them (2015年 typed as 2015)."""
    filled = [value for value in row if not is_blank(value)]
    words = [value for value in filled if isinstance(value, str)]
    return not filled or len(words) * 4 >= len(filled) * 3


def ways_to_read(parts: list[str]) -> list[str]:
    """What a normalised path of headings may stand for, the whole path first: 父亲情况/姓名, 父亲/姓名, 父亲姓名."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts
    upper, lower = parts[-2], parts[-1]
    short = _PERSONS_AFFIX.sub("", upper)
    ways = ["/".join(parts), f"{upper}/{lower}", f"{short}/{lower}", upper + lower, short + lower]
    return [*ways, lower] if _stands_alone("".join(parts[:-1]), lower) else ways


def _stands_alone(upper: str, lower: str) -> bool:
    """Whether the lower heading may be read without its upper one."""
    if OTHER_PERSON.search(upper):
        return False
    return lower not in _ANYBODYS or bool(_THE_RECORD_ITSELF.search(upper))


def units_in(row: list) -> dict[int, str]:
    """Unit by column index, if the row holds nothing but units: (人) (万元) …"""
    found: dict[int, str] = {}
    bracketed = True
    for index, value in enumerate(row):
        if not is_blank(value):
            unit = unit_alone(value) if isinstance(value, str) and len(value) < _LONG_FOR_UNIT else None
            if unit is None:
                return {}
            found[index] = unit
            bracketed = bracketed and value.strip().startswith(("(", "（"))
    return found if len(found) > 1 or bracketed else {}


def is_number_row(row: list) -> bool:
    """甲 乙 1 2 3 … or (1) (2) (3): the columns are numbered, nothing is said."""
    ordinals, counted = 0, []
    for value in row:
        if is_blank(value):
            continue
        text = shown(value).strip().translate(_HALF_WIDTH)
        number = _NUMBER_CELL.fullmatch(text)
        if number:
            counted.append(int(number[1]) if number[1] else ord(text) - ord("①") + 1)
        elif text in _ORDINALS:
            ordinals += 1
        else:
            return False
    if ordinals + len(counted) < (2 if ordinals else _FEWEST_NUMBERED):
        return False
    start = counted[0] if counted else 1
    return start in (0, 1, 2) and counted == list(range(start, start + len(counted)))
