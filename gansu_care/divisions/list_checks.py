"""What the lines of a list say of each other and of the divisions held: parents, levels, successors.

`list_file` refuses what a line shows by itself; here stands what needs the other lines and the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from .list_file import REPORTING_UNIT, BrokenList, Line, LineProblem, ListFile
from .models import Division, Level

# Levels that a division's parent may have; 嘉峪关's townships hang on the prefecture.
UPPER = {
    Level.PROVINCE: (),
    Level.PREFECTURE: (Level.PROVINCE,),
    Level.COUNTY: (Level.PREFECTURE,),
    Level.TOWNSHIP: (Level.COUNTY, Level.PREFECTURE),
    REPORTING_UNIT: (Level.PREFECTURE,),
}


def check_against_held(listed: ListFile, held: Mapping[str, Division], units: set[str]) -> None:
    """Raise BrokenList with every line that does not fit; `held` is by code, its successors at hand."""
    _Check(listed, held, units).run()


class _Check:
    def __init__(self, listed: ListFile, held: Mapping[str, Division], units: set[str]) -> None:
        self.listed = listed
        self.lines = {line.code: line for line in listed.lines if line.level != REPORTING_UNIT}
        self.held = held
        self.units = units | {line.code for line in listed.lines if line.level == REPORTING_UNIT}

    def run(self) -> None:
        problems = [problem for line in self.listed.lines for problem in self._problems_of(line)]
        if not any(row.level == Level.PROVINCE for row in self._everyone()):
            problems.append(LineProblem(0, _("名单里没有省，数据库里也没有。请先载入完整的名单。")))
        if problems:
            raise BrokenList(sorted(problems, key=lambda problem: problem.line))

    def _everyone(self) -> Iterable[Line | Division]:
        return [*self.lines.values(), *(held for code, held in self.held.items() if code not in self.lines)]

    def _problems_of(self, line: Line) -> list[LineProblem]:
        found = [*self._level_problems(line), *self._parent_problems(line)]
        if line.successor_code:
            found += self._successor_problems(line, line.successor_code)
        if line.unit_code and line.unit_code not in self.units:
            found.append(_("单列填报单位 %(code)s 不在名单里。") % {"code": line.unit_code})
        return [LineProblem(line.number, message) for message in found]

    def _level_problems(self, line: Line) -> Iterable[str]:
        held = self.held.get(line.code)
        if held is not None and held.level != line.level:
            yield _("%(code)s 现为%(held)s，不能改成别的级别。请停用旧代码，另立新代码。") % {
                "code": line.code,
                "held": held.get_level_display(),
            }

    def _parent_problems(self, line: Line) -> Iterable[str]:
        if line.level == Level.PROVINCE:
            return
        parent = self.lines.get(line.parent_code) or self.held.get(line.parent_code)
        if parent is None:
            yield _("上级代码 %(code)s 不存在。请补上这一级，或改正代码。") % {"code": line.parent_code}
        elif parent.level not in UPPER[line.level]:
            yield _("上级 %(code)s 的级别不对，不能直接管辖这一级。") % {"code": line.parent_code}
        elif self._in_force(line) and not self._in_force(parent):
            yield _("上级 %(code)s 已停用，现行区划不能放在它下面。") % {"code": line.parent_code}

    def _successor_problems(self, line: Line, code: str) -> Iterable[str]:
        successor = self.lines.get(code) or self.held.get(code)
        if successor is None:
            yield _("继任代码 %(code)s 不存在。") % {"code": code}
        elif self._in_force(line):
            yield _("有继任代码而没有停用日期。请补填 valid_to，或删去继任代码。")
        elif successor.level != line.level:
            yield _("继任区划 %(code)s 与本行级别不同。") % {"code": code}
        elif self._leads_back(line.code):
            yield _("继任代码转了一圈又回到 %(code)s。") % {"code": line.code}

    def _in_force(self, row: Line | Division) -> bool:
        if isinstance(row, Line) and "valid_to" not in row.values:
            held = self.held.get(row.code)
            return held is None or held.in_force
        return row.values["valid_to"] is None if isinstance(row, Line) else row.in_force

    def _leads_back(self, code: str) -> bool:
        seen, following = {code}, self._successor_code(code)
        while following:
            if following in seen:
                return True
            seen.add(following)
            following = self._successor_code(following)
        return False

    def _successor_code(self, code: str) -> str | None:
        line, held = self.lines.get(code), self.held.get(code)
        if line is not None and line.successor_code is not None:
            return line.successor_code
        return held.successor.code if held is not None and held.successor else None
