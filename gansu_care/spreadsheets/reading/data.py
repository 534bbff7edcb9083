"""The rows below a header, each told for what it is: data, total, note, repeated heading, or blank.

Nothing ends the data. County sheets carry 小计 between townships, 合计 above the first row or below the last, and notes
in the middle; so every row is judged by what stands in it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from .cells import Cell, ErrorValue, is_blank, shown
from .facts import facts_in
from .header import Header, HeaderColumn, is_number_row, units_in
from .headings import normalise_heading
from .sheets import Sheet

Row = tuple[int, list[Cell]]

_TOTAL = re.compile(
    r".{0,14}?(?:合计|总计|小计|共计|总合计)(?:[:：]?\(?[0-9.,]*(?:人|名|个|台|元|万元|户)?\)?)?[:：]?"
)
_NOTE = re.compile(r"(?:注|说明|备注|附注|填表说明|填报说明|注意事项)[0-9]*\s*[:.、]")
_SIGNATURE = re.compile(
    r"(?:填表人|填报人|制表人|经办人|审核人|复核人|单位负责人|负责人|主要领导|分管领导|填报单位|填表单位|填报日期|填表日期"
    r"|填表时间|填报时间|联系电话|联系人|单位公章|盖章)\s*(?:\([^()]*\)\s*)?(?::.*|$)",
    re.DOTALL,
)
_FIRST = 3  # filled cells of a row: in these a total says that it is one
_EXAMPLE = ("示例", "样例")
_FEW = 2


def _is_example(value: Cell) -> bool:
    return isinstance(value, str) and value.strip(" 　:：（）()") in _EXAMPLE


@dataclass(slots=True)
class Data:
    """The rows of one sheet. Row numbers are those of the sheet; values stand as in `header.columns`.

    `totals`: (row number, label, values). `notes`: (row number, text). `repeated`: rows that only repeat the header, or
    show how to fill the form (its first cell says 示例).
    `facts`: what the lines below the table say (填表人, 填报日期 …).
    """

    rows: list[Row] = field(default_factory=list)
    totals: list[tuple[int, str, list[Cell]]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    blanks: int = 0
    facts: dict[str, object] = field(default_factory=dict)

    def column(self, index: int) -> list[Cell]:
        """The cells of one column of all data rows."""
        return [values[index] for _number, values in self.rows]


def data_rows(sheet: Sheet, header: Header) -> Data:
    """All rows after the header, parted. Merged cells are filled downwards inside their range only."""
    return _Parting(sheet, header).run()


class _Parting:
    def __init__(self, sheet: Sheet, header: Header):
        self.sheet, self.header = sheet, header
        self.width = len(header.columns)
        self.first = header.header_rows[-1]
        self.named = [column.index for column in header.columns if column.field and not is_serial(column)]
        self.head_texts = [
            _texts(sheet.rows[number - 1]) for number in header.header_rows if number <= len(sheet.rows)
        ]
        self.above = {
            text for row in sheet.rows[: header.header_rows[0] - 1] for text in _texts(row).values()
        }
        self.wide = self._wide_rows()
        self.down = self._downward()
        self.data = Data()
        self.after_note = False

    def run(self) -> Data:
        note_rows = []
        for number in range(self.first + 1, len(self.sheet.rows) + 1):
            row = self._fit(self.sheet.rows[number - 1])
            filled = list(islice(_filled(row), _FIRST))
            kind = self._kind(number, row, filled)
            self.after_note = kind == "note" or (self.after_note and kind == "blank")
            if kind == "note":
                note_rows.append(row)
            self._keep(kind, number, row, filled)
        self.data.facts = facts_in(note_rows)
        return self.data

    def _keep(self, kind: str, number: int, row: list, filled: list[int]) -> None:
        if kind == "data":
            self.data.rows.append((number, self._with_merged(number, row)))
        elif kind == "blank":
            self.data.blanks += 1
        elif kind == "total":
            self.data.totals.append((number, self._total_label(row, filled) or "", row))
        elif kind == "note":
            self.data.notes.append((number, " ".join(shown(row[index]) for index in _filled(row))))
        else:
            self.data.repeated.append(number)

    def _fit(self, row: list) -> list:
        return row if len(row) == self.width else (row + [None] * self.width)[: self.width]

    # --- judging

    def _kind(self, number: int, row: list, filled: list[int]) -> str:
        """`filled`: the first filled cells; of the others nothing needs to be known but whether there are any."""
        if not filled:
            return "blank"
        if self._total_label(row, filled) is not None:
            return "total"
        if self._is_note(number, row, filled):
            return "note"
        if self._is_repeated(row, filled) or _is_example(row[filled[0]]):
            return "repeated"
        return "data" if any(self._known(row)) else "blank"

    def _known(self, row: list) -> Iterator[bool]:
        """True for each cell of a recognised column that says something."""
        return (True for index in self.named if _says_something(row[index]))

    def _total_label(self, row: list, filled: list[int]) -> str | None:
        for index in filled:
            value = row[index]
            if isinstance(value, str) and "计" in value:
                text = "".join(unicodedata.normalize("NFKC", value).split())
                if _TOTAL.fullmatch(text):
                    return text
        return None

    def _is_note(self, number: int, row: list, filled: list[int]) -> bool:
        first = row[filled[0]]
        if not isinstance(first, str):
            return False
        text = unicodedata.normalize("NFKC", first).strip()
        if _NOTE.match(text) or _SIGNATURE.fullmatch(text):
            return True
        if len(filled) == 1 and (number in self.wide or "".join(first.split()) in self.above):
            return True
        return self.after_note and len(filled) <= _FEW and sum(self._known(row)) < _FEW

    def _is_repeated(self, row: list, filled: list[int]) -> bool:
        if is_number_row(row) or units_in(row):
            return True
        if len(filled) < _FEW or not isinstance(row[filled[0]], str):
            return False
        start = "".join(row[filled[0]].split())
        heads = [head for head in self.head_texts if head.get(filled[0]) == start]
        return bool(heads) and any(_texts(row).items() <= head.items() for head in heads)

    # --- merged cells

    def _wide_rows(self) -> set[int]:
        """Rows in which one merged cell covers at least half of the recognised columns: a caption, not data."""
        wide = set()
        for first, left, last, right in self.sheet.merges:
            if first != last or right - left < 2:
                continue
            covered = sum(1 for index in self.named if left - 1 <= index < right)
            if covered * 2 >= len(self.named):
                wide.add(first)
        return wide

    def _downward(self) -> dict[int, list[tuple[int, Cell]]]:
        """By row: the cells that a merged cell further up fills."""
        filled: dict[int, list[tuple[int, Cell]]] = {}
        for first, left, last, _right in self.sheet.merges:
            if first <= self.first or last == first or left > self.width or first > len(self.sheet.rows):
                continue
            value = self._fit(self.sheet.rows[first - 1])[left - 1]
            for number in range(first + 1, min(last, len(self.sheet.rows)) + 1):
                filled.setdefault(number, []).append((left - 1, value))
        return filled

    def _with_merged(self, number: int, row: list) -> list:
        cells = self.down.get(number)
        if not cells:
            return row
        row = list(row)
        for index, value in cells:
            if row[index] is None:
                row[index] = value
        return row


def is_serial(column: HeaderColumn) -> bool:
    """Rows are often numbered before they are filled: a number alone is no data."""
    return normalise_heading(column.heading) in ("序号", "序", "编号", "no", "no.")


def _filled(row: list) -> Iterator[int]:
    return (index for index, value in enumerate(row) if value is not None and not is_blank(value))


def _says_something(value: Cell) -> bool:
    """Formulas drawn down past the last row leave errors behind: they are no data either."""
    return value is not None and not is_blank(value) and not isinstance(value, ErrorValue)


def _texts(row: list) -> dict[int, str]:
    return {index: "".join(shown(value).split()) for index, value in enumerate(row) if not is_blank(value)}
