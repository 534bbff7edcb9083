"""Any county's file -> Workbook. The kind is told by the content; the file's name is only shown to people."""

from python_calamine import PasswordError

from .. import limits
from .archive import holds_files, kind_of_archive, open_archive
from .bounds import keep_in_bounds
from .html import read_html
from .ods import read_ods
from .own_marks import leave_out_marks
from .sheets import Workbook
from .text import read_text
from .unreadable import Unreadable
from .xls import read_xls
from .xlsb import read_xlsb
from .xlsx import read_xlsx
from .xml2003 import NAMESPACE, read_xml2003

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"GIF8",
    b"\x7fELF",
)
_IN_ARCHIVES = {"xlsx": read_xlsx, "xlsb": read_xlsb, "ods": read_ods}
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_HTML = (b"<html", b"<table", b"<!doctype html", b"<head", b"<meta", b"<style", b"<body", b"<div", b"<!--")


def read_workbook(data: bytes, name: str = "") -> Workbook:
    """Every sheet of a workbook with plain Python values.

    Whatever a reader throws becomes Unreadable; python-calamine's Rust panics are no Exceptions and are caught too.
    """
    try:
        workbook = _read(data)
        keep_in_bounds(workbook)
    except Unreadable:
        raise
    except MemoryError as fault:
        raise too_heavy() from fault
    except PasswordError as fault:
        raise Unreadable("E_FILE_ENCRYPTED") from fault
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as fault:
        raise Unreadable("E_FILE_BROKEN") from fault
    if not any(value is not None for sheet in workbook.sheets for row in sheet.rows for value in row):
        raise Unreadable("E_FILE_EMPTY")
    leave_out_marks(workbook)
    workbook.name = name
    return workbook


def too_heavy() -> Unreadable:
    """More time or memory than a workbook may take."""
    megabytes = limits.READING_BYTES // 1024**2
    return Unreadable("E_FILE_TOO_HEAVY", seconds=limits.READING_SECONDS, megabytes=megabytes)


def _read(data: bytes) -> Workbook:
    if not data.strip():
        raise Unreadable("E_FILE_EMPTY")
    if len(data) > limits.FILE_BYTES:
        size, limit = -(-len(data) // 1024**2), limits.FILE_BYTES // 1024**2
        raise Unreadable("E_FILE_TOO_LARGE", size=size, limit=limit)
    if data.startswith(b"PK"):
        return _read_archive(data)
    if data.startswith(_OLE):
        return read_xls(data)
    if data.startswith(_PACKED):
        raise Unreadable("E_FILE_ARCHIVE")
    if data.startswith(_NOT_TEXT):
        raise Unreadable("E_FILE_UNKNOWN")
    return _read_marked_or_plain(data)


def _read_archive(data: bytes) -> Workbook:
    archive = open_archive(data)
    kind = kind_of_archive(archive)
    if kind in _IN_ARCHIVES:
        return _IN_ARCHIVES[kind](data, archive)
    if kind:
        raise Unreadable("E_FILE_DOCUMENT", kind=kind)
    raise Unreadable("E_FILE_ARCHIVE" if holds_files(archive) else "E_FILE_UNKNOWN")


def _read_marked_or_plain(data: bytes) -> Workbook:
    start = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"mime-version"):
        raise Unreadable("E_FILE_OTHER_FORMAT", kind="mht")
    if start.startswith(b"<?xml"):
        return read_xml2003(data) if NAMESPACE.encode() in data[:20_000] else read_html(data)
    return read_html(data) if start.startswith(_HTML) else read_text(data)
