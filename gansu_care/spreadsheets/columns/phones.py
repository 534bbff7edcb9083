"""Telephone numbers: mobile or landline, several in one cell."""

import re
from datetime import date
from typing import Any

from .base import Column, is_nothing, refused
from .cell_text import half_width, squeezed
from .values import Context, Note, Read

_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_PARTS = re.compile(r"[/、,;|\\]|或|和|及")
_LANDLINE = re.compile(r"\(?(0[0-9]{2,3})\)?[-—–~ ]?([0-9]{7,8})(?:(?:转|-)([0-9]{1,6}))?")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_COUNTRY = re.compile(r"^(?:\+|00)?86[- ]?(?=1|0)")
_WORDS = re.compile(r"[^0-9+\-()（）—–~转 ]+|\([^0-9]*\)")
_MOST = 5


class PhoneColumn(Column):
    """Numbers joined by 、: mobiles as 11 digits, landlines as area-number."""

    ditto = False

    def read(self, value: Any, context: Context) -> Read:
        if value.__class__ is str and _PLAIN_MOBILE.fullmatch(value):
            return value, ()
        return super().read(value, context)

    def read_value(self, value: Any, context: Context) -> Read:
        if isinstance(value, (bool, date)) or not float(value).is_integer():
            return refused("E_PHONE_INVALID")
        return self.read_text(str(int(value)), context)

    def read_text(self, text: str, context: Context) -> Read:
        text = half_width(text).replace("\n", "、").removesuffix(".0")
        if "*" in text:
            return refused("E_MASKED_VALUE")
        if _SCIENTIFIC.fullmatch(squeezed(text)):
            return refused("E_PHONE_PRECISION")
        numbers, extras, notes = [], [], []
        for part in filter(str.strip, _PARTS.split(text)):
            for number, note, extra in _read_part(part.strip()):
                if number is None:
                    return refused("E_PHONE_INVALID")
                numbers.append(number)
                notes += note
                extras += extra
        if not numbers or len(numbers) > _MOST:
            return refused("E_PHONE_INVALID")
        if extras:
            notes.append(("W_PHONE_EXTRA", {"extra": " ".join(extras)}))
        return "、".join(dict.fromkeys(numbers)), tuple(notes)

    def equal(self, stored: Any, read: Any) -> bool:
        return not is_nothing(stored) and str(stored) == read


def _read_part(part: str) -> list[tuple[str | None, list[Note], list[str]]]:
    """What stands between two separators: one number, or several parted by spaces, with or without words."""
    extra = [word.strip("() :") for word in _WORDS.findall(part) if word.strip("() :")]
    bare = _WORDS.sub(" ", part).strip(" -")
    number, note = _one_number(bare)
    if number is None and " " in bare:
        several = [_one_number(piece) for piece in bare.split()]
        return [(found, said, extra) for found, said in several]
    return [(number, note, extra)]


def _one_number(text: str) -> tuple[str | None, list[Note]]:
    text = _COUNTRY.sub("", text)
    digits = re.sub(r"[ \-—–~()]", "", text)
    if _PLAIN_MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits, []
    if found := _LANDLINE.fullmatch(text.replace(" ", "")):
        extension = f"-{found[3]}" if found[3] else ""
        return f"{found[1]}-{found[2]}{extension}", []
    return (digits, [("W_PHONE_NO_AREA", {})]) if _LOCAL.fullmatch(digits) else (None, [])
