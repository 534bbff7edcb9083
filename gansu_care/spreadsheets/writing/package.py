"""The fixed parts of an xlsx package: content types, relations, styles, the frame of a sheet."""

import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from .sheet_columns import DATE, DECIMAL, ID, INT, MOMENT, MONEY, SheetColumn, letter

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

# Places in cellXfs below. GUARDED text carries quotePrefix: it stays text even when someone edits the cell.
PLAIN, HEAD, ID_STYLE, GUARDED = 0, 1, 2, 3
STYLES = {INT: 4, DECIMAL: 5, MONEY: 6, DATE: 7, MOMENT: 8}
# Number formats of Excel's own list, and ours from 164 on.
_FORMATS = [(ID_STYLE, 49), (GUARDED, 0), (4, 1), (5, 0), (6, 4), (7, 164), (8, 165)]

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
SHEET_NAME_LIMIT = 31


def sheet_title(name: str, place: int = 0) -> str:
    """A name that Excel takes: none of []:*?/\\, at most 31 characters; the second and later ones are numbered."""
    suffix = f" ({place + 1})" if place else ""
    clean = _NOT_IN_SHEET_NAMES.sub(" ", name).strip("' ") or "Sheet"
    return clean[: SHEET_NAME_LIMIT - len(suffix)].strip("' ") + suffix


def sheet_opening(columns: list[SheetColumn], head_rows: int) -> str:
    """Everything of a sheet before its first row: head frozen, widths, hidden columns, ID columns as text."""
    pane = (
        f'<pane ySplit="{head_rows}" topLeftCell="A{head_rows + 1}" activePane="bottomLeft" state="frozen"/>'
    )
    cols = "".join(_column(index, column) for index, column in enumerate(columns, start=1))
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        f'<sheetView workbookViewId="0">{pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/>'
        f"<cols>{cols}</cols><sheetData>"
    )


def _column(index: int, column: SheetColumn) -> str:
    style = f' style="{ID_STYLE}"' if column.kind == ID else ""
    hidden = ' hidden="1"' if column.hidden else ""
    return (
        f'<col min="{index}" max="{index}" width="{column.characters:.1f}" customWidth="1"{style}{hidden}/>'
    )


def sheet_closing(merges: list[str], footer: str, header: str = "") -> str:
    """Everything behind the last row: merged headings, A4 across, who exported it (at the head of a page, its foot)."""
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    head, left = (escape(text.replace("&", "＆")) for text in (header, footer))
    head = f"<oddHeader>&amp;C{head}</oddHeader>" if head else ""
    foot = f"<headerFooter>{head}<oddFooter>&amp;L{left}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    return (
        f'</sheetData>{merged}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>{foot}</worksheet>'
    )


def finish(archive: zipfile.ZipFile, sheet_names: list[str], head_rows: int) -> None:
    """The parts that can be written only when the sheets are known."""
    numbers = range(1, len(sheet_names) + 1)
    archive.writestr("[Content_Types].xml", _content_types(numbers))
    archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers] + [
        ("styles", "styles.xml")
    ]
    archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
    archive.writestr("xl/workbook.xml", _workbook(sheet_names, head_rows))
    archive.writestr("xl/styles.xml", _styles())


def _workbook(names: list[str], head_rows: int) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    # Headings are printed on every page.
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">{_quoted(name)}!$1:${head_rows}</definedName>'
        for index, name in enumerate(names)
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def _quoted(name: str) -> str:
    return escape("'" + name.replace("'", "''") + "'")


def _content_types(numbers: range) -> str:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{sheet}.worksheet+xml"/>'
        for number in numbers
    )
    return (
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{sheet}.styles+xml"/>{overrides}</Types>'
    )


def _relations(parts: list[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{made}</Relationships>'


_PLAIN_LOOK = 'fontId="0" fillId="0" borderId="0" xfId="0"'


def _styles() -> str:
    xfs = f'<xf numFmtId="0" {_PLAIN_LOOK}/>'
    xfs += (
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"'
        ' applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    )
    for place, number_format in _FORMATS:
        guard = ' quotePrefix="1"' if place in (ID_STYLE, GUARDED) else ""
        xfs += f'<xf numFmtId="{number_format}" {_PLAIN_LOOK} applyNumberFormat="1"{guard}/>'
    font = '<font>{}<sz val="11"/><name val="宋体"/><charset val="134"/></font>'
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        f'<fonts count="2">{font.format("")}{font.format("<b/>")}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFF5F7FB"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/>'
        '<top style="thin"/><bottom style="thin"/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 + len(_FORMATS)}">{xfs}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


__all__ = ["finish", "letter", "sheet_closing", "sheet_opening", "sheet_title"]
