"""The zip around a workbook, checked before any reader opens it."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from .. import limits
from .unreadable import Unreadable

_CHUNK = 1 << 20
_ODF = {b"spreadsheet": "ods", b"text": "odt"}


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The zip, once its members were really inflated and counted. Raises Unreadable."""
    archive = zipfile.ZipFile(BytesIO(data))
    members = archive.infolist()
    if len(members) > limits.ZIP_MEMBERS:
        raise Unreadable("E_ZIP_BOMB")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("E_FILE_ENCRYPTED")
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("E_FILE_UNSAFE")  # two parts of one name: readers disagree which one counts
    _inflate_all(archive, members)
    return archive


def _inflate_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        for chunk, fresh in chunks(archive, member.filename):
            total += fresh
            if total > limits.INFLATED_BYTES:
                raise Unreadable("E_ZIP_BOMB")
            if is_xml and _suspicious(chunk):
                raise Unreadable("E_FILE_UNSAFE")


def _suspicious(chunk: bytes) -> bool:
    """A document type can define entities that grow without end, UTF-16 can hide one; no program writes either."""
    utf16 = chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    return utf16 or b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, int]]:
    """A member in pieces with the number of new bytes in each.

    A piece begins with the last 64 bytes of the one before, so that no short pattern is cut in two.
    """
    tail = b""
    with archive.open(name) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece, len(piece)
            tail = piece[-64:]


def kind_of_archive(archive: zipfile.ZipFile) -> str:
    """xlsx, or the name of a format we do not read ("ods", "xlsb", "docx", …), or "" for any other zip."""
    names = set(archive.namelist())
    if any(name.endswith(("workbook.xml", "workbook2.xml")) for name in names):
        return "xlsx"
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if "mimetype" in names:
        mimetype = archive.read("mimetype")[:200]
        return next((kind for word, kind in _ODF.items() if word in mimetype), "")
    return "docx" if any(name.startswith("word/") for name in names) else ""
