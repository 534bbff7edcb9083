"""The tags of an XML part with their places in its bytes, so that a part is changed where it must be and nowhere else.

A parser that reads a part and writes it anew renames prefixes, and a workbook whose mc:Ignorable names a prefix that
is gone no longer opens. So nothing is written anew here: what is not replaced keeps its bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

ATTRIBUTES = rb"(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*"
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<prefix>[\w.\-\x80-\xff]+:)?(?P<name>[\w.\-\x80-\xff]+)"
    rb"(?P<attributes>" + ATTRIBUTES + rb")\s*(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"\s(?:[\w.\-]+:)?([\w.\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ASIDES = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?(?!xml\s).*?\?>", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")


@dataclass(slots=True)
class Element:
    """One element: its own bytes from `start` to `end`, its content from `inner` to `inner_end`."""

    name: str
    prefix: bytes
    attributes: bytes
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0

    def get(self, name: str) -> str | None:
        """The value of an attribute, by its name without prefix."""
        return attribute(self.attributes, name)


def elements(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """The elements that stand side by side between two places, in their order; what is inside them is passed over."""
    depth, held = 0, None
    for token in _TOKEN.finditer(data, start, len(data) if end is None else end):
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            depth -= 1
            if depth == 0 and held is not None:
                held.inner_end, held.end = token.start(), token.end()
                yield held
            if depth < 0:
                return
            continue
        if depth == 0:
            held = Element(
                name.decode(), token["prefix"] or b"", token["attributes"], token.start(), token.end()
            )
            if token["empty"]:
                held.inner_end = held.end = token.end()
                yield held
        depth += not token["empty"]


def root(data: bytes) -> Element:
    """The outermost element. Raises ValueError where there is none."""
    for element in elements(data):
        return element
    raise ValueError("no element")


def children(data: bytes, parent: Element) -> Iterator[Element]:
    return elements(data, parent.inner, parent.inner_end)


def child(data: bytes, parent: Element, name: str) -> Element | None:
    """The first child of this name."""
    return next((each for each in children(data, parent) if each.name == name), None)


def is_empty_tag(element: Element) -> bool:
    """Written as <name/>: there is no place inside it."""
    return element.inner == element.end


def attribute(attributes: bytes, name: str) -> str | None:
    """The value of an attribute among a tag's attributes, by its name without prefix."""
    for key, double, single in _ATTRIBUTE.findall(attributes):
        if key == name.encode():
            return unescape((double or single).decode())
    return None


def prefix_of(attributes: bytes, local: bytes, namespace_end: str) -> bytes:
    """The prefix, with its colon, that a root's attributes bind to a namespace ending so; `local` where none does."""
    for key, double, single in re.findall(
        rb"\sxmlns:([\w.\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes
    ):
        if (double or single).decode().endswith(namespace_end):
            return key + b":"
    return local


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag (from < to >) with one attribute set: replaced where it stands, else added at the end."""
    quoted = f'"{escape(value, {chr(34): "&quot;"})}"'.encode()
    pattern = re.compile(rb"(\s" + name.encode() + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
    changed, count = pattern.subn(lambda found: found[1] + quoted, tag, count=1)
    if count:
        return changed
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + b" " + name.encode() + b"=" + quoted + tag[end:]


def replaced(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with some stretches (from, to, what stands there now) replaced; none may overlap."""
    pieces, place = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        pieces += [data[place:start], new]
        place = end
    return b"".join([*pieces, data[place:]])


def appended(data: bytes, parent: Element, content: bytes) -> tuple[int, int, bytes]:
    """The change that puts content behind an element's last child."""
    if not is_empty_tag(parent):
        return parent.inner_end, parent.inner_end, content
    opened = data[parent.start : parent.end - 2].rstrip() + b">"
    closed = b"</" + parent.prefix + parent.name.encode() + b">"
    return parent.start, parent.end, opened + content + closed


def without_asides(data: bytes) -> bytes:
    """Without comments and instructions, CDATA as plain text: then every < in the part begins a tag."""
    return _ASIDES.sub(
        lambda found: b"" if found[1] is None else escape(found[1].decode("utf-8", "replace")).encode(), data
    )


def encoded(data: bytes, text: str) -> bytes:
    """Text as it must stand in a part: in UTF-8, or in plain ASCII where the part is written in something else."""
    told = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if told and told[1].lower() not in (b"utf-8", b"utf8"):
        return text.encode("ascii", "xmlcharrefreplace")
    return text.encode()
