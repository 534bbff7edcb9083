"""Where the parts of an Office Open XML package lie: .xlsx and .xlsb name them alike. ECMA-376 part 2, 9.3."""

import posixpath
import zipfile
from xml.etree import ElementTree

from .. import limits
from .unreadable import Unreadable

Relations = dict[str, tuple[str, str]]


def part_ending(archive: zipfile.ZipFile, *endings: str) -> str:
    """The path of the first part whose name ends so, in any case; "" if there is none."""
    return next((name for name in archive.namelist() if name.lower().endswith(endings)), "")


def root_of(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A small XML part, read whole."""
    if archive.getinfo(part).file_size > limits.WORKBOOK_PART_BYTES:
        raise Unreadable("E_FILE_UNSAFE")
    return ElementTree.fromstring(archive.read(part))


def relations_of(archive: zipfile.ZipFile, part: str) -> Relations:
    """By id: the kind of each related part (worksheet, styles …) and its path as the archive writes it."""
    folder, file = posixpath.split(part)
    names = {name.lower(): name for name in archive.namelist()}
    found: Relations = {}
    for relation in root_of(archive, f"{folder}/_rels/{file}.rels".lstrip("/")):
        target = relation.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = kind, names.get(path.lower(), path)
    return found
