"""The styles of an officer's workbook, with ours appended: her cells in our colours, and the looks of our sheet.

A marked cell gets a copy of its own style with another fill. Its old fill is kept in the copy as the background of a
solid fill, which no program shows: so the colour can be taken off again, whoever has saved the file meanwhile.
"""

import re
from dataclasses import dataclass, field

from gansu_care.spreadsheets.problems import ERROR, WARNING

from .tags import Element, appended, child, children, is_empty_tag, replaced, root, with_attribute

# As the page colours them (design.css: --gc-bad-line, --gc-warn-line), strong enough for a sheet's thin grid.
COLOURS = {ERROR: "FFEFBCB6", WARNING: "FFECCE93"}
_HEAD_COLOUR = "FFF5F7FB"
_OURS = frozenset(COLOURS.values())
_COLOUR = re.compile(rb"<(?:[\w.-]+:)?(fgColor|bgColor)((?:\s[^>]*?)?)\s*/?>")
_NOTHING_BEHIND = b' indexed="64"'
_NO_LOOK = re.compile(
    rb"\s(?:applyFill=\"\w+\"|fillId=\"0\")|\s(?=/?>)"
)  # parts of a format that change nothing
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font>'
    b'<sz val="11"/><name val="\xe5\xae\x8b\xe4\xbd\x93"/><charset val="134"/></font></fonts><fills count="2"><fill>'
    b'<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
    b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


@dataclass
class _List:
    """One of the lists of styles.xml: its members as bytes, those of the file first, ours behind them."""

    element: Element
    members: list[bytes]
    own: int = 0

    def add(self, member: bytes) -> int:
        """The place of a member, which is added unless it is there."""
        if member in self.members:
            return self.members.index(member)
        self.members.append(member)
        self.own += 1
        return len(self.members) - 1


