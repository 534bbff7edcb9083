"""Reading a list of divisions from a csv file, and saying line by line what is wrong with it.

The file: comment lines (`#`) at its head, among them 来源 (source) and 版本 (edition); then a line of
headings and one line a division. `code`, `parent_code`, `level` and `name` are required; a further column
that is there is the whole truth about that field, a column that is missing leaves the field as it was. The
level `reporting_unit` makes a ReportingUnit, its parent the prefecture. UTF-8, or GB18030 as Excel saves it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from .models import DivisionName, Level

REQUIRED = ("code", "parent_code", "level", "name")
OPTIONAL = (
    "name_en",
    "acts_as_county",
    "valid_from",
    "valid_to",
    "successor_code",
    "reporting_unit",
    "short_name",
    "former_names",
    "aliases",
    "other_codes",
)
NAME_COLUMNS = {
    "short_name": DivisionName.Kind.SHORT,
    "former_names": DivisionName.Kind.FORMER,
    "aliases": DivisionName.Kind.ALIAS,
    "other_codes": DivisionName.Kind.CODE,
}
LONGEST = {"name": 60, "name_en": 120}
REPORTING_UNIT = "reporting_unit"
LARGEST_FILE = 5_000_000

_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}")
_NAME = re.compile(r"(?P<name>[^\[\]]{1,60})(?:\[(?P<year>[0-9]{4})\])?")
_YES = {"1", "true", "yes", "是"}
_NO = {"", "0", "false", "no", "否"}


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in one line of the file; line 0 is the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        return _("第%(line)d行：%(message)s") % {"line": self.line, "message": self.message}


class BrokenList(ValueError):
    """The file was refused; `problems` holds every reason, none of its lines was loaded."""

    def __init__(self, problems: list[LineProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass
class Line:
    """One line as values. An optional field is absent from `values` when the file has no such column."""

    number: int
    code: str
    parent_code: str
    level: str
    values: dict[str, object] = field(default_factory=dict)
    successor_code: str | None = None
    unit_code: str | None = None
    names: dict[str, dict[str, int | None]] = field(default_factory=dict)


@dataclass
class ListFile:
    source: str
    edition: str
    sha256: str
    lines: list[Line]


def read_list(content: bytes) -> ListFile:
    """Read the bytes of a list; raises BrokenList with all problems that the file shows by itself."""
    numbered = list(_numbered(_text(content)))
    comments = [cells[0] for _number, cells in numbered if cells[0].startswith("#")]
    body = [(number, cells) for number, cells in numbered if not cells[0].startswith("#")]
    lines = _lines(body)
    return ListFile(
        source=_comment(comments, "来源", "source")[:300],
        edition=_comment(comments, "版本", "edition")[:120],
        sha256=hashlib.sha256(content).hexdigest(),
        lines=lines,
    )


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise BrokenList([LineProblem(0, _("文件超过5MB，不像区划名单。请检查后重试。"))])
    if b"\0" in content:
        raise BrokenList([LineProblem(0, _("文件不是CSV文本。请在Excel中另存为“CSV UTF-8”后重试。"))])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenList([LineProblem(0, _("文件编码无法识别。请在Excel中另存为“CSV UTF-8”后重试。"))])


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, with the number an editor shows for them."""
    reader = csv.reader(io.StringIO(text))
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            problem = LineProblem(reader.line_num, _("这一行不是CSV格式，请检查引号和逗号。"))
            raise BrokenList([problem]) from error
        if any(cells):
            yield reader.line_num, cells


def _comment(comments: list[str], *labels: str) -> str:
    for comment in comments:
        label, _colon, text = comment.lstrip("# ").replace("：", ":", 1).partition(":")
        if label.strip().lower() in labels:
            return text.strip()
    return ""


def _lines(body: list[tuple[int, list[str]]]) -> list[Line]:
    if len(body) < 2:
        raise BrokenList([LineProblem(0, _("文件里没有区划。请核对是否选错了文件。"))])
    (heading_line, headings), rows = body[0], body[1:]
    missing = [name for name in REQUIRED if name not in headings]
    if missing:
        message = _("标题行缺少这些列：%(columns)s。") % {"columns": "、".join(missing)}
        raise BrokenList([LineProblem(heading_line, message)])
    problems: list[LineProblem] = []
    lines = [_line(number, dict(zip(headings, cells, strict=False)), problems) for number, cells in rows]
    problems += _repeated(lines)
    if problems:
        raise BrokenList(sorted(problems, key=lambda problem: problem.line))
    return lines


