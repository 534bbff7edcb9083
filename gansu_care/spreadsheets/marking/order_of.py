"""What an upload's check found, as an order to mark its file: every text in the reader's language."""

import json
from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gansu_care.spreadsheets.columns.cell_text import DITTO_WORDS
from gansu_care.spreadsheets.form_columns import path_of
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import HeadingChoice, MendedRow, Outcome, ProblemLevel, Upload
from gansu_care.spreadsheets.problems import ERROR, WARNING, Problem
from gansu_care.spreadsheets.reading import column_index
from gansu_care.spreadsheets.rows import HOLDING

from .orders import Note, Order, ProblemRow, SheetOrder, our_heading

LEVELS = {Outcome.REFUSED: ERROR, Outcome.DOUBTFUL: WARNING}
KEPT_OUT = frozenset(LEVELS)
_TOLD = 3  # problems named in our column; the list and the comments tell them all


def order_of(upload: Upload, *, refused_only: bool = False) -> Order:
    """The order for the whole file, or for a workbook of its refused rows alone."""
    problems = [stored.problem for stored in upload.problems.order_by("order").iterator(chunk_size=2000)]
    sheets = {order.name: order for order in _sheet_orders(upload)}
    told = _told_of_rows(problems)
    mended = _mended(upload)
    for sheet, row, outcome, changes in _outcomes(upload):
        if order := sheets.get(sheet):
            text = _result(outcome, told.pop((sheet, row), []), changes)
            if headings := mended.get((sheet, row)):
                text = _("%(result)s；在网页上改过：%(headings)s") % {"result": text, "headings": headings}
            if refused_only:
                text = _("第 %(row)s 行　%(result)s") % {"row": row, "result": text}
            order.results[row] = Note(LEVELS.get(Outcome(outcome), ""), text)
            if outcome in KEPT_OUT:
                order.refused.append(row)
    for problem in problems:
        if order := sheets.get(problem.sheet):
            _mark(order, problem)
    _say_of_other_rows(sheets, told)
    rows = [_line(problem) for problem in problems]
    return Order(list(sheets.values()), rows, _words(), _heads(), refused_only, DITTO_WORDS)


def _sheet_orders(upload: Upload) -> Iterator[SheetOrder]:
    kind, heading = kind_of(upload.kind), Note("", our_heading(_("处理结果")))
    remembered = HeadingChoice.objects.said_by(upload.division)
    for sheet in upload.sheets:
        if sheet.get("imported") and sheet.get("header_rows"):
            resource = kind.resource(sheet["resource"])()
            own = {path: name for (code, path), name in remembered.items() if code == resource.code and name}
            vocabulary = own | resource.vocabulary
            yield SheetOrder(sheet["name"], sheet["header_rows"], heading, vocabulary=vocabulary)


def _outcomes(upload: Upload) -> Iterator[tuple[str, int, str, list[str]]]:
    """(sheet, row, outcome, headings of what would change) of each row that was read."""
    kind = kind_of(upload.kind)
    fields = {resource.code: resource().fields for resource in kind.resources}
    rows = upload.staged.only("sheet", "row", "outcome", "resource", "changes_json")
    for staged in rows.iterator(chunk_size=2000):
        changed = staged.outcome == Outcome.CHANGED and staged.changes_json
        names = [change["field"] for change in json.loads(staged.changes_json)] if changed else []
        named = fields[staged.resource]
        labels = [path_of(named[name]) if name in named else name for name in names]
        yield staged.sheet, staged.row, staged.outcome, labels


def _mended(upload: Upload) -> dict[tuple[str, int], str]:
    """Rows that were mended on a page: the headings of the cells that were typed anew. The file has them as sent."""
    found = {}
    for row in MendedRow.objects.filter(upload=upload):
        columns = upload.columns.get(str(row.sheet_no), [])
        headings = [columns[place][1] for place in sorted(row.cells) if place < len(columns)]
        found[upload.sheets[row.sheet_no]["name"], row.row] = _("、").join(headings)
    return found


# --- what is said


