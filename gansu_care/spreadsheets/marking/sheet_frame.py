"""What stands around the rows of a sheet: its dimension, its columns, merged ranges, the drawing of its comments."""

import re

from gansu_care.spreadsheets.reading.cells import column_index, column_letter

from .tags import Element, appended, attribute, elements, is_empty_tag, replaced, with_attribute

Area = tuple[int, int, int, int]
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
# What the schema lets stand behind the drawing of comments.
_BEHIND = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
_BEFORE_COLUMNS = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr")
WIDTH = 60


def area(text: str | None) -> Area | None:
    """(top, left, bottom, right) of a reference such as A1:C5; rows from 1, columns from 0; None for whole columns."""
    found = _AREA.fullmatch(text or "")
    if not found:
        return None
    left, top, right, bottom = found.groups()
    return int(top), column_index(left), int(bottom or top), column_index(right or left)


class Head:
    """A sheet's bytes up to its first row."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        opening = next(iter(re.finditer(rb"<(?:[\w.-]+:)?worksheet\b[^>]*>", data)))
        self.attributes = opening[0]
        self.prefix = opening[0][1:].partition(b"worksheet")[0]
        self.parts = {element.name: element for element in elements(data, opening.end())}
        self.after_root = opening.end()

    def column_styles(self) -> dict[range, int]:
        """The style of the empty cells of each column that has one."""
        return {
            range(int(each.get("min") or 1) - 1, int(each.get("max") or 1)): int(each.get("style") or 0)
            for each in self._columns()
            if each.get("style")
        }

    def _columns(self) -> list[Element]:
        cols = self.parts.get("cols")
        return list(elements(self.data, cols.inner, cols.inner_end)) if cols else []

    def with_column(self, column: int) -> bytes:
        """The head when our column stands there: as wide as a sentence, never hidden."""
        changes = [*self._wider_dimension(column)]
        own = f'col min="{column + 1}" max="{column + 1}" width="{WIDTH}" customWidth="1"'.encode()
        own = b"<" + self.prefix + own + b"/>"
        cols = self.parts.get("cols")
        if cols is None:
            place = max((self.parts[name].end for name in _BEFORE_COLUMNS if name in self.parts),
                        default=self.after_root)  # fmt: skip
            changes.append((place, place, b"<%bcols>%b</%bcols>" % (self.prefix, own, self.prefix)))
        else:
            changes += self._parted(cols, column, own)
        return replaced(self.data, changes)

    def _parted(self, cols: Element, column: int, own: bytes) -> list[tuple[int, int, bytes]]:
        """A stretch of columns that ours lies in is parted in two."""
        if is_empty_tag(cols):
            return [appended(self.data, cols, own)]
        for each in self._columns():
            first, last = int(each.get("min") or 1) - 1, int(each.get("max") or 1) - 1
            if column < first:
                return [(each.start, each.start, own)]
            if column <= last:
                tag = self.data[each.start : each.end]
                left = with_attribute(tag, "max", str(column)) if first < column else b""
                right = with_attribute(tag, "min", str(column + 2)) if column < last else b""
                return [(each.start, each.end, left + own + right)]
        return [appended(self.data, cols, own)]

    def _wider_dimension(self, column: int) -> list[tuple[int, int, bytes]]:
        element = self.parts.get("dimension")
        held = area(element.get("ref")) if element else None
        if element is None or held is None or held[3] >= column:
            return []
        top, left, bottom, _right = held
        wider = f"{column_letter(left)}{top}:{column_letter(column)}{bottom}"
        tag = self.data[element.start : element.inner]
        return [(element.start, element.inner, with_attribute(tag, "ref", wider))]


class Tail:
    """A sheet's bytes from the end of its rows on."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.first = data.index(b">") + 1
        self.parts = list(elements(data, self.first))

    def _named(self, name: str) -> list[Element]:
        return [each for each in self.parts if each.name == name]

    def merges(self) -> list[Area]:
        found = (
            area(cell.get("ref"))
            for each in self._named("mergeCells")
            for cell in elements(self.data, each.inner, each.inner_end)
        )
        return [one for one in found if one]

    def filtered(self) -> list[Area]:
        """The range of the sheet's own filter."""
        return [one for each in self._named("autoFilter") if (one := area(each.get("ref")))]

    def comments_drawing(self) -> str | None:
        """The relation of the drawing of its comments (and of its form controls), if it has one."""
        found = re.search(rb"<(?:[\w.-]+:)?legacyDrawing(\s[^>]*)>", self.data)
        return attribute(found[1], "id") if found else None

    def with_comments_drawing(self, prefix: bytes, attribute_name: bytes, relation_id: str) -> bytes:
        """The tail with a reference to the drawing of its comments, where the schema wants it."""
        place = next((each.start for each in self.parts if self._belongs_behind(each)), self._end())
        tag = b'<%blegacyDrawing %b="%b"/>' % (prefix, attribute_name, relation_id.encode())
        return replaced(self.data, [(place, place, tag)])

    def _belongs_behind(self, element: Element) -> bool:
        """A choice between two contents (mc:AlternateContent) belongs where what it offers belongs."""
        if element.name != "AlternateContent":
            return element.name in _BEHIND
        offered = self.data[element.inner : element.inner_end]
        return any(re.search(rb"<(?:[\w.-]+:)?%b\b" % name.encode(), offered) for name in _BEHIND)

    def _end(self) -> int:
        return max((each.end for each in self.parts), default=self.first)
