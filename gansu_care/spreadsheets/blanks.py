"""The empty form of each kind, made from the resource's columns, so that it cannot be out of step with them.

Sheet by sheet: the form (one for each resource), 填表说明, a hidden 代码 that feeds the drop-downs. The form has the
title and the lines above the table that the reader understands, a heading row (two where columns are grouped), and
one row marked 示例, which the reader leaves out. Digits that are names (ID numbers, phones) and all other text are
formatted as text before anybody types, so that Excel changes none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import below
from gansu_care.spreadsheets.columns import BoolColumn, ChoiceColumn, MultiChoiceColumn
from gansu_care.spreadsheets.file_names import safe_name
from gansu_care.spreadsheets.form_columns import FormColumn, form_columns
from gansu_care.spreadsheets.kinds import Kind
from gansu_care.spreadsheets.places import PlaceColumn
from gansu_care.spreadsheets.writing.package import sheet_title
from gansu_care.spreadsheets.writing.reports import put
from gansu_care.spreadsheets.writing.sheet_columns import DATE, ID, INT, MONEY, TEXT, groups

TITLE_ROW, FACTS_ROW, HEAD_ROW = 1, 2, 3
PREPARED_ROWS = 5_000  # rows with drop-downs below the example
MOST_DIVISIONS = 200
NUMBER_FORMATS = {TEXT: "@", ID: "@", DATE: "yyyy\\-mm\\-dd", INT: "0", MONEY: "#,##0.00"}
THIN = Border(*[Side(style="thin", color="B8C2CC")] * 4)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
REQUIRED, OPTIONAL = PatternFill("solid", fgColor="FDECC8"), PatternFill("solid", fgColor="EEF2F7")
GREY = Font(color="6B7280", italic=True)
EXAMPLE = "示例"  # the reader knows it by this word, in every language


@dataclass(frozen=True)
class Blank:
    """An empty form as a file."""

    name: str
    content: bytes


def blank_workbook(kind: Kind, division: Division | None) -> Blank:
    """The form of a kind for a unit; the drop-downs offer the unit's own townships or counties."""
    book = Workbook()
    book.remove(book.active)
    codes = _Codes(division)
    resources = [resource() for resource in kind.resources]
    for resource in resources:
        _write_form(book, resource, _title(kind, resource, division), codes)
    _write_explanations(book, resources)
    codes.write(book)
    file = BytesIO()
    book.save(file)
    return Blank(safe_name(_("%(title)s模板") % {"title": kind.title}, "xlsx"), file.getvalue())


def _title(kind: Kind, resource: Any, division: Division | None) -> str:
    place = division.label if division else ""
    title = kind.title if len(kind.resources) == 1 else resource.title
    return _("%(place)s%(title)s") % {"place": place, "title": title}


# --- the form ------------------------------------------------------------------------------------------------------


def _write_form(book: Workbook, resource: Any, title: str, codes: "_Codes") -> None:
    columns = form_columns(resource)
    sheet = book.create_sheet(sheet_title(str(resource.title)))
    _write_top(sheet, title, len(columns), codes.division)
    first = _write_head(sheet, columns)
    _write_example(sheet, columns, first)
    for place, column in enumerate(columns, start=1):
        _prepare(sheet, place, column, first, codes)
    sheet.freeze_panes = f"C{first}"
    _print_setup(sheet, first)


def _write_top(sheet: Worksheet, title: str, width: int, division: Division | None) -> None:
    """Title and the facts that the reader takes from the lines above a table."""
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    put(sheet.cell(TITLE_ROW, 1), title)
    sheet.cell(TITLE_ROW, 1).font = Font(size=16, bold=True)
    sheet.cell(TITLE_ROW, 1).alignment = Alignment(horizontal="left", vertical="center")
    sheet.row_dimensions[TITLE_ROW].height = 28
    today = timezone.localdate().isoformat()
    unit = division.name if division else ""
    # Chinese whatever the page's language: the reader knows these lines by their words.
    put(sheet.cell(FACTS_ROW, 1), f"填报单位：{unit}　　填报日期：{today}　　填表人：")


def _write_head(sheet: Worksheet, columns: list[FormColumn]) -> int:
    """Write the heading rows; returns the row below them."""
    sheets = [column.sheet for column in columns]
    grouped = any(str(column.group) for column in sheets)
    last = HEAD_ROW + 1 if grouped else HEAD_ROW
    if grouped:
        for group, left, right in groups(sheets):
            bottom = HEAD_ROW if group else last
            if right > left or bottom > HEAD_ROW:
                sheet.merge_cells(
                    start_row=HEAD_ROW, end_row=bottom, start_column=left + 1, end_column=right + 1
                )
            put(sheet.cell(HEAD_ROW, left + 1), group or sheets[left].heading)
    for place, column in enumerate(columns, start=1):
        if not grouped or str(column.sheet.group):
            put(sheet.cell(last, place), column.sheet.heading)
        for row in range(HEAD_ROW, last + 1):
            cell = sheet.cell(row, place)
            cell.font, cell.alignment, cell.border = Font(bold=True), CENTRED, THIN
            cell.fill = REQUIRED if column.required else OPTIONAL
        sheet.row_dimensions[last].height = 32
    return last + 1