def _result(outcome: str, told: list[Problem], changes: list[str]) -> str:
    """新增：登记册里还没有; 拒绝：身份证号：末位校验不对 …"""
    said = [_said(problem) for problem in told]
    if outcome in KEPT_OUT:
        keeping = [_said(one) for one in told if one.is_error or one.code in HOLDING]
        sentence = _listed(keeping or said)
    elif outcome == Outcome.CHANGED:
        sentence = _("、").join(changes)
    elif outcome == Outcome.NEW:
        sentence = _("登记册里还没有")
    else:
        sentence = _("和登记册一样")
    if said and outcome not in KEPT_OUT:
        sentence = _("%(sentence)s；要确认：%(said)s") % {"sentence": sentence, "said": _listed(said)}
    return _("%(outcome)s：%(sentence)s") % {"outcome": Outcome(outcome).label, "sentence": sentence}


def _listed(said: list[str]) -> str:
    listed = _("；").join(said[:_TOLD])
    left = len(said) - _TOLD
    return listed if left <= 0 else _("%(listed)s；另有 %(n)s 处") % {"listed": listed, "n": left}


def _said(problem: Problem) -> str:
    if not problem.heading:
        return problem.message
    return _("%(heading)s：%(message)s") % {"heading": problem.heading, "message": problem.message}


def _comment(problem: Problem) -> Note:
    words = {
        "level": ProblemLevel(problem.level).label,
        "message": problem.message,
        "advice": problem.remedy,
    }
    if not words["advice"]:
        return Note(problem.level, _("%(level)s：%(message)s") % words)
    return Note(problem.level, _("%(level)s：%(message)s\n怎么改：%(advice)s") % words)


def _line(problem: Problem) -> ProblemRow:
    return ProblemRow(
        problem.level,
        str(ProblemLevel(problem.level).label),
        problem.sheet,
        problem.row,
        problem.column,
        problem.heading,
        problem.value,
        problem.message,
        problem.remedy,
    )


# --- where it is said


def _told_of_rows(problems: list[Problem]) -> dict[tuple[str, int], list[Problem]]:
    told: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row:
            told[problem.sheet, problem.row].append(problem)
    return told


def _mark(order: SheetOrder, problem: Problem) -> None:
    """A cell is coloured; what concerns a column is said at its heading."""
    if not problem.column:
        return
    row, column = problem.row or _row_of_heading(order, problem.heading), column_index(problem.column)
    order.cells.append((row, column, _comment(problem)))
    if problem.code.startswith("E_DITTO"):
        order.own_dittos.add((row, column))


def _row_of_heading(order: SheetOrder, heading: str) -> int:
    """父亲情况/姓名 stands in the second of two rows of headings."""
    return order.header_rows[min(heading.count("/"), len(order.header_rows) - 1)]


def _say_of_other_rows(sheets: dict[str, SheetOrder], told: dict[tuple[str, int], list[Problem]]) -> None:
    """What is wrong in a row that is no data, such as a total, and in no one cell of it."""
    for (sheet, row), problems in told.items():
        said = [_said(problem) for problem in problems if not problem.column]
        if said and sheet in sheets:
            sheets[sheet].results[row] = Note(problems[0].level, _listed(said))


def _heads() -> list[str]:
    return [
        _("序号"),
        _("程度"),
        pgettext("表格", "位置"),
        _("栏目"),
        _("单元格内容"),
        _("哪里不对"),
        _("怎么改"),
    ]


def _words() -> dict[str, str]:
    return {
        "title": _("问题清单"),
        "moment": f"{timezone.now():%Y-%m-%dT%H:%M:%S}.00",
        "next": _("改好涂色的格子，保存后可以直接再上传。这张清单、“处理结果”一列和批注不会当作数据。"),
        "unsigned": _("原表有数字签名。加了标注，签名就不再有效，已经去掉。"),
        "rebuilt": _(
            "原表是 %(kind)s 文件，这里换成了 Excel 工作簿（.xlsx）：内容、合并单元格、列宽和格式都在，"
            "公式换成了算出的结果；图表、图片和宏没有带过来。"
        ),
        "refused_only": _("这里只有没有导入的行。问题里提到的行号，是原表的行号。"),
    }
