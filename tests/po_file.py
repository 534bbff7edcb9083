"""Reads a .po file, so that the tests need no gettext. Only what gettext writes: no obsolete entries, no domains."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SEPARATOR = "\x04"  # gettext's own, between context and msgid in a .mo


@dataclass
class Entry:
    """One message. `texts` are its translations: one, or one for each plural form."""

    context: str = ""
    msgid: str = ""
    plural: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        return f"{self.context}{SEPARATOR}{self.msgid}" if self.context else self.msgid


def read_po(path: Path) -> list[Entry]:
    """The messages of the file, without its header."""
    return [entry for entry in map(_entry, _blocks(path.read_text(encoding="utf-8"))) if entry.msgid]


def _blocks(text: str) -> Iterator[list[str]]:
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#~")]
        if any(line.startswith("msgid") for line in lines):
            yield lines


def _entry(lines: list[str]) -> Entry:
    entry, parts, keyword = Entry(), dict[str, str](), ""
    for line in lines:
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("msg"):
            keyword, _, quoted = line.partition(" ")
            parts[keyword] = ast.literal_eval(quoted)
        elif line.startswith('"'):
            parts[keyword] += ast.literal_eval(line)
    entry.context, entry.msgid = parts.get("msgctxt", ""), parts.get("msgid", "")
    entry.plural = parts.get("msgid_plural", "")
    entry.texts = {_form(word): text for word, text in parts.items() if word.startswith("msgstr")}
    return entry


def _form(keyword: str) -> int:
    """The number in msgstr[1]; 0 for plain msgstr."""
    return int(keyword[7:-1]) if "[" in keyword else 0