def _write_example(sheet: Worksheet, columns: list[FormColumn], row: int) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row, place)
        put(cell, EXAMPLE if place == 1 else column.example)
        cell.font, cell.border = GREY, THIN


def _prepare(sheet: Worksheet, place: int, column: FormColumn, first: int, codes: "_Codes") -> None:
    """Width, format, hiding, note and drop-down of one column."""
    letter = get_column_letter(place)
    shape = sheet.column_dimensions[letter]
    shape.width, shape.hidden = column.sheet.characters, column.sheet.hidden
    shape.number_format = NUMBER_FORMATS.get(column.sheet.kind, "General")
    sheet.cell(first, place).number_format = shape.number_format
    if column.hint and not column.sheet.hidden:
        note = Comment(column.hint, "")
        note.width, note.height = 260, 90
        sheet.cell(first - 1, place).comment = note
    area = f"{letter}{first + 1}:{letter}{first + PREPARED_ROWS}"
    validation = codes.validation(column.source)
    if validation is not None:
        validation.add(area)
        sheet.add_data_validation(validation)


def _print_setup(sheet: Worksheet, first: int) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{first - 1}"


# --- drop-downs ----------------------------------------------------------------------------------------------------


class _Codes:
    """The hidden sheet 代码: one column a list; columns with the same answers share one."""

    def __init__(self, division: Division | None) -> None:
        self.division = division
        self.lists: dict[tuple[str, ...], str] = {}
        self._places: list[str] | None = None

    def answers(self, column: Any) -> list[str]:
        """What may stand in a cell, where that is a list; empty where anything may."""
        if isinstance(column, BoolColumn):
            return ["是", "否"]
        if isinstance(column, ChoiceColumn):
            return list(column.labels.values())
        return self.places(column) if isinstance(column, PlaceColumn) else []

    def places(self, column: PlaceColumn) -> list[str]:
        """Divisions of the level that the column asks for, inside the unit; none where they are too many."""
        if self.division is None:
            return []
        inside = below(self.division).order_by("code")
        if column.level:
            inside = inside.filter(level=column.level)
        found = [
            one.name if one.level == Level.TOWNSHIP else one.full_name for one in inside[: MOST_DIVISIONS + 1]
        ]
        return found if len(found) <= MOST_DIVISIONS else []

    def validation(self, column: Any) -> DataValidation | None:
        answers = self.answers(column)
        if not answers or isinstance(column, MultiChoiceColumn):
            return None
        area = self.lists.setdefault(tuple(answers), get_column_letter(len(self.lists) + 1))
        made = DataValidation(
            type="list", formula1=f"代码!${area}$1:${area}${len(answers)}", allow_blank=True
        )
        # A word of the office's own is asked about and not forbidden: the upload understands many.
        made.errorStyle, made.showErrorMessage = "warning", True
        made.errorTitle, made.error = _("不在选项里"), _("下拉选项里没有这一项。仍要保留吗？")
        return made

    def write(self, book: Workbook) -> None:
        sheet = book.create_sheet("代码")
        sheet.sheet_state = "hidden"
        for answers, letter in self.lists.items():
            for row, answer in enumerate(answers, start=1):
                put(sheet[f"{letter}{row}"], answer)


# --- how to fill it in ---------------------------------------------------------------------------------------------


def _write_explanations(book: Workbook, resources: Iterable[Any]) -> None:
    sheet = book.create_sheet("填表说明")
    rows: list[list[Any]] = [[line] for line in _advice()]
    rows.append([])
    for resource in resources:
        rows += [[str(resource.title)], [_("栏目"), _("必填"), _("怎么填"), _("可以填的值"), _("示例")]]
        rows += [_explained(column) for column in form_columns(resource)[1:] if not column.sheet.hidden]
        rows.append([])
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            put(cell, value)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            cell.font = Font(bold=len(row) == 1 or row[0] == _("栏目"))
    for letter, width in zip("ABCDE", (26, 8, 52, 52, 24), strict=True):
        sheet.column_dimensions[letter].width = width


def _advice() -> list[str]:
    return [
        _("黄色的栏目必须填，灰色的没有就空着。"),
        _("“示例”那一行不会导入，可以留着，也可以删掉。"),
        _("每行填一条记录，不要合并数据行的单元格；栏目的先后可以调换，用不到的可以删掉。"),
        _("空着的格子不会清除登记册里已有的内容；要清除，请填“清空”。"),
        _("身份证号、电话的格子已设为文本，请直接录入，不要改成数字。"),
    ]


def _explained(column: FormColumn) -> list[str]:
    answers = _Codes(None).answers(column.source)
    listed = _("、").join(answers)
    if isinstance(column.source, MultiChoiceColumn):
        listed = _("可以填几个，用顿号隔开：%(answers)s") % {"answers": listed}
    return [
        column.path,
        _("必填") if column.required else _("选填"),
        column.hint or _usual_hint(column),
        listed,
        column.example_text,
    ]


def _usual_hint(column: FormColumn) -> str:
    hints = {
        DATE: _("公历日期，如 2015-07-23"),
        MONEY: _("金额，以元为单位，两位小数"),
        ID: _("文本格式，照原件录入"),
        INT: _("整数"),
    }
    return hints.get(column.sheet.kind, "")
