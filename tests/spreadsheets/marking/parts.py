"""A package as tests compare it: the content of each part, and its bytes as they lie compressed in the file."""

import struct
import zipfile
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.marking.order_of import order_of
from gansu_care.spreadsheets.models import Upload

LOCAL_HEADER = 30


def marked(upload: Upload, *, refused_only: bool = False) -> bytes:
    """What the officer gets back."""
    return mark(bytes(upload.file.content), order_of(upload, refused_only=refused_only))[1]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: bytes) -> dict[str, bytes]:
    """The compressed bytes of each part."""
    found = {}
    for entry in zipfile.ZipFile(BytesIO(data)).infolist():
        lengths = struct.unpack_from("<HH", data, entry.header_offset + 26)
        start = entry.header_offset + LOCAL_HEADER + sum(lengths)
        found[entry.filename] = data[start : start + entry.compress_size]
    return found


def touched(before: bytes, after: bytes) -> set[str]:
    """The parts that are not byte for byte what they were, and those that are new or gone."""
    old, new = parts(before), parts(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    packed_before, packed_after = packed(before), packed(after)
    assert all(packed_before[name] == packed_after[name] for name in old.keys() - changed)
    return changed


def opened(data: bytes, **options: Any) -> Any:
    return load_workbook(BytesIO(data), **options)


def colour(cell: Any) -> str:
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else ""
