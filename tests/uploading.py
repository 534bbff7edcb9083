"""Workbooks as county officers make them, and the way of an upload without its queue.

upload = checked(officer, xlsx([CHILD_HEAD, a_child_row()]), "children")
applied(upload, officer)
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlwt

from children.models import Child
from children.resident_id import check_digit
from gansu_care.spreadsheets.models import Upload
from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive
from gansu_care.spreadsheets.uploads.receiving import Declaration

Row = Sequence[Any]


def no_progress(*args: Any, **kwargs: Any) -> None:
    """Nobody watches."""


def id_number(first17: str) -> str:
    """A number nobody has: 620100… with its check digit."""
    return first17 + check_digit(first17)


# --- files


def xlsx(*sheets: Sequence[Row], names: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """Each argument is a sheet, a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(names[place] if place < len(names) else f"Sheet{place + 1}")
        for row in rows:
            sheet.append(list(row))
        if sheet.title in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(rows: Sequence[Row], name: str = "Sheet1") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(number, place, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(rows: Sequence[Row], encoding: str = "gb18030") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


# --- the way of an upload


def checked(user: Any, data: bytes, kind: str, *, consent: tuple | None = None, **options: Any) -> Upload:
    """Hand in a file and check it (again, if it was applied before); the upload as it stands afterwards."""
    declaration = Declaration(*consent) if consent else None
    name = options.pop("name", "表格.xlsx")
    received = receive(data, name, kind, user, consent=declaration, again=True, queue=False, **options)
    check_upload(received.upload.pk, no_progress)
    return fresh(received.upload)


def applied(upload: Upload, user: Any, *, good_rows: bool = False) -> Upload:
    """Confirm with all warnings acknowledged, and apply."""
    confirm(upload, user, good_rows=good_rows, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, no_progress)
    return fresh(upload)


def written(user: Any, data: bytes, kind: str, *, good_rows: bool = False, **options: Any) -> Upload:
    """From file to register."""
    return applied(checked(user, data, kind, **options), user, good_rows=good_rows)


def fresh(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def counts(upload: Upload) -> dict[str, int]:
    """The outcomes that occur."""
    named = {name: getattr(upload, name) for name in ("new", "changed", "same", "doubtful", "refused")}
    return {name: count for name, count in named.items() if count}


def changed_fields(upload: Upload) -> list[str]:
    return [change["field"] for row in upload.staged.filter(outcome="changed") for change in row.changes]


def codes(upload: Upload) -> list[str]:
    """The codes of the problems, in the order of the file."""
    return list(upload.problems.values_list("code", flat=True))


def places(upload: Upload) -> list[str]:
    """Cell and code: C7 E_CODE_UNKNOWN."""
    return [f"{one.column}{one.row or ''} {one.code}" for one in upload.problems.all()]


# --- children

CHILD_HEAD = [
    "序号", "姓名", "性别", "民族", "出生日期", "身份证号", "乡镇", "村", "就学情况", "年级", "父亲姓名", "父亲状态",
    "父亲电话", "母亲姓名", "母亲状态", "照护人姓名", "与儿童关系", "照护人电话", "监护类型", "是否取得同意", "同意人",
    "同意人身份", "同意日期",
]  # fmt: skip
A_CHILD = {
    "序号": 1, "姓名": "王小花", "性别": "女", "民族": "汉族", "出生日期": "2015-09-01",
    "身份证号": id_number("62010020150901002"),
    "乡镇": "洮阳镇", "村": "南门村", "就学情况": "小学", "年级": "三年级", "父亲姓名": "王大山",
    "父亲状态": "外出务工",
    "父亲电话": "13800000000", "母亲姓名": "李秀兰", "母亲状态": "外出务工", "照护人姓名": "李桂英",
    "与儿童关系": "祖母",
    "照护人电话": "13800000001", "监护类型": "较好", "是否取得同意": "是", "同意人": "王大山", "同意人身份": "父母",
    "同意日期": "2026-08-01",
}  # fmt: skip


def child_row(head: Sequence[str] = CHILD_HEAD, **cells: Any) -> list[Any]:
    """王小花's row, other cells by their headings."""
    values = A_CHILD | cells
    return [values.get(name) for name in head]


def children_rows(*rows: dict[str, Any], head: Sequence[str] = CHILD_HEAD) -> list[list[Any]]:
    """Headings and one row for each dict of cells that differ from 王小花's."""
    return [list(head), *(child_row(head, **row) for row in rows)]


def children_file(*rows: dict[str, Any], head: Sequence[str] = CHILD_HEAD) -> bytes:
    return xlsx(children_rows(*rows, head=head))


def child_numbered(place: int, **cells: Any) -> dict[str, Any]:
    """Another child for each place: name and ID number differ."""
    day = f"2015{place % 12 + 1:02d}{place % 28 + 1:02d}"
    names = "花草树木山水云月风雨"
    name = "王小" + names[place // 10 % 10] + names[place % 10]
    number = id_number(f"620100{day}{place * 2 % 1000:03d}")
    return {"姓名": name, "出生日期": f"{day[:4]}-{day[4:6]}-{day[6:]}", "身份证号": number} | cells


def registered(officer: Any, **cells: Any) -> Child:
    """王小花 in the register, other cells as given."""
    written(officer, children_file(cells), "children")
    return Child.objects.latest("pk")
