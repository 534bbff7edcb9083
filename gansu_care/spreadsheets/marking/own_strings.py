"""Finding in the XML what an earlier marking wrote, also after Excel or WPS has moved it to the shared strings."""

import re

from gansu_care.spreadsheets.reading.own_marks import COLUMN_MARK, SHEET_MARK, TEXT_SHEET_MARK

from .package import Package

_MARKS = re.compile("|".join((TEXT_SHEET_MARK, SHEET_MARK, COLUMN_MARK)).encode())
_STRING = re.compile(
    rb"<(?:[\w.-]+:)?si\s*/>|<(?:[\w.-]+:)?si(?:\s[^>]*)?>(.*?)</(?:[\w.-]+:)?si\s*>", re.DOTALL
)
_SHARED = re.compile(rb"\st=[\"']s[\"']")
_INDEX = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>\s*(\d+)")


class OwnStrings:
    """The shared strings of a workbook that are ours, by their place."""

    def __init__(self, package: Package) -> None:
        name = next((one for one in package.names() if one.lower().endswith("sharedstrings.xml")), None)
        data = package.read(name) if name else b""
        self.shared = dict(self._found(data)) if _MARKS.search(data) else {}
        # Whether there is anything to look for: also where a library has left all strings in the cells.
        self.any = bool(self.shared) or any(
            _MARKS.search(_beginning(package, one)) for one in _sheets(package)
        )

    def _found(self, data: bytes):
        for place, found in enumerate(_STRING.finditer(data)):
            if mark := _MARKS.search(found[1] or b""):
                yield place, mark[0].decode()

    def is_heading(self, cell: bytes) -> bool:
        return self._mark(cell) == COLUMN_MARK

    def is_sheet(self, cell: bytes) -> bool:
        return self._mark(cell) in (SHEET_MARK, TEXT_SHEET_MARK)

    def _mark(self, cell: bytes) -> str | None:
        if found := _MARKS.search(cell):
            return found[0].decode()
        if self.shared and _SHARED.search(cell.partition(b">")[0]) and (index := _INDEX.search(cell)):
            return self.shared.get(int(index[1]))
        return None


def _sheets(package: Package) -> list[str]:
    return [
        name for name in package.names() if "worksheets/" in name.lower() and name.lower().endswith(".xml")
    ]


def _beginning(package: Package, name: str) -> bytes:
    """Our heading and our title stand within a sheet's first rows."""
    with package.open(name) as stream:
        return stream.read(1 << 18)
