"""Conversations in cells (Excel 365). Where one is held, our text is an answer in it, signed with our name.

Older programs show the text of the comments part instead; Excel 365 shows only the conversation.
"""

import hashlib
from xml.sax.saxutils import escape

from .comments import text_of
from .orders import AUTHOR, Note
from .package import Package
from .relations import Relations
from .sheet_frame import area
from .tags import appended, children, encoded, replaced, root

Place = tuple[int, int]
_NAMESPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_PERSON_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/person"
PERSONS = "application/vnd.ms-excel.person+xml"
US = "{6B1D9E52-6A1C-5F0B-9C0E-62A0C4E2D3A7}"


def answered(package: Package, part: str, notes: dict[Place, list[Note]], moment: str) -> bool:
    """Write our answers into a sheet's conversations, in place of earlier ones. Whether there is one of ours now."""
    data = package.read(part)
    top = root(data)
    changes: list[tuple[int, int, bytes]] = []
    roots: dict[Place, tuple[str, str]] = {}
    for each in children(data, top):
        if (each.get("personId") or "").upper() == US:
            changes.append((each.start, each.end, b""))
        elif not each.get("parentId") and (found := area(each.get("ref"))):
            roots[found[0], found[1]] = each.get("ref") or "", each.get("id") or ""
    made = b"".join(
        _answer(data, top.prefix, *roots[place], text_of(said), moment)
        for place, said in notes.items()
        if place in roots
    )
    if made or changes:
        package.put(part, replaced(data, [*changes, appended(data, top, made)]))
    return bool(made)


def _answer(data: bytes, prefix: bytes, ref: str, parent: str, text: str, moment: str) -> bytes:
    own = _id_of(f"{parent} {text}")
    p = prefix.decode()
    answer = (
        f'<{p}threadedComment ref="{ref}" dT="{moment}" personId="{US}" id="{own}" parentId="{escape(parent)}">'
        f"<{p}text>{escape(text)}</{p}text></{p}threadedComment>"
    )
    return encoded(data, answer)


def _id_of(text: str) -> str:
    """An id such as {6B1D9E52-…}, always the same for the same text."""
    digits = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{{{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-A{digits[17:20]}-{digits[20:32]}}}"


def introduce_us(package: Package, workbook: Relations) -> str:
    """Our name among those who take part in conversations; the path of a part that was added for it, or ""."""
    held = workbook.find("person")
    person = f'person displayName="{AUTHOR}" id="{US}" userId="{AUTHOR}" providerId="None"'
    if held is None:
        part = package.free_name("xl/persons/person{}.xml")
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        package.put(part, f'{head}<personList xmlns="{_NAMESPACE}"><{person}/></personList>'.encode())
        workbook.add(_PERSON_KIND, part)
        return part
    data = package.read(held.part)
    if US.encode() not in data.upper():
        top = root(data)
        tag = b"<" + top.prefix + encoded(data, person) + b"/>"
        package.put(held.part, replaced(data, [appended(data, top, tag)]))
    return ""
