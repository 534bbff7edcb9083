"""A table of figures as plain values: the one thing that feeds the page, the print, the workbook and the JSON.

    Table("T2", _("各市州留守儿童人数"), stub=_("市州"), columns=[
        Column("total", (_("合计"),), unit=_("名")),
        Column("boys", (_("其中"), _("男"))),
        Column("girls", (_("其中"), _("女"))),
    ], rows=[Row(_("全省"), [Cell(128, url), Cell(70), Cell(58)], is_sum=True), …])

Neighbours with the same upper heading share one merged heading. A cell of None is “not applicable” and shows as —;
zero is 0. Rows know nothing of Excel or HTML: the renderers do (writing/, components/paper_table.html).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gansu_care.pages.wording import day, money, number, percent

Words = str | Promise
Value = int | Decimal | str | date | Promise | None

TEXT, INT, MONEY, PERCENT, DATE, DECIMAL = "text", "int", "money", "percent", "date", "decimal"
KINDS = (TEXT, INT, MONEY, PERCENT, DATE, DECIMAL)
NOT_APPLICABLE = "—"
WITHHELD = "*"  # the value of a cell that these readers are not told


class NotAligned(ValueError):
    """A row has not one cell for each column."""


@dataclass(frozen=True)
class Column:
    """One column. `headings` from top to bottom; `kind` says how its cells are read; percent values are in percent."""

    key: str
    headings: tuple[Words, ...]
    kind: str = INT
    unit: Words = ""


@dataclass(frozen=True)
class Cell:
    """One figure. `url` opens the rows behind it; `kind` differs from the column's in tables of mixed indicators."""

    value: Value
    url: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One line. `level` 1 and more is indented (其中); a section is a heading across the table and has no cells."""

    label: Words
    cells: Sequence[Cell] = ()
    level: int = 0
    is_sum: bool = False
    is_section: bool = False


@dataclass(frozen=True)
class Check:
    """One sum that must hold, in words, and by how much it misses."""

    text: Words
    holds: bool
    difference: int | Decimal = 0


@dataclass(frozen=True)
class Heading:
    """One cell of the head as it is drawn: `span` columns wide, `depth` rows deep, from `column` (0: the stub)."""

    text: Words
    column: int
    span: int = 1
    depth: int = 1


@dataclass(frozen=True)
class Chart:
    """A bar chart of some columns, drawn from the table's plain rows (neither sums nor sections)."""

    keys: tuple[str, ...]
    title: Words = ""


