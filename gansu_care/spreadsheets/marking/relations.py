"""The relations of one part to others, as its .rels says; parts are named by their path in the package."""

import posixpath
from dataclasses import dataclass

from .package import Package
from .tags import appended, children, encoded, replaced, root

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the whole type; `part` the target's path; empty for what lies outside the package."""

    id: str
    kind: str
    part: str


class Relations:
    """Relations of `part`; the empty path stands for the package itself."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        folder, file = posixpath.split(part)
        self.path = posixpath.join(folder, "_rels", f"{file}.rels")
        self.all = list(self._read())

    def _read(self):
        if self.path in self.package:
            data = self.package.read(self.path)
            for element in children(data, root(data)):
                inside = (element.get("TargetMode") or "").lower() != "external"
                target = element.get("Target") or ""
                yield Relation(
                    element.get("Id") or "", element.get("Type") or "", self._full(target) if inside else ""
                )

    def _full(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.part), target))

    def find(self, ending: str) -> Relation | None:
        """The first relation whose type ends so: comments, vmlDrawing, worksheet …"""
        return next((each for each in self.all if each.kind.rpartition("/")[2] == ending and each.part), None)

    def by_id(self, relation_id: str | None) -> Relation | None:
        return next((each for each in self.all if each.id == relation_id), None)

    def add(self, kind: str, part: str) -> Relation:
        """Add a relation to a part of the package and write it down."""
        added = Relation(self._free_id(), kind, part)
        data = self.package.read(self.path) if self.path in self.package else _EMPTY.encode()
        top = root(data)
        tag = f'Relationship Id="{added.id}" Type="{kind}" Target="/{part}"'
        content = b"<" + top.prefix + encoded(data, tag) + b"/>"
        self.package.put(self.path, replaced(data, [appended(data, top, content)]))
        self.all.append(added)
        return added

    def remove(self, relation: Relation) -> None:
        data = self.package.read(self.path)
        gone = [
            (element.start, element.end, b"")
            for element in children(data, root(data))
            if element.get("Id") == relation.id
        ]
        self.package.put(self.path, replaced(data, gone))
        self.all.remove(relation)

    def _free_id(self) -> str:
        taken = {each.id.lower() for each in self.all}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        return f"rId{number}"
