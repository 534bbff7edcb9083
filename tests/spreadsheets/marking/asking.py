"""Orders to mark, as tests write them: which cells, which rows, in a sheet called 表."""

from typing import Any

from gansu_care.spreadsheets.marking.orders import Note, Order, ProblemRow, SheetOrder, our_heading
from gansu_care.spreadsheets.problems import ERROR, WARNING
from gansu_care.spreadsheets.reading import column_index

HEADS = ["序号", "程度", "位置", "栏目", "单元格内容", "哪里不对", "怎么改"]
WORDS = {
    "title": "问题清单",
    "moment": "2026-11-24T08:30:00.00",
    "next": "改好以后再上传。",
    "unsigned": "签名已经去掉。",
    "rebuilt": "原表是 %(kind)s 文件。",
    "refused_only": "这里只有没有导入的行。",
}


def asked(
    cells: dict[str, str],
    results: dict[int, str] | None = None,
    *,
    head: int = 1,
    name: str = "表",
    **more: Any,
) -> Order:
    """`cells`: address -> what is wrong (要… is a warning); `results`: row -> 拒绝…, 存疑… or another sentence."""
    marks = [
        (row, column, _note(text))
        for (row, column), text in ((place(at), text) for at, text in cells.items())
    ]
    sheet = SheetOrder(
        name,
        [head],
        Note("", our_heading("处理结果")),
        marks,
        {row: _result(text) for row, text in (results or {}).items()},
        **more,
    )
    return Order([sheet], [_line(name, at, text) for at, text in cells.items()], WORDS, HEADS)


def place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index(letters)


def _note(text: str) -> Note:
    return Note(WARNING if text.startswith("要") else ERROR, text)


def _result(text: str) -> Note:
    return Note({"拒": ERROR, "存": WARNING}.get(text[:1], ""), text)


def _line(sheet: str, address: str, text: str) -> ProblemRow:
    row, _column = place(address)
    level = _note(text).level
    return ProblemRow(level, "必须改", sheet, row, address.rstrip("0123456789"), "姓名", "=1+1", text, "改好")
