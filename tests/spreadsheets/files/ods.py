"""OpenDocument spreadsheets, their content.xml written here. OpenDocument 1.3, part 3."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .archives import zipped

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = ("office", "table", "text", "style", "fo", "drawing", "datastyle")
_PREFIX = {"drawing": "draw", "datastyle": "number"}
DECLARED = (
    " ".join(
        f'xmlns:{_PREFIX.get(name, name)}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in _NAMES
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
STYLES = "".join(
    f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{display}"/>'
    "</style:style>"
    for name, display in (("shown", "true"), ("hidden", "false"))
)


def as_ods(sheets: Sequence[tuple]) -> bytes:
    """Each sheet as (name, rows, merges, state)."""
    return of_tables("".join(_table(*sheet) for sheet in sheets))


def of_tables(tables: str, before: str = "") -> bytes:
    """A document with these tables, `before` standing before them in the spreadsheet."""
    return of_content(
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}{tables}</office:spreadsheet></office:body>"
    )


def of_content(inner: str, doctype: str = "", mimetype: str = MIMETYPE) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f'<office:document-content {DECLARED} office:version="1.3">{inner}</office:document-content>'
    )
    return of_members({"content.xml": content}, mimetype)


def of_members(members: dict[str, Any], mimetype: str = MIMETYPE) -> bytes:
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest(mimetype), **members})


def manifest(mimetype: str = MIMETYPE, of_content: str = "") -> str:
    """What lies in the package; `of_content` says more of content.xml."""
    return (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{mimetype}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{of_content}'
        "</manifest:file-entry></manifest:manifest>"
    )


def rows_xml(cells: str) -> bytes:
    """A document of one sheet with these rows, as a test writes them."""
    return of_tables(f'<table:table table:name="表">{cells}</table:table>')


def _table(name: str, rows: Sequence[Sequence], merges: Sequence[tuple], state: str) -> str:
    spans = {(f - 1, left - 1): (last - f + 1, right - left + 1) for f, left, last, right in merges}
    covered = {
        (row, column)
        for f, left, last, right in merges
        for row in range(f - 1, last)
        for column in range(left - 1, right)
    } - set(spans)
    width = max(map(len, rows), default=0)
    text = f"<table:table table:name={quoteattr(name)} table:style-name={quoteattr(_STYLES_OF[state])}>"
    text += f'<table:table-column table:number-columns-repeated="{max(width, 1)}"/>'
    for number, row in enumerate(rows):
        cells = (
            "<table:covered-table-cell/>"
            if (number, column) in covered
            else _cell(row[column] if column < len(row) else None, spans.get((number, column)))
            for column in range(width)
        )
        text += f"<table:table-row>{''.join(cells)}{_BLANK_CELLS}</table:table-row>"
    return f"{text}{_BLANK_ROWS}</table:table>"


# As programs end each row and each sheet.
_BLANK_CELLS = '<table:table-cell table:number-columns-repeated="16000"/>'
_BLANK_ROWS = f'<table:table-row table:number-rows-repeated="1048000">{_BLANK_CELLS}</table:table-row>'
_STYLES_OF = {"visible": "shown", "hidden": "hidden"}


def _cell(value: Any, span: tuple[int, int] | None) -> str:
    spanned = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    if value is None:
        return f"<table:table-cell{spanned}/>"
    kind, attribute = _typed(value)
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell{spanned} office:value-type="{kind}"{attribute}>{paragraphs}</table:table-cell>'


def _typed(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", f' office:boolean-value="{str(value).lower()}"'
    if isinstance(value, int | float):
        return "float", f' office:value="{value!r}"'
    if isinstance(value, time):
        return "time", f' office:time-value="PT{value:%HH%MM%SS}"'
    if isinstance(value, date | datetime):
        return "date", f' office:date-value="{value.isoformat()}"'
    return "string", ""
