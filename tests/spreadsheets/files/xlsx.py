"""Workbooks of Office Open XML: by openpyxl, or with a sheet's XML as a test writes it."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from .archives import with_parts

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xlsx(sheets: Sequence[tuple], epoch: Any = None) -> bytes:
    """Each sheet as (name, rows, merges, state)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch:
        book.epoch = epoch
    for name, rows, merges, state in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
        for first, left, last, right in merges:
            sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    return saved(book)


def one_sheet(*rows: list) -> bytes:
    return as_xlsx([("表", rows, [], "visible")])


def sheet_xml(cells: str, prefix: str = "", after: str = "", parts: dict[str, Any] | None = None) -> bytes:
    """A workbook whose only sheet holds these rows; `prefix` as in <x:c>, `after` stands behind the rows."""
    declared = f'xmlns:{prefix[:-1]}="{NAMESPACE}"' if prefix else f'xmlns="{NAMESPACE}"'
    xml = f"<{prefix}worksheet {declared}><{prefix}sheetData>{cells}</{prefix}sheetData>{after}</{prefix}worksheet>"
    return with_parts(one_sheet(["姓名"]), {SHEET: xml, **(parts or {})})


def shared(*texts: str) -> dict[str, str]:
    """The part of the shared strings."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return {"xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{items}</sst>'}