@dataclass(frozen=True)
class Table:
    """`number` is the stable name ("T1"); `stub` heads the column of row labels; `unit` holds for the whole table.

    `cut_off` is the day at whose end stocks are counted, `rule` the definition they are counted by; both are printed.
    Raises NotAligned.
    """

    number: str
    title: Words
    columns: Sequence[Column]
    rows: Sequence[Row]
    stub: Words = ""
    unit: Words = ""
    notes: Sequence[Words] = ()
    checks: Sequence[Check] = ()
    cut_off: date | None = None
    rule: Words = ""
    chart: Chart | None = None

    def __post_init__(self) -> None:
        for row in self.rows:
            if not row.is_section and len(row.cells) != len(self.columns):
                raise NotAligned(
                    f"{self.number} {row.label}: {len(row.cells)} cells, {len(self.columns)} columns"
                )

    @property
    def width(self) -> int:
        """Columns with the stub."""
        return len(self.columns) + 1

    @property
    def depth(self) -> int:
        """Rows of the head."""
        return max((len(column.headings) for column in self.columns), default=1)

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)

    @property
    def label(self) -> str:
        """表1, Table 1."""
        return _("表%(number)s") % {"number": self.number.removeprefix("T")}

    @property
    def basis(self) -> str:
        """Cut-off and rule in one line, as they are printed under the title; empty where the table has neither."""
        parts = []
        if self.cut_off:
            parts.append(_("数据截止：%(day)s 24时") % {"day": day(self.cut_off)})
        if self.rule:
            parts.append(_("口径：%(rule)s") % {"rule": self.rule})
        return "　".join(parts)

    def kind(self, index: int, cell: Cell) -> str:
        return cell.kind or self.columns[index].kind

    def plain_rows(self) -> list[Row]:
        """The rows that stand for themselves: neither sums, nor parts of another row, nor section headings."""
        return [row for row in self.rows if not (row.is_sum or row.is_section or row.level)]

    def heads(self) -> list[list[Heading]]:
        """The head row by row, merged cells once, the stub first."""
        rows: list[list[Heading]] = [[] for _row in range(self.depth)]
        rows[0].append(Heading(self.stub, 0, 1, self.depth))
        for heading, level in self._merged(0, range(len(self.columns))):
            rows[level].append(heading)
        return rows

    def _merged(self, level: int, indexes: Sequence[int]) -> Iterator[tuple[Heading, int]]:
        for group in self._groups(level, indexes):
            headings = self.columns[group[0]].headings
            is_last = level == len(headings) - 1
            depth = self.depth - level if is_last else 1
            yield Heading(headings[level], group[0] + 1, len(group), depth), level
            if not is_last:
                yield from self._merged(level + 1, group)

    def _groups(self, level: int, indexes: Sequence[int]) -> list[list[int]]:
        """Neighbouring columns under one heading; a column's own, last heading stands alone."""
        groups: list[list[int]] = []
        for index in indexes:
            headings = self.columns[index].headings
            before = self.columns[groups[-1][-1]].headings if groups else ()
            is_own = len(headings) == level + 1
            if groups and not is_own and len(before) > level + 1 and before[level] == headings[level]:
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; money and other decimals are strings, so that none is rounded; dates are ISO."""
        return {
            "number": self.number,
            "title": str(self.title),
            "unit": str(self.unit),
            "cut_off": self.cut_off.isoformat() if self.cut_off else None,
            "rule": str(self.rule),
            "columns": [
                {
                    "key": c.key,
                    "headings": [str(text) for text in c.headings],
                    "kind": c.kind,
                    "unit": str(c.unit),
                }
                for c in self.columns
            ],
            "rows": [self._row_json(row) for row in self.rows],
            "notes": [str(note) for note in self.notes],
            "checks": [
                {"text": str(c.text), "holds": c.holds, "difference": plain(c.difference)}
                for c in self.checks
            ],
        }

    def _row_json(self, row: Row) -> dict[str, Any]:
        cells = {column.key: plain(cell.value) for column, cell in zip(self.columns, row.cells, strict=False)}
        return {
            "label": str(row.label),
            "level": row.level,
            "is_sum": row.is_sum,
            "is_section": row.is_section,
            "cells": cells,
        }

    def as_paper(self) -> dict[str, Any]:
        """The context of components/paper_table.html."""
        return {
            "number": self.label,
            "title": self.title,
            "unit": self.unit,
            "width": self.width,
            "head": [
                [{"text": h.text, "colspan": h.span, "rowspan": h.depth} for h in head]
                for head in self.heads()
            ],
            "rows": [self._row_on_paper(row) for row in self.rows],
            "notes": self.notes,
            "checks": [{"ok": check.holds, "text": check_text(check)} for check in self.checks],
        }

    def _row_on_paper(self, row: Row) -> dict[str, Any]:
        kind = "section" if row.is_section else "sum" if row.is_sum else "of" if row.level else ""
        cells = [self._cell_on_paper(index, cell) for index, cell in enumerate(row.cells)]
        return {"kind": kind, "label": row.label, "cells": cells}

    def _cell_on_paper(self, index: int, cell: Cell) -> dict[str, Any]:
        kind = self.kind(index, cell)
        looks = {TEXT: "text", DATE: "mid"}.get(kind, "num")
        return {"text": shown(cell.value, kind), "url": cell.url, "kind": looks}

    def as_chart(self) -> dict[str, Any] | None:
        """The context of components/chart.html, or None where the table asks for no chart."""
        if self.chart is None:
            return None
        wanted = [index for index, column in enumerate(self.columns) if column.key in self.chart.keys]
        return {
            "id": f"chart-{self.number.lower()}",
            "keys": [self.columns[index].key for index in wanted],
            "title": self.chart.title or self.title,
            "unit": self.unit,
            "heads": [self.stub, *(self.columns[index].headings[-1] for index in wanted)],
            "rows": [
                [row.label, *(_drawn(row.cells[index].value) for index in wanted)]
                for row in self.plain_rows()
            ],
            "kinds": " ".join("bar" for _index in wanted),
        }


def _drawn(value: Value) -> Value:
    """What is withheld is left out of a chart."""
    return None if value == WITHHELD else value


def check_text(check: Check) -> str:
    """A check that holds is its own words; one that fails says by how much."""
    if check.holds:
        return str(check.text)
    return _("%(text)s，相差 %(difference)s") % {"text": check.text, "difference": _exact(check.difference)}


def _exact(value: int | Decimal) -> str:
    return money(value) if isinstance(value, Decimal) else number(value)


def shown(value: Value, kind: str) -> str:
    """A value as it stands on page and paper: 1,248; 21,800,000.00; 8.2; 2015-07-23; — for not applicable."""
    if value is None:
        return NOT_APPLICABLE
    if value == WITHHELD:
        return WITHHELD
    if kind == DATE and isinstance(value, date):
        return day(value)
    if kind == MONEY:
        return money(value)
    if kind == PERCENT:
        return percent(value).removesuffix("%")
    if kind == INT:
        return number(value)
    return number(value, 2) if kind == DECIMAL else str(value)


def plain(value: Value) -> Any:
    """A JSON value: decimals as strings, dates in ISO, lazy words in the active language."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | Promise) else value
