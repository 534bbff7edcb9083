"""The columns of a resource as a workbook that goes out shows them: heading, kind of cell, what an officer is told."""

from dataclasses import dataclass
from typing import Any

from gansu_care.spreadsheets.columns import (
    Column,
    DateColumn,
    MoneyColumn,
    NumberColumn,
    PhoneColumn,
    QuantityColumn,
)
from gansu_care.spreadsheets.writing.sheet_columns import DATE, DECIMAL, ID, INT, MONEY, TEXT, SheetColumn

SERIAL = "序号"
HIDDEN = ("number", "version")


@dataclass(frozen=True)
class FormColumn:
    """One column of the form. `source` is the resource's own column, None for 序号."""

    name: str
    sheet: SheetColumn
    source: Column | None = None
    required: bool = False

    @property
    def hint(self) -> str:
        return str(self.source.hint) if self.source else ""

    @property
    def example(self) -> Any:
        return self.source.example if self.source else ""

    @property
    def example_text(self) -> str:
        return str(self.example)

    @property
    def path(self) -> str:
        """父亲情况/姓名."""
        parts = (str(part) for part in (self.sheet.group, self.sheet.heading))
        return "/".join(part for part in parts if part)


def form_columns(resource: Any) -> list[FormColumn]:
    """序号, then every column that an officer fills in, in the order of the resource."""
    serial = FormColumn("", SheetColumn(SERIAL, INT, width=7))
    shown = resource.export_columns().items()
    return [serial, *(_form_column(name, column) for name, column in shown if name not in HIDDEN)]


def export_columns(columns: dict[str, Column]) -> list[SheetColumn]:
    """How the columns of an export (`resource.export_columns`) stand in a sheet; record number and version hidden."""
    return [
        SheetColumn(column.column_name, cell_kind(column), column.group, hidden=name in HIDDEN)
        for name, column in columns.items()
    ]


def chosen_columns(resource: Any, names: set[str]) -> dict[str, Column]:
    """The columns of an export as far as they were asked for; record number and version always are."""
    shown = resource.export_columns().items()
    return {name: column for name, column in shown if name in names or name in HIDDEN}


def _form_column(name: str, column: Column) -> FormColumn:
    sheet = SheetColumn(column.column_name, cell_kind(column), column.group)
    return FormColumn(name, sheet, column, column.required)


def cell_kind(column: Column) -> str:
    """How the cells of a column are stored. What is sealed or a phone is digits that are a name: always text."""
    if column.sealed or isinstance(column, PhoneColumn):
        return ID
    if isinstance(column, MoneyColumn):
        return MONEY
    if isinstance(column, QuantityColumn):
        return DECIMAL
    if isinstance(column, NumberColumn):
        return DECIMAL if column.places else INT
    return DATE if isinstance(column, DateColumn) else TEXT


def path_of(column: Any) -> str:
    """父亲情况/姓名: a heading under another says nothing alone."""
    return f"{column.group}/{column.label}" if column.group else str(column.label)
