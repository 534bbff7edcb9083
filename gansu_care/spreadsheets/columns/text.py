"""Text and names."""

import re
from typing import Any

from ..limits import FREE_TEXT_CHARACTERS
from ..reading.cells import shown
from .base import Column, is_nothing, refused
from .cell_text import LOST, SPECIAL_WORDS, one_line
from .values import Context, Note, Read

_EXACT_FLOAT = 1e15


class TextColumn(Column):
    """Any text. `multiline` keeps line ends and allows long texts."""

    def __init__(self, attribute: str, headings: Any, *, multiline: bool = False, **kwargs: Any):
        super().__init__(attribute, headings, **kwargs)
        self.multiline = multiline
        if multiline:
            self.cell_limit = FREE_TEXT_CHARACTERS

    def read_text(self, text: str, context: Context) -> Read:
        if not self.multiline and not text.isprintable():
            text = one_line(text)
        if LOST in text:
            return refused("E_TEXT_LOST_CHAR")
        if self.max_length and len(text) > self.max_length:
            return refused("E_TOO_LONG", limit=self.max_length)
        return text, ()

    def is_mask(self, text: str) -> bool:
        return "**" in text or "＊＊" in text

    def read_value(self, value: Any, context: Context) -> Read:
        """A number typed where text belongs keeps its digits: 3.0 is 3."""
        if isinstance(value, float) and abs(value) >= _EXACT_FLOAT:
            return refused("E_NUMBER_PRECISION")
        return self.read_text(shown(value), context)

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else str(value)

    def equal(self, stored: Any, read: Any) -> bool:
        return ("" if stored is None else str(stored)) == str(read)


# Separators people type for the dot of minority names; the right one is U+00B7 (民委发〔2016〕33号).
_DOTS = str.maketrans({dot: "·" for dot in "•・‧∙⋅．●˙ᐧ⸱･"})
_HAN = r"[〇㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]"
_PLAIN_NAME = re.compile(r"[一-鿿]{2,4}")
_WIDE_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PERIOD = re.compile(rf"(?<={_HAN})[.。](?={_HAN})")
_EXTRA = re.compile(r"(?P<name>.+?)(?P<extra>(?:\([^()]*\)|[*★☆#]+)+)")
_SPACE_BY_HAN = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})|\s*·\s*")
_NAME = re.compile(rf"(?:{_HAN}|·)+|[A-Za-z][A-Za-z .'·-]*")
_LOST_MARKS = re.compile("[?？□■〓▢\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_NAME_MASK = re.compile(r".[*＊]+.?")


class NameColumn(Column):
    """A person's name. Never NFC or NFKC, which change rare characters; only dots, spaces and full-width letters."""

    ditto = False

    def __init__(self, attribute: str, headings: Any, *, max_length: int = 50, **kwargs: Any):
        super().__init__(attribute, headings, max_length=max_length, **kwargs)

    def read(self, value: Any, context: Context) -> Read:
        if value.__class__ is str and _PLAIN_NAME.fullmatch(value) and value not in SPECIAL_WORDS:
            return value, ()
        return super().read(value, context)

    def is_mask(self, text: str) -> bool:
        return bool(_NAME_MASK.fullmatch(text)) or "**" in text

    def read_value(self, value: Any, context: Context) -> Read:
        return refused("E_NAME_INVALID")

    def read_text(self, text: str, context: Context) -> Read:
        name = text.translate(_DOTS).translate(_WIDE_ASCII)
        if _LOST_MARKS.search(name):
            return refused("E_NAME_LOST_CHAR")
        if _NAME_MASK.fullmatch(name):
            return refused("E_MASKED_VALUE")
        return self._checked(*self._without_extra(name))

    def _without_extra(self, name: str) -> tuple[str, str]:
        found = _EXTRA.fullmatch(name)
        if not found:
            return name, ""
        parts = re.findall(r"\(([^()]*)\)|([*★☆#]+)", found["extra"])
        return found["name"], " ".join(filter(None, (inside or mark for inside, mark in parts)))

    def _checked(self, name: str, extra: str) -> Read:
        notes: list[Note] = []
        name = _SPACE_BY_HAN.sub(lambda found: "·" if "·" in found[0] else "", name).strip()
        dotted = _PERIOD.sub("·", name)
        if dotted != name:
            notes.append(("W_NAME_DOT", {"read": dotted}))
        if extra:
            notes.append(("W_NAME_EXTRA", {"read": dotted, "extra": extra}))
        if not _NAME.fullmatch(dotted) or dotted.startswith("·") or dotted.endswith("·"):
            return refused("E_NAME_INVALID")
        if self.max_length and len(dotted) > self.max_length:
            return refused("E_TOO_LONG", limit=self.max_length)
        return dotted, tuple(notes)
