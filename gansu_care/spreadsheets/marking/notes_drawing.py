"""The boxes in which comments are shown: VML, which Excel and WPS ask for beside the comments part.

VML need not be well-formed and is not parsed: shapes are put before the end and cut out whole.
"""

import re
from collections.abc import Iterable

from gansu_care.spreadsheets.writing.sheet_columns import display_width

Place = tuple[int, int]
_NAMESPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE = re.compile(
    rb"<v:shape\b(?:(?!</v:shape>).)*?<x:ClientData[^>]*ObjectType=\"Note\".*?</v:shape>\s*", re.DOTALL
)
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)"), re.compile(rb"<x:Column>\s*(\d+)")
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_CHARACTERS, _COLUMNS, _FEWEST_LINES, _MOST_LINES = 36, 4, 3, 24


def with_boxes(vml: bytes | None, added: dict[Place, str], removed: Iterable[Place]) -> bytes:
    """The drawing with boxes for new comments; `added` gives the text, by which a box is as high as it must be."""
    drawing = vml or _EMPTY
    gone = set(removed)
    if gone:
        drawing = _SHAPE.sub(lambda found: b"" if _place(found[0]) in gone else found[0], drawing)
    end = drawing.rindex(b"</xml")
    bound = all(b'xmlns:%b="%b"' % pair in drawing for pair in _NAMESPACES.items())
    names = b"" if bound else b"".join(b' xmlns:%b="%b"' % pair for pair in _NAMESPACES.items())
    number = max([1024, *map(int, _NUMBER.findall(drawing))])
    made = [] if b'id="_x0000_t202"' in drawing else [_TYPE.replace(b" ", names + b" ", 1)]
    made += [
        _shape(number + count, place, text, names)
        for count, (place, text) in enumerate(added.items(), start=1)
    ]
    return drawing[:end] + b"".join(made) + drawing[end:]


def _place(shape: bytes) -> Place | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1])) if row and column else None


def _shape(number: int, place: Place, text: str, names: bytes) -> bytes:
    row, column = place
    lines = min(max(_lines(text) + 1, _FEWEST_LINES), _MOST_LINES)
    anchor = (
        f"{column + 1}, 15, {max(row - 2, 0)}, 10, {column + 1 + _COLUMNS}, 15, {max(row - 2, 0) + lines}, 4"
    )
    style = f"position:absolute;margin-left:80pt;margin-top:2pt;width:220pt;height:{lines * 15}pt;z-index:{number};"
    return (
        f'<v:shape{names.decode()} id="_x0000_s{number}" type="#_x0000_t202" style="{style}visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black"'
        ' obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _lines(text: str) -> int:
    return sum(1 + display_width(line) // _CHARACTERS for line in text.split("\n"))
