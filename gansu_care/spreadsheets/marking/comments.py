"""The comments of a sheet, ours among those that are there: never two at one cell.

A cell that has a comment gets our text behind it, under a line with our name; where the officer's comment is gone or
ours alone stood there, ours is taken away whole. In Excel 365 a comment can be a conversation (threads.py); the
comments part then holds its text for older programs.
"""

import re
from xml.sax.saxutils import escape

from gansu_care.spreadsheets.reading.cells import column_letter

from .orders import AUTHOR, Note
from .sheet_frame import area
from .tags import Element, appended, child, children, encoded, replaced, root

Place = tuple[int, int]
LINE = f"———— {AUTHOR} ————"
LONGEST = 2_000
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RUN = re.compile(rb"<(?:[\w.-]+:)?r(?:\s[^>]*)?>.*?</(?:[\w.-]+:)?r\s*>", re.DOTALL)


def empty_comments(*, strict: bool) -> bytes:
    namespace = _STRICT if strict else _TRANSITIONAL
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<comments xmlns="%b"><authors/><commentList/></comments>' % namespace
    )


def text_of(notes: list[Note]) -> str:
    """One text for all that is wrong in a cell; no longer than a person reads."""
    said = list(dict.fromkeys(note.text for note in notes))
    whole = "\n".join(said)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


class Comments:
    """The comments part of one sheet. `added` and `removed`: cells whose box (drawing) comes or goes."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.added: list[Place] = []
        self.removed: set[Place] = set()
        top = root(xml)
        self.prefix = top.prefix
        authors, comments = child(xml, top, "authors"), child(xml, top, "commentList")
        if authors is None or comments is None:
            raise ValueError("comments without their list")
        self.authors, self.comments = authors, comments
        self.names = [self._text(each) for each in children(xml, authors)]

    def _text(self, element: Element) -> str:
        return self.xml[element.inner : element.inner_end].decode("utf-8", "replace")

    def with_notes(self, notes: dict[Place, list[Note]]) -> bytes:
        """The part with our comments in place of those of an earlier marking."""
        changes, left = [], dict(notes)
        for each in children(self.xml, self.comments):
            place = _place(each)
            if place is None:
                continue
            if self._is_ours(each):
                self.removed.add(place)
                changes.append((each.start, each.end, b""))
            else:
                new = self._without_ours(self.xml[each.start : each.end])
                if place in left:
                    new = self._joined(new, text_of(left.pop(place)))
                changes.append((each.start, each.end, new))
        number = self._our_number(changes) if left else 0
        made = b"".join(self._comment(place, number, text_of(said)) for place, said in left.items())
        self.added = list(left)
        changes.append(appended(self.xml, self.comments, made))
        return replaced(self.xml, changes)

    def _our_number(self, changes: list[tuple[int, int, bytes]]) -> int:
        if AUTHOR in self.names:
            return self.names.index(AUTHOR)
        author = b"<%bauthor>%b</%bauthor>" % (self.prefix, encoded(self.xml, AUTHOR), self.prefix)
        changes.append(appended(self.xml, self.authors, author))
        return len(self.names)

    def _is_ours(self, comment: Element) -> bool:
        number = comment.get("authorId") or ""
        author = self.names[int(number)] if number.isdigit() and int(number) < len(self.names) else ""
        return author == AUTHOR

    def _without_ours(self, comment: bytes) -> bytes:
        """An officer's comment as it was before we wrote behind it."""
        at = comment.find(LINE.encode())
        ours = [run for run in _RUN.finditer(comment) if run.end() > at >= 0]
        if not ours:
            return comment
        before = comment[ours[0].start() : at].rstrip()
        # A program may have joined her words and ours in one run.
        joined = not before.endswith(b">")
        kept = before + comment[comment.index(b"<", at) : ours[0].end()] if joined else b""
        return comment[: ours[0].start()] + kept + comment[ours[-1].end() :]

    def _joined(self, comment: bytes, text: str) -> bytes:
        """An officer's comment with our text behind hers."""
        whole = root(comment)
        held = child(comment, whole, "text")
        if held is None:
            return comment
        parts = list(children(comment, held))
        changes = [
            (one.start, one.end, b"<%br>%b</%br>" % (self.prefix, comment[one.start : one.end], self.prefix))
            for one in parts
            if one.name == "t"
        ]
        place = max((one.end for one in parts if one.name in ("t", "r")), default=held.inner)
        if not parts and held.inner == held.end:
            changes.append(appended(comment, held, self._run(f"{LINE}\n{text}")))
        else:
            changes.append((place, place, self._run(f"\n{LINE}\n{text}")))
        return replaced(comment, changes)

    def _comment(self, place: Place, number: int, text: str) -> bytes:
        ref = f"{column_letter(place[1])}{place[0]}".encode()
        p = self.prefix
        return b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>' % (
            *(p, ref, number, p, self._run(text), p, p),
        )

    def _run(self, text: str) -> bytes:
        look = '<sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/>'
        looks = encoded(self.xml, look).replace(b"<", b"<" + self.prefix)
        p = self.prefix
        return b'<%br><%brPr>%b</%brPr><%bt xml:space="preserve">%b</%bt></%br>' % (
            *(p, p, looks, p, p, encoded(self.xml, escape(text)), p, p),
        )


def _place(comment: Element) -> Place | None:
    found = area(comment.get("ref"))
    return found and (found[0], found[1])
