"""Cells with a fixed set of answers: yes or no, one of a list, several of a list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation

from gansu_care.divisions.likeness import nearest

from .base import EMPTY, Column, is_nothing, refused
from .cell_text import squeezed
from .values import Context, Note, Read

_YES = frozenset(("是", "√", "✓", "✔", "☑", "有", "对", "y", "yes", "true", "t", "1", "已", "v"))
_NO = frozenset(
    ("否", "×", "✗", "✘", "✕", "x", "☒", "无", "没有", "不是", "没", "n", "no", "false", "f", "0", "未")
)
_FEW_CHOICES = 12


class BoolColumn(Column):
    """是 or 否 in all their spellings. `yes` and `no`: further words of this column, such as 住校 and 走读."""

    def __init__(
        self, attribute: str, headings: Any, *, yes: Sequence[str] = (), no: Sequence[str] = (), **kwargs: Any
    ):
        super().__init__(attribute, headings, **kwargs)
        self.yes, self.no = _YES | set(yes), _NO | set(no)

    def read_special(self, text: str) -> Read | None:
        return None if text in self.no or text in self.yes else super().read_special(text)

    def read_text(self, text: str, context: Context) -> Read:
        word = squeezed(text).casefold().removesuffix(".0")
        if word in self.yes or text in self.yes:
            return True, ()
        if word in self.no or text in self.no:
            return False, ()
        return refused("E_CODE_UNKNOWN", choices=["是", "否"])

    def read_value(self, value: Any, context: Context) -> Read:
        if value in (0, 1):
            return bool(value), ()
        return refused("E_CODE_UNKNOWN", choices=["是", "否"])

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else "是" if value else "否"


class ChoiceColumn(Column):
    """One code of a table. Labels in any of our languages, codes and aliases are understood; Chinese is written.

    `choices`: a TextChoices or (code, label) pairs. `aliases`: further words -> code. `vague`: words that name no
    single code -> the codes they may mean. `codes`: whether codes themselves may stand in a cell.
    """

    def __init__(
        self,
        attribute: str,
        headings: Any,
        *,
        choices: Any,
        aliases: Mapping[str, str] | None = None,
        vague: Mapping[str, Sequence[str]] | None = None,
        codes: bool = True,
        **kwargs: Any,
    ):
        super().__init__(attribute, headings, **kwargs)
        pairs: Iterable[tuple[Any, Any]] = getattr(choices, "choices", choices)
        self.choices = [(str(code), label) for code, label in pairs]
        self.aliases, self.vague, self.codes = dict(aliases or {}), dict(vague or {}), codes

    # --- the table

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code -> Chinese label, which is what the paper form says."""
        with translation.override(None):
            return {code: str(label) for code, label in self.choices}

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word that means a code, in the form it is looked up by."""
        known: dict[str, str] = {}
        for language in (None, *(code for code, _name in settings.LANGUAGES)):
            with translation.override(language):
                for code, label in self.choices:
                    known.setdefault(_key(str(label)), code)
        for word, code in self.aliases.items():
            known.setdefault(_key(word), str(code))
        if self.codes:
            for code, _label in self.choices:
                known.setdefault(_key(code), code)
        return known

    @cached_property
    def code_length(self) -> int:
        """The common length of all codes if they are digits (a number typed in loses its zeros), else 0."""
        lengths = {len(code) for code, _label in self.choices if code.isdecimal()}
        digits = all(code.isdecimal() for code, _label in self.choices)
        return lengths.pop() if digits and len(lengths) == 1 and self.codes else 0

    # --- in

    def read_special(self, text: str) -> Read | None:
        return None if _key(text) in self.words else super().read_special(text)

    def read_text(self, text: str, context: Context) -> Read:
        word = _key(text)
        code = self.find(word)
        return (code, ()) if code is not None else self.unknown(word)

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and float(value).is_integer():
            return self.read_text(str(int(value)), context)
        return self.unknown("")

    def find(self, word: str) -> str | None:
        """The code a word means; a number may have lost its leading zeros or got .0."""
        found = self.words.get(word)
        if found is None and word[:1].isdecimal():
            digits = word.removesuffix(".0")
            found = self.words.get(digits) or (self.words.get(digits.zfill(self.code_length)))
        return found

    def unknown(self, word: str) -> Read:
        """Refused, with the best help there is."""
        if meant := self.vague.get(word):
            return refused("E_CODE_UNKNOWN", meant=[self.labels[code] for code in meant])
        near = nearest(word, self.words, most=1, least=0.6) if len(word) > 1 else []
        if near:
            return refused("E_CODE_UNKNOWN", nearest=self.labels[self.words[near[0]]])
        if len(self.choices) <= _FEW_CHOICES:
            return refused("E_CODE_UNKNOWN", choices=list(self.labels.values()))
        return refused("E_CODE_UNKNOWN")

    # --- out

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else self.labels.get(str(value), str(value))

    def equal(self, stored: Any, read: Any) -> bool:
        return not is_nothing(stored) and str(stored) == read


_TICKS = "√✓✔☑■●vV1是"
_CROSSES = "×✗✘✕☐□○xX0否"
_GROUP = re.compile(rf"([^()\[\]、,;/|]+?)[(\[]([{_TICKS}{_CROSSES}]?)[)\]]")
_BOX_FIRST = re.compile(r"([□☐○☑■●√✓✔])([^□☐○☑■●√✓✔]+)")
_LIST = re.compile(r"[、,;/|+]|和|及|\n")
_ASIDE = re.compile(r"(.+?)[(:](.*?)\)?")


class MultiChoiceColumn(ChoiceColumn):
    """Several codes, as a list in the table's order. 健康( ) 残疾(√), ☑残疾 □患病 and 残疾、患病 are understood.

    `alone`: codes that exclude all others, such as 健康.
    """

    def __init__(
        self, attribute: str, headings: Any, *, choices: Any, alone: Sequence[str] = (), **kwargs: Any
    ):
        super().__init__(attribute, headings, choices=choices, **kwargs)
        self.alone = frozenset(map(str, alone))
        self.order = {code: place for place, (code, _label) in enumerate(self.choices)}

    def read_text(self, text: str, context: Context) -> Read:
        if (code := self.find(_key(text))) is not None:
            return [code], ()
        words, notes = self._ticked(text), []
        if words is None:
            words = [word for word in _LIST.split(_plain(text)) if word.strip()]
        codes = set()
        for word in words:
            code, note = self._one(word)
            if code is None:
                return self.unknown(_key(word))
            codes.add(code)
            notes += note
        return self._together(codes, notes)

    def _ticked(self, text: str) -> list[str] | None:
        """The ticked words of a checkbox group; None if there are no boxes."""
        plain = squeezed(text)
        for pattern, box, word in ((_GROUP, 2, 1), (_BOX_FIRST, 1, 2)):
            found = list(pattern.finditer(plain))
            known = [each for each in found if self.find(_key(each[word])) is not None]
            if known and (len(found) > 1 or found[0][box] or found[0][0].endswith(("()", "[]"))):
                return [each[word] for each in found if each[box] and each[box] in _TICKS]
        return None

    def _one(self, word: str) -> tuple[str | None, list[Note]]:
        code = self.find(_key(word))
        aside = _ASIDE.fullmatch(squeezed(word)) if code is None else None
        if aside and aside[2] and (code := self.find(_key(aside[1]))) is not None:
            return code, [("W_CHOICE_EXTRA", {"extra": aside[2], "read": self.labels[code]})]
        return code, []

    def _together(self, codes: set[str], notes: list[Note]) -> Read:
        alone = codes & self.alone
        if alone and len(codes) > 1:
            return refused("E_CHOICE_CONFLICT", alone=self.labels[alone.pop()])
        if not codes:
            return EMPTY
        return sorted(codes, key=self.order.__getitem__), tuple(notes)

    def render(self, value: Any) -> Any:
        return (
            None if is_nothing(value) else "、".join(self.labels.get(str(code), str(code)) for code in value)
        )

    def equal(self, stored: Any, read: Any) -> bool:
        return sorted(map(str, stored or ())) == sorted(read)


def _plain(text: str) -> str:
    """Full-width separators as half-width ones; line ends stay separators."""
    return "、".join(squeezed(line) for line in text.splitlines())


def _key(text: str) -> str:
    return squeezed(text).casefold().rstrip("。.;,、")
