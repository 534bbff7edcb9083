"""The zip around a workbook, checked before any reader opens it."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from .. import limits
from .relations import part_ending
from .unreadable import Unreadable

WORKBOOK_PARTS = ("workbook.xml", "workbook2.xml")
_CHUNK = 1 << 20
_MANIFEST = "META-INF/manifest.xml"
_ODF = {b"spreadsheet": "ods", b"text": "odt", b"presentation": "odp"}
_OF_ITS_OWN = (".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".doc", ".docx", ".zip", ".rar")
_NOT_READ = ("customxml/", "docprops/")  # what other programs keep in the package


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The zip, once its members were really inflated and counted. Raises Unreadable."""
    archive = zipfile.ZipFile(BytesIO(data))
    members = archive.infolist()
    _turn_slashes(archive)
    if len(members) > limits.ZIP_MEMBERS:
        raise _bomb()
    if any(member.flag_bits & 1 for member in members) or _is_encrypted_document(archive):
        raise Unreadable("E_FILE_ENCRYPTED")
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("E_FILE_UNSAFE")  # two parts of one name: readers disagree which one counts
    _inflate_all(archive, members)
    return archive


def _turn_slashes(archive: zipfile.ZipFile) -> None:
    r"""Some programs part folders with \ as no zip should; calamine reads them, so we do."""
    for member in archive.infolist():
        member.filename = member.filename.replace("\\", "/")
        archive.NameToInfo[member.filename] = member


def _is_encrypted_document(archive: zipfile.ZipFile) -> bool:
    """OpenDocument encrypts each part by itself and says so in the manifest; the zip does not know."""
    if _MANIFEST not in archive.NameToInfo:
        return False
    with archive.open(_MANIFEST) as stream:
        return b"encryption-data" in stream.read(limits.WORKBOOK_PART_BYTES)


def _inflate_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    for member in members:
        name = member.filename.lower()
        is_read = name.endswith((".xml", ".rels")) and not name.startswith(_NOT_READ)
        for chunk, fresh in chunks(archive, member.filename):
            total += fresh
            if total > limits.INFLATED_BYTES:
                raise _bomb()
            if is_read and _suspicious(chunk):
                raise Unreadable("E_FILE_UNSAFE")


def _bomb() -> Unreadable:
    size = limits.INFLATED_BYTES // 1024**2
    return Unreadable("E_ZIP_BOMB", limit=size, members=limits.ZIP_MEMBERS)


def _suspicious(chunk: bytes) -> bool:
    """A document type can define entities that grow without end, UTF-16 can hide one; no program writes either."""
    utf16 = chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in chunk[:2]
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
    """xlsx, xlsb, ods, or the name of a format we do not read ("docx", "odt", …), or "" for any other zip."""
    if part_ending(archive, *WORKBOOK_PARTS):
        return "xlsx"
    if part_ending(archive, "workbook.bin"):
        return "xlsb"
    names = set(archive.namelist())
    if "mimetype" in names:
        mimetype = archive.read("mimetype")[:200]
        return next((kind for word, kind in _ODF.items() if word in mimetype), "")
    kinds = {"content.xml": "ods", "word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
    return next((kind for part, kind in kinds.items() if part in names), "")


def holds_files(archive: zipfile.ZipFile) -> bool:
    """Whether somebody packed files that should have been sent one by one."""
    return bool(part_ending(archive, *_OF_ITS_OWN))