def _repeated(lines: list[Line]) -> Iterator[LineProblem]:
    first: dict[str, int] = {}
    for line in lines:
        if line.code in first:
            message = _("代码 %(code)s 与第%(first)d行重复。每个代码只能出现一次。")
            yield LineProblem(line.number, message % {"code": line.code, "first": first[line.code]})
        first.setdefault(line.code, line.number)


def _line(number: int, cells: dict[str, str], problems: list[LineProblem]) -> Line:
    def refuse(message: str, **values: object) -> None:
        problems.append(LineProblem(number, message % values))

    line = Line(number, cells.get("code", ""), cells.get("parent_code", ""), cells.get("level", ""))
    if not _CODE.fullmatch(line.code):
        refuse(_("代码“%(code)s”不是6、9或12位数字。"), code=line.code)
    if line.level not in (*Level.values, REPORTING_UNIT):
        refuse(
            _("级别“%(level)s”不认识，应为 %(levels)s 之一。"),
            level=line.level,
            levels="、".join((*Level.values, REPORTING_UNIT)),
        )
    _read_texts(line, cells, refuse)
    _read_dates(line, cells, refuse)
    _read_codes(line, cells, refuse)
    _read_names(line, cells, refuse)
    return line


def _read_texts(line: Line, cells: dict[str, str], refuse) -> None:
    if not cells.get("name"):
        refuse(_("没有填写名称。"))
    for column, longest in LONGEST.items():
        if column in cells:
            line.values[column] = cells[column]
            if len(cells[column]) > longest:
                refuse(_("%(column)s 超过%(longest)d个字。"), column=column, longest=longest)
    flag = cells.get("acts_as_county")
    if flag is not None:
        if flag.lower() not in _YES | _NO:
            refuse(_("acts_as_county 应填 1 或 0，现在是“%(value)s”。"), value=flag)
        line.values["acts_as_county"] = flag.lower() in _YES
        if line.values["acts_as_county"] and line.level != Level.PREFECTURE:
            refuse(_("只有市州可以按县级填报。"))


def _read_dates(line: Line, cells: dict[str, str], refuse) -> None:
    for column in ("valid_from", "valid_to"):
        if column not in cells:
            continue
        try:
            line.values[column] = date.fromisoformat(cells[column]) if cells[column] else None
        except ValueError:
            refuse(
                _("%(column)s 的“%(value)s”不是日期，请写成 2024-12-31 的样子。"),
                column=column,
                value=cells[column],
            )
    begin, end = line.values.get("valid_from"), line.values.get("valid_to")
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        refuse(_("停用日期不能早于启用日期。"))


def _read_codes(line: Line, cells: dict[str, str], refuse) -> None:
    line.successor_code = cells.get("successor_code")
    line.unit_code = cells.get("reporting_unit")
    for code in filter(None, (line.parent_code, line.successor_code, line.unit_code)):
        if not _CODE.fullmatch(code):
            refuse(_("代码“%(code)s”不是6、9或12位数字。"), code=code)
    if line.level == Level.PROVINCE and line.parent_code:
        refuse(_("省没有上级，上级代码应为空。"))
    if line.level in (*Level.values[1:], REPORTING_UNIT) and not line.parent_code:
        refuse(_("没有填写上级代码。除省以外，每个区划都要有上级。"))


def _read_names(line: Line, cells: dict[str, str], refuse) -> None:
    for column, kind in NAME_COLUMNS.items():
        if column not in cells:
            continue
        names: dict[str, int | None] = {}
        for text in filter(None, (part.strip() for part in re.split("[;；]", cells[column]))):
            found = _NAME.fullmatch(text)
            if found is None:
                refuse(
                    _("%(column)s 的“%(value)s”看不懂，应写成“名称”或“名称[2004]”。"),
                    column=column,
                    value=text,
                )
                continue
            names[found["name"]] = int(found["year"]) if found["year"] else None
        line.names[kind] = names
