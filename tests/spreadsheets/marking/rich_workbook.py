"""A workbook such as an office keeps for years, part by part as Excel writes it: formulas with their results, a chart,
a text box, a picture, data bars, drop-downs, comments of its own, macros. None of it can be had from a library whole.

    data = rich_workbook([child_row(), …])        the table begins in row 4
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from gansu_care.spreadsheets.reading import column_letter
from tests.uploading import CHILD_HEAD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
SHEET = "登记表"
TITLE_ROW, FACTS_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4
PLAIN, TITLE, HEAD, TEXT, DATE, YELLOW = range(6)
MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8
# What an officer wrote beside two cells.
OFFICERS_COMMENTS = {"B4": "和户口本核对过", "B6": "待核"}


def rich_workbook(
    rows: Sequence[Sequence[Any]],
    *,
    head: Sequence[str] = CHILD_HEAD,
    macros: bool = False,
    threaded: bool = False,
    strict: bool = False,
    signed: bool = False,
    more: dict[str, bytes] | None = None,
) -> bytes:
    """`more`: further parts, or others in place of those."""
    book = _Rich(rows, head)
    parts = book.parts(macros=macros, threaded=threaded)
    if signed:
        parts |= _signature(parts)
    if strict:
        parts = {name: _in_strict(content) for name, content in parts.items()}
    return zipped(parts | (more or {}))


def _in_strict(content: bytes) -> bytes:
    return content.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(
        OFFICE.encode(), STRICT_OFFICE.encode()
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    """As Excel packs: deflated, with data descriptors; pictures stored; one entry for a folder."""
    stream = BytesIO()
    with zipfile.ZipFile(_Unseekable(stream), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 9, 1, 8, 30, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            with archive.open(entry, "w", force_zip64=name.endswith("theme1.xml")) as part:
                part.write(content)
        archive.writestr(zipfile.ZipInfo("xl/media/", (2024, 9, 1, 8, 30, 0)), b"")
    return stream.getvalue()


class _Unseekable:
    """A stream that cannot go back, so that sizes follow their parts."""

    def __init__(self, stream: BytesIO) -> None:
        self.write, self.flush = stream.write, stream.flush


class _Rich:
    def __init__(self, rows: Sequence[Sequence[Any]], head: Sequence[str]) -> None:
        self.rows, self.head = rows, head
        self.strings: list[str] = []
        self.used = 0
        self.last = column_letter(len(head) - 1)
        self.last_row = FIRST_ROW + len(rows) - 1

    def parts(self, *, macros: bool, threaded: bool) -> dict[str, bytes]:
        sheet = self.sheet()
        parts = {
            "[Content_Types].xml": content_types(macros=macros, threaded=threaded),
            "_rels/.rels": relations(
                (f"{OFFICE}/officeDocument", "xl/workbook.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{OFFICE}/extended-properties", "docProps/app.xml"),
            ),
            "xl/workbook.xml": self.workbook(),
            "xl/_rels/workbook.xml.rels": relations(
                (f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
                (f"{OFFICE}/worksheet", "worksheets/sheet2.xml"),
                (f"{OFFICE}/worksheet", "worksheets/sheet3.xml"),
                (f"{OFFICE}/theme", "theme/theme1.xml"),
                (f"{OFFICE}/styles", "styles.xml"),
                (f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
                (f"{OFFICE}/calcChain", "calcChain.xml"),
                *(
                    [("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")]
                    * macros
                ),
                *([(f"{_THREADS}/person", "persons/person.xml")] * threaded),
            ),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                (f"{OFFICE}/drawing", "../drawings/drawing1.xml"),
                (f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml"),
                (f"{OFFICE}/comments", "../comments1.xml"),
                (f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin"),
                *([(f"{_THREADS}/threadedComment", "../threadedComments/threadedComment1.xml")] * threaded),
            ),
            "xl/worksheets/sheet2.xml": _small_sheet("填表说明：照户口本填写。"),
            "xl/worksheets/sheet3.xml": _small_sheet("男"),
            "xl/theme/theme1.xml": XML.encode() + b'<a:theme xmlns:a="urn:a" name="Office"/>',
            "xl/styles.xml": STYLES.encode(),
            "xl/sharedStrings.xml": self.shared_strings(),
            "xl/calcChain.xml": f'{XML}<calcChain xmlns="{MAIN}"><c r="A4" i="1"/></calcChain>'.encode(),
            "xl/drawings/drawing1.xml": DRAWING.encode(),
            "xl/drawings/_rels/drawing1.xml.rels": relations(
                (f"{OFFICE}/chart", "../charts/chart1.xml"), (f"{OFFICE}/image", "../media/image1.png")
            ),
            "xl/drawings/vmlDrawing1.vml": (VML_OF_A_THREAD if threaded else VML).encode(),
            "xl/charts/chart1.xml": self.chart(),
            "xl/media/image1.png": picture(),
            "xl/comments1.xml": comments(threaded=threaded),
            "xl/printerSettings/printerSettings1.bin": bytes(range(200)),
            "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>'.encode(),
            "docProps/app.xml": f"{XML}<Properties><Application>Microsoft Excel</Application></Properties>".encode(),
        }
        if macros:
            parts["xl/vbaProject.bin"] = MACROS
        if threaded:
            parts["xl/threadedComments/threadedComment1.xml"] = THREAD.encode()
            parts["xl/persons/person.xml"] = PERSONS.encode()
        return parts

    def workbook(self) -> bytes:
        return (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="x15"'
            ' xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><fileVersion appName="xl"/>'
            '<workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice Requires="x15">'
            '<x15ac:absPath url="D:\\" xmlns:x15ac="urn:absPath"/></mc:Choice></mc:AlternateContent>'
            '<bookViews><workbookView xWindow="0" yWindow="0" activeTab="0"/></bookViews><sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/><sheet name="填表说明" sheetId="4" r:id="rId2"/>'
            '<sheet name="代码" sheetId="5" state="hidden" r:id="rId3"/></sheets><definedNames>'
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{SHEET}!$A$3:${self.last}$'
            f'{self.last_row}</definedName><definedName name="性别">代码!$A$1:$A$2</definedName></definedNames>'
            '<calcPr calcId="191029"/></workbook>'
        ).encode()

    # --- the sheet

    def sheet(self) -> bytes:
        width = len(self.head)
        rows = [self.row(TITLE_ROW, ["临洮县农村留守儿童基本情况登记表"], TITLE)]
        rows.append(
            self.row(FACTS_ROW, ["填报单位：临洮县妇联", None, None, "填报日期：2026年9月1日"], PLAIN)
        )
        rows.append(self.row(HEAD_ROW, self.head, HEAD))
        rows += [self.data_row(FIRST_ROW + place, row) for place, row in enumerate(self.rows)]
        rows.append(self.total_row(self.last_row + 1))
        rows.append(self.row(self.last_row + 2, ["填表人：李晓梅"], PLAIN))
        reach = f"A1:{self.last}{self.last_row + 2}"
        return (
            f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="x14ac xr"'
            ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
            ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
            f'<sheetPr><tabColor rgb="FF2360A8"/></sheetPr><dimension ref="{reach}"/><sheetViews><sheetView'
            ' tabSelected="1" workbookViewId="0"><pane xSplit="2" ySplit="3" topLeftCell="C4"'
            ' activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
            '<sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/>'
            '<cols><col min="1" max="1" width="6" customWidth="1"/><col min="2" max="2" width="12" customWidth="1"/>'
            f'<col min="6" max="6" width="22" style="{TEXT}" customWidth="1"/>'
            f'<col min="{width + 1}" max="16384" width="9" hidden="1"/></cols>'
            f"<sheetData>{''.join(rows)}</sheetData>"
            '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0"/>'
            f'<autoFilter ref="A3:{self.last}{self.last_row}"/>'
            f'<mergeCells count="1"><mergeCell ref="A1:{self.last}1"/></mergeCells>'
            f'<conditionalFormatting sqref="A4:A{self.last_row}"><cfRule type="dataBar" priority="1"><dataBar>'
            '<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>'
            '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C4:C99">'
            "<formula1>性别</formula1></dataValidation></dataValidations>"
            '<hyperlinks><hyperlink ref="A2" location="填表说明!A1" display="填表说明"/></hyperlinks>'
            '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" r:id="rId4"/>'
            '<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'
            '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"'
            ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings/>'
            "</ext></extLst></worksheet>"
        ).encode()

    def row(self, number: int, values: Sequence[Any], style: int) -> str:
        cells = "".join(
            self.cell(number, place, value, style) for place, value in enumerate(values) if value is not None
        )
        spans = f'spans="1:{len(self.head)}" x14ac:dyDescent="0.2"'
        return f'<row r="{number}" {spans} ht="18" customHeight="1">{cells}</row>'

    def data_row(self, number: int, values: Sequence[Any]) -> str:
        """序号 is counted by a formula, whose result stands beside it."""
        first = f'<c r="A{number}" s="{PLAIN}"><f>ROW()-{HEAD_ROW}</f><v>{number - HEAD_ROW}</v></c>'
        cells = [first]
        for place, value in enumerate(values[1:], start=1):
            style = YELLOW if place == 2 else TEXT if place == 5 else PLAIN
            if value is not None:
                cells.append(self.cell(number, place, value, style))
            elif place == 5:  # a cell with a look and nothing in it
                cells.append(f'<c r="{column_letter(place)}{number}" s="{style}"/>')
        return f'<row r="{number}" spans="1:{len(self.head)}" x14ac:dyDescent="0.2">{"".join(cells)}</row>'

    def total_row(self, number: int) -> str:
        count = f'<c r="B{number}" s="{HEAD}"><f>COUNTA(B4:B{self.last_row})</f><v>{len(self.rows)}</v></c>'
        return f'<row r="{number}">{self.cell(number, 0, "合计", HEAD)}{count}</row>'

    def cell(self, number: int, place: int, value: Any, style: int) -> str:
        address = f'r="{column_letter(place)}{number}" s="{style}"'
        if isinstance(value, int | float):
            return f"<c {address}><v>{value!r}</v></c>"
        if value.startswith("="):
            return f'<c {address} t="e"><f>{escape(value[1:])}</f><v>#N/A</v></c>'
        return f'<c {address} t="s"><v>{self.shared(value)}</v></c>'

    def shared(self, text: str) -> int:
        self.used += 1
        if text not in self.strings:
            self.strings.append(text)
        return self.strings.index(text)

    def shared_strings(self) -> bytes:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.strings)
        return f'{XML}<sst xmlns="{MAIN}" count="{self.used}" uniqueCount="{len(self.strings)}">{items}</sst>'.encode()

    def chart(self) -> bytes:
        return (CHART % f"{SHEET}!$A$4:$A${self.last_row}").encode()


def relations(*targets: tuple[str, str]) -> bytes:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'.encode()


def content_types(*, macros: bool, threaded: bool) -> bytes:
    main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else f"{_SHEETML}.sheet.main+xml"
    overrides = {
        "xl/workbook.xml": main,
        **{f"xl/worksheets/sheet{number}.xml": f"{_SHEETML}.worksheet+xml" for number in (1, 2, 3)},
        "xl/styles.xml": f"{_SHEETML}.styles+xml",
        "xl/sharedStrings.xml": f"{_SHEETML}.sharedStrings+xml",
        "xl/calcChain.xml": f"{_SHEETML}.calcChain+xml",
        "xl/comments1.xml": f"{_SHEETML}.comments+xml",
        "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
        "xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    }
    if threaded:
        overrides["xl/threadedComments/threadedComment1.xml"] = (
            "application/vnd.ms-excel.threadedcomments+xml"
        )
        overrides["xl/persons/person.xml"] = "application/vnd.ms-excel.person+xml"
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "bin": "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    }
    ends = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items())
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{ends}{listed}</Types>'.encode()


def comments(*, threaded: bool) -> bytes:
    texts = dict(OFFICERS_COMMENTS)
    authors = ["李晓梅"]
    if threaded:
        authors.append(f"tc={_THREAD_ID}")
        texts["C5"] = "[Threaded comment]\n\nComment:\n    性别要核对"
    listed = "".join(
        f'<comment ref="{ref}" authorId="{len(authors) - 1 if ref == "C5" else 0}" shapeId="0"><text>'
        f'<t xml:space="preserve">{text}</t></text></comment>'
        for ref, text in texts.items()
    )
    named = "".join(f"<author>{author}</author>" for author in authors)
    return (
        f'{XML}<comments xmlns="{MAIN}"><authors>{named}</authors><commentList>{listed}</commentList></comments>'
    ).encode()


def picture() -> bytes:
    """A picture of one red dot."""
    rows = zlib.compress(b"\0\xc4\x16\x1c")
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    made = (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _small_sheet(text: str) -> bytes:
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
        "</sheetData></worksheet>"
    ).encode()


def _signature(parts: dict[str, bytes]) -> dict[str, bytes]:
    """As Excel signs: an origin that the package points at, and the signature behind it."""
    signatures = f"{PACKAGE}/relationships/digital-signature"
    origin = f'<Relationship Id="rId9" Type="{signatures}/origin" Target="_xmlsignatures/origin.sigs"/>'
    types = (
        '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
        '<Override PartName="/_xmlsignatures/sig1.xml"'
        ' ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/></Types>'
    )
    return {
        "_rels/.rels": parts["_rels/.rels"].replace(
            b"</Relationships>", f"{origin}</Relationships>".encode()
        ),
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", types.encode()),
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/_rels/origin.sigs.rels": relations((f"{signatures}/signature", "sig1.xml")),
        "_xmlsignatures/sig1.xml": f"{XML}<Signature/>".encode(),
    }


_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_THREAD_ID = "{A0B1C2D3-0000-4000-8000-000000000001}"
_PERSON_ID = "{A0B1C2D3-0000-4000-8000-000000000002}"

THREAD = (
    f'{XML}<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="C5" dT="2026-09-01T08:30:00.00"'
    f' personId="{_PERSON_ID}" id="{_THREAD_ID}"><text>性别要核对</text></threadedComment></ThreadedComments>'
)
PERSONS = (
    f'{XML}<personList xmlns="{_THREADED}"><person displayName="李晓梅" id="{_PERSON_ID}" userId="x"'
    ' providerId="None"/></personList>'
)
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}" xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="x14ac"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
    '<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font>'
    '<font><b/><sz val="16"/><name val="宋体"/><charset val="134"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="7" tint="0.59999389629810485"/><bgColor indexed="64"/>'
    "</patternFill></fill></fills>"
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/>'
    '<right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"><alignment vertical="center"/></xf>'
    '</cellStyleXfs><cellXfs count="6">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"><alignment horizontal="center"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"><protection locked="0"/></xf>'
    '<xf numFmtId="176" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="1" xfId="0" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font>'
    '<color rgb="FF9C0006"/></font></dxf></dxfs></styleSheet>'
)
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
CHART = (
    f'{XML}<c:chartSpace xmlns:c="{_DRAWINGML}/chart" xmlns:a="{_DRAWINGML}/main"><c:chart><c:plotArea><c:layout/>'
    '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val>'
    '<c:numRef><c:f>%s</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    '<c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
    "</c:plotArea></c:chart></c:chartSpace>"
)


def _anchored(column: int, content: str) -> str:
    places = "".join(
        f"<xdr:{end}><xdr:col>{column + right}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{end}>"
        for end, right, row in (("from", 0, 12), ("to", 3, 22))
    )
    return f"<xdr:twoCellAnchor>{places}{content}<xdr:clientData/></xdr:twoCellAnchor>"


_FRAME = '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_TEXT_BOX = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    f"<xdr:spPr><a:xfrm>{_FRAME}</a:xfrm>{_RECTANGLE}</xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>"
    "<a:t>请于每月五日前报送</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
_CHART_FRAME = (
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="图表 1"/><xdr:cNvGraphicFramePr/>'
    f'</xdr:nvGraphicFramePr><xdr:xfrm>{_FRAME}</xdr:xfrm><a:graphic><a:graphicData uri="{_DRAWINGML}/chart">'
    f'<c:chart xmlns:c="{_DRAWINGML}/chart" xmlns:r="{OFFICE}" r:id="rId1"/></a:graphicData></a:graphic>'
    "</xdr:graphicFrame>"
)
_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="图片 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip xmlns:r="{OFFICE}" r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
    f"<xdr:spPr><a:xfrm>{_FRAME}</a:xfrm>{_RECTANGLE}</xdr:spPr></xdr:pic>"
)
DRAWING = (
    f'{XML}<xdr:wsDr xmlns:xdr="{_DRAWINGML}/spreadsheetDrawing" xmlns:a="{_DRAWINGML}/main">'
    f"{_anchored(1, _TEXT_BOX)}{_anchored(5, _CHART_FRAME)}{_anchored(9, _PICTURE)}</xdr:wsDr>"
)
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style=\'position:absolute;visibility:hidden\'><br>'
    '<x:ClientData ObjectType="Note"><x:Anchor>2, 15, 2, 10, 4, 15, 6, 4</x:Anchor><x:Row>{row}</x:Row>'
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" path="m,l,21600r21600,l21600,xe"/>'
    + _BOX.format(number=1025, row=3, column=1)
    + _BOX.format(number=1026, row=5, column=1)
    + '<v:shape id="_x0000_s1030" type="#_x0000_t201"><x:ClientData ObjectType="Button"><x:FmlaMacro>[0]!报送'
    "</x:FmlaMacro></x:ClientData></v:shape></xml>"
)
VML_OF_A_THREAD = VML.replace("</xml>", _BOX.format(number=1040, row=4, column=2) + "</xml>")