@dataclass
class Styles:
    """Places in the list of cell formats (the s of a cell), old and new."""

    xml: bytes = _EMPTY
    _places: dict[tuple[int, str], int] = field(default_factory=dict)
    _plain: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = root(self.xml)
        self.prefix = self._root.prefix
        self._fonts, self._fills, self._formats = map(self._list, ("fonts", "fills", "cellXfs"))
        ours = {place for place, fill in enumerate(self._fills.members) if _front(fill) in _OURS}
        self.marked = frozenset(
            place for place, xf in enumerate(self._formats.members) if _number(xf, "fillId") in ours
        )

    def _list(self, name: str) -> _List:
        element = child(self.xml, self._root, name)
        if element is None:
            raise ValueError(f"styles without {name}")
        return _List(element, [self.xml[each.start : each.end] for each in children(self.xml, element)])

    # --- the officer's cells

    def marked_as(self, place: int, level: str) -> int:
        """The same look on our colour."""
        key = self.plain(place), level
        if key not in self._places:
            xf = self._format(key[0])
            fill = self._fills.add(self._fill(COLOURS[level], self._behind(xf)))
            self._places[key] = self._formats.add(_with_fill(xf, fill))
        return self._places[key]

    def plain(self, place: int) -> int:
        """The look that a cell had before an earlier marking; most have had none."""
        if place not in self.marked:
            return place
        if place not in self._plain:
            xf = self._format(place)
            colours = _colours(self._fills.members[_number(xf, "fillId")])
            behind = colours.get("bgColor", _NOTHING_BEHIND).strip()
            fill = 0 if behind == _NOTHING_BEHIND.strip() else self._solid(behind)
            self._plain[place] = self._alike(_with_fill(xf, fill))
        return self._plain[place]

    def _alike(self, xf: bytes) -> int:
        """The place of a format that looks like this one, which is added where there is none."""
        wanted = _NO_LOOK.sub(b"", xf)
        for place, member in enumerate(self._formats.members):
            if _NO_LOOK.sub(b"", member) == wanted:
                return place
        return self._formats.add(xf)

    def _format(self, place: int) -> bytes:
        formats = self._formats.members
        return formats[place] if 0 <= place < len(formats) else formats[0]

    def _behind(self, xf: bytes) -> bytes:
        """The colour of the fill that ours is laid over, as attributes."""
        place = _number(xf, "fillId")
        fill = self._fills.members[place] if place < len(self._fills.members) else b""
        return _colours(fill).get("fgColor", _NOTHING_BEHIND) if b'"solid"' in fill else _NOTHING_BEHIND

    def _fill(self, colour: str, behind: bytes) -> bytes:
        return self._filled(f'rgb="{colour}"'.encode(), behind.strip())

    def _solid(self, front: bytes) -> int:
        """The place of a fill of one colour."""
        for place, fill in enumerate(self._fills.members):
            if b'"solid"' in fill and _colours(fill).get("fgColor", b"").strip() == front:
                return place
        return self._fills.add(self._filled(front, _NOTHING_BEHIND.strip()))

    def _filled(self, front: bytes, behind: bytes) -> bytes:
        p = self.prefix
        return (
            b'<%bfill><%bpatternFill patternType="solid"><%bfgColor %b/><%bbgColor %b/></%bpatternFill></%bfill>'
            % (p, p, p, front, p, behind, p, p)
        )

    # --- our sheet

    def own(self, *, bold: bool = False, link: bool = False, large: bool = False, wrap: bool = False,
            head: bool = False, level: str = "") -> int:  # fmt: skip
        """A look of our own sheet; text in it stays text even when someone edits the cell."""
        colour = COLOURS.get(level, _HEAD_COLOUR if head else "")
        fill = self._fills.add(self._fill(colour, _NOTHING_BEHIND)) if colour else 0
        font = self._fonts.add(self._font(bold=bold or large or head, link=link, size=16 if large else 11))
        xf = (
            f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="1" applyFont="1"'
            f' applyFill="1" applyAlignment="1"'
        ).encode()
        wrapped = b' wrapText="1"' if wrap or head else b""
        p = self.prefix
        return self._formats.add(
            b'<%bxf %b><%balignment vertical="center"%b/></%bxf>' % (p, xf, p, wrapped, p)
        )

    def _font(self, *, bold: bool, link: bool, size: int) -> bytes:
        pieces = ["<b/>" if bold else "", "<u/>" if link else "", f'<sz val="{size}"/>']
        pieces += [
            '<color rgb="FF2360A8"/>' if link else "",
            '<name val="&#23435;&#20307;"/><charset val="134"/>',
        ]
        content = "".join(pieces).encode().replace(b"<", b"<" + self.prefix)
        return b"<%bfont>%b</%bfont>" % (self.prefix, content, self.prefix)

    # --- the part

    def written(self) -> bytes:
        """styles.xml with what was added."""
        changes = []
        for held in (self._fonts, self._fills, self._formats):
            if held.own:
                changes.append(appended(self.xml, held.element, b"".join(held.members[-held.own :])))
                if not is_empty_tag(held.element):
                    tag = self.xml[held.element.start : held.element.inner]
                    counted = with_attribute(tag, "count", str(len(held.members)))
                    changes.append((held.element.start, held.element.inner, counted))
        return replaced(self.xml, changes)


def _number(tag: bytes, name: str) -> int:
    found = re.search(rb"\s" + name.encode() + rb"\s*=\s*[\"'](\d+)", tag.partition(b">")[0])
    return int(found[1]) if found else 0


def _with_fill(xf: bytes, fill: int) -> bytes:
    end = xf.index(b">") + 1
    tag = with_attribute(with_attribute(xf[:end], "fillId", str(fill)), "applyFill", "1")
    return tag + xf[end:]


def _colours(fill: bytes) -> dict[str, bytes]:
    """The attributes of a fill's colours by name."""
    return {found[1].decode(): found[2] for found in _COLOUR.finditer(fill)}


def _front(fill: bytes) -> str:
    found = re.search(rb"rgb=[\"'](\w+)", _colours(fill).get("fgColor", b""))
    return found[1].decode().upper() if found else ""
