"""The parts of a workbook's package that name its sheets: workbook.xml, its relations, the content types."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from .package import Package
from .relations import Relations
from .tags import appended, child, children, encoded, replaced, root

_TYPES = "[Content_Types].xml"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET, COMMENTS, STYLES = (f"{_SHEETML}.{name}+xml" for name in ("worksheet", "comments", "styles"))
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ID = re.compile(rb"\s((?:[\w.-]+:)?id)\s*=")
LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A worksheet: its name, and the path of its part."""

    name: str
    part: str


class Book:
    """The sheets of a package. `kind` begins every type of relation here: it differs in strict Open XML."""

    def __init__(self, package: Package) -> None:
        self.package = package
        found = Relations(package, "").find("officeDocument")
        if found is None:
            raise ValueError("a package without workbook")
        self.path = found.part
        self.kind = found.kind.rpartition("/")[0]
        self.relations = Relations(package, self.path)
        self.xml = package.read(self.path)
        self.strict = "purl.oclc.org" in self.kind
        self.sheets = list(self._sheets())

    def _sheets(self):
        for element in self._sheet_elements():
            relation = self.relations.by_id(element.get("id"))
            if relation and relation.kind.endswith("/worksheet"):
                yield BookSheet(element.get("name") or "", relation.part)

    def _list(self):
        held = child(self.xml, root(self.xml), "sheets")
        if held is None:
            raise ValueError("a workbook without sheets")
        return held

    def _sheet_elements(self):
        return children(self.xml, self._list())

    @property
    def namespace(self) -> str:
        """Of the sheets and everything in them."""
        end = "ooxml/spreadsheetml/main" if self.strict else "spreadsheetml/2006/main"
        return f"http://{'purl.oclc.org' if self.strict else 'schemas.openxmlformats.org'}/{end}"

    def add_sheet(self, name: str) -> str:
        """A sheet behind the last one; the path of its part, which is still to be written."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        relation = self.relations.add(f"{self.kind}/worksheet", part)
        taken = [int(each.get("sheetId") or 0) for each in self._sheet_elements()]
        last = list(self._sheet_elements())[-1]
        told = _ID.search(last.attributes)
        id_name = told[1].decode() if told else "r:id"
        tag = f'sheet name={quoteattr(self.free_sheet_name(name))} sheetId="{max(taken) + 1}" {id_name}="{relation.id}"'
        content = b"<" + last.prefix + encoded(self.xml, tag) + b"/>"
        self.xml = replaced(self.xml, [appended(self.xml, self._list(), content)])
        self.package.put(self.path, self.xml)
        self.add_type(part, SHEET)
        return part

    def free_sheet_name(self, name: str) -> str:
        """The name, or with a number behind it where a sheet is called so."""
        taken = {(each.get("name") or "").lower() for each in self._sheet_elements()}
        number, wanted = 1, name[:LONGEST_NAME]
        while wanted.lower() in taken:
            number += 1
            wanted = f"{name[: LONGEST_NAME - 4]} ({number})"
        return wanted

    # --- content types

    def add_type(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        self._add_to_types(f'Override PartName="/{part}" ContentType="{content_type}"')

    def add_default(self, extension: str, content_type: str) -> None:
        data = self.package.read(_TYPES)
        known = {(each.get("Extension") or "").lower() for each in children(data, root(data))}
        if extension not in known:
            self._add_to_types(f'Default Extension="{extension}" ContentType="{content_type}"')

    def _add_to_types(self, tag: str) -> None:
        data = self.package.read(_TYPES)
        top = root(data)
        content = b"<" + top.prefix + encoded(data, tag) + b"/>"
        self.package.put(_TYPES, replaced(data, [appended(data, top, content)]))

    def drop_part(self, part: str) -> None:
        """A part goes, and what the content types say of it."""
        self.package.drop(part)
        data = self.package.read(_TYPES)
        gone = [
            (each.start, each.end, b"")
            for each in children(data, root(data))
            if (each.get("PartName") or "").lstrip("/").lower() == part.lower()
        ]
        if gone:
            self.package.put(_TYPES, replaced(data, gone))

    def without_signature(self) -> bool:
        """A signed workbook is no longer what was signed: the signature goes. Whether there was one."""
        top = Relations(self.package, "")
        origin = top.find("origin")
        if origin is None:
            return False
        folder = origin.part.rpartition("/")[0] + "/"
        for name in self.package.names():
            if name.lower().startswith(folder.lower()):
                self.drop_part(name)
        top.remove(origin)
        return True


def relation_attribute(root_attributes: bytes) -> bytes:
    """The name of the attribute that holds a relation's id in a part, bound where the part does not bind it."""
    found = re.search(
        rb"\sxmlns:([\w.-]+)\s*=\s*[\"'][^\"']*officeDocument/(?:2006/)?relationships[\"']", root_attributes
    )
    if found:
        return found[1] + b":id"
    return f'xmlns:r="{_RELATIONSHIP}" r:id'.encode()
