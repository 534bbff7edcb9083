"""A workbook of Open XML written anew from what was read of another file: values, merged cells, widths, formats."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from gansu_care.spreadsheets.reading.cells import EmptyFormula, ErrorValue, column_letter, shown
from gansu_care.spreadsheets.reading.sheets import VISIBLE, Merge
from gansu_care.spreadsheets.writing.cell_text import clean
from gansu_care.spreadsheets.writing.package import MAIN, OFFICE, RELATIONS, TYPES, XML
from gansu_care.spreadsheets.writing.sheet_columns import display_width

from .looks import DAY, MOMENT, NOTHING, NewStyles

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_NARROWEST, _WIDEST, _ROWS_TO_MEASURE = 7, 42, 300
_RETURN = {"\r": "&#13;"}  # a parser would read it as a line end
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass
class PlainSheet:
    """One sheet to be written. `style_of` gives the style of a cell (row and column from 0), None for the usual one."""

    name: str
    rows: Sequence[Sequence]
    merges: Sequence[Merge] = ()
    state: str = VISIBLE
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    style_of: Callable[[int, int], int | None] | None = None
    # How many columns have a look, whether something stands in them or not.
    reach: int = 0

    def measured(self) -> dict[int, float]:
        """The width of each column: the file's own, else by what stands in it; a title does not count."""
        rows = self.rows[:_ROWS_TO_MEASURE]
        filled = [sum(value is not None for value in row) for row in rows]
        most = max(filled, default=0)
        found: dict[int, float] = {}
        for row, count in zip(rows, filled, strict=True):
            if count * 2 >= most:
                for place, value in enumerate(row):
                    if value is not None:
                        found[place] = max(found.get(place, _NARROWEST), min(_wide(value) + 2, _WIDEST))
        reach = max(map(len, self.rows), default=0)
        return found | {place: width for place, width in self.widths.items() if place < reach}


def _wide(value: object) -> int:
    return max((display_width(line) for line in shown(value).split("\n")), default=0)


def written(sheets: Sequence[PlainSheet], *, epoch1904: bool, styles: str = "") -> bytes:
    """The workbook as a file. `styles`: the whole styles part, when the file had looks of its own."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, sheet in enumerate(sheets, start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for piece in _sheet_xml(sheet, _EPOCH_1904 if epoch1904 else _EPOCH):
                    part.write(piece.encode())
        _finish(archive, sheets, epoch1904, styles or NewStyles().written())
    return file.getvalue()


def _sheet_xml(sheet: PlainSheet, epoch: datetime) -> Iterator[str]:
    cols = "".join(
        f'<col min="{place + 1}" max="{place + 1}" width="{width:.2f}" customWidth="1"/>'
        for place, width in sorted(sheet.measured().items())
    )
    yield f'{XML}<worksheet xmlns="{MAIN}">{f"<cols>{cols}</cols>" if cols else ""}<sheetData>'
    letters: list[str] = []
    for number, row in enumerate(sheet.rows):
        width = max(len(row), sheet.reach)
        letters += [column_letter(place) for place in range(len(letters), width)]
        high = sheet.heights.get(number)
        tall = f' ht="{high:.2f}" customHeight="1"' if high else ""
        cells = "".join(_cells(sheet, number, row, width, letters, epoch))
        if cells or tall:
            yield f'<row r="{number + 1}"{tall}>{cells}</row>'
    merged = "".join(
        f'<mergeCell ref="{column_letter(left - 1)}{top}:{column_letter(right - 1)}{bottom}"/>'
        for top, left, bottom, right in sheet.merges
    )
    yield f"</sheetData>{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"


def _cells(
    sheet: PlainSheet, number: int, row: Sequence, width: int, letters: list[str], epoch: datetime
) -> Iterator[str]:
    for place in range(width):
        value = row[place] if place < len(row) else None
        style = sheet.style_of(number, place) if sheet.style_of else None
        if value is None and not style:
            continue
        if style is None:
            style = _usual_style(value)
        yield f'<c r="{letters[place]}{number + 1}" s="{style}"{_content(value, epoch)}'


def _usual_style(value: object) -> int:
    if isinstance(value, datetime):
        return MOMENT
    return DAY if isinstance(value, date) else NOTHING


def _content(value: object, epoch: datetime) -> str:
    """The rest of a cell: what kind of value it holds, and the value as it will be read again."""
    if value is None:
        return "/>"
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(clean(value), _RETURN)}</t></is></c>'
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, ErrorValue):
        return f' t="e"><v>{escape(value.text)}</v></c>'
    if value is EmptyFormula:
        return '><f>""</f></c>'
    if isinstance(value, date):
        return f"><v>{_serial(value, epoch)}</v></c>"
    return f"><v>{value!r}</v></c>"


def _serial(day: date, epoch: datetime) -> str:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    since = moment.replace(tzinfo=None) - epoch
    # Excel's first day is 1 January 1900, and it counts a 29 February that year.
    early = epoch.year == 1899 and moment < datetime(1900, 3, 1)
    whole = since.days - early
    return f"{whole + since.seconds / 86400:.9f}".rstrip("0").rstrip(".") if since.seconds else str(whole)


def _finish(archive: zipfile.ZipFile, sheets: Sequence[PlainSheet], epoch1904: bool, styles: str) -> None:
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"'
        f'{"" if sheet.state == VISIBLE else f" state={quoteattr(sheet.state)}"} r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    dates = '<workbookPr date1904="1"/>' if epoch1904 else ""
    archive.writestr(
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{dates}<sheets>{listed}</sheets></workbook>',
    )
    relations = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    archive.writestr("xl/_rels/workbook.xml.rels", _relations([*relations, ("styles", "styles.xml")]))
    archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
    archive.writestr("xl/styles.xml", styles)
    parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    parts += [(f"worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_SHEET_TYPE}.{kind}+xml"/>' for part, kind in parts
    )
    archive.writestr(
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
    )


def _relations(parts: list[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{made}</Relationships>'
