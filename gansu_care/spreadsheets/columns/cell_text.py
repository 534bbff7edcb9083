"""The first steps of every clean-up: what is thrown away, what counts as empty, as 同上, as 清空."""

import re
import unicodedata

# Control and zero-width characters; line ends and tabs stay and become spaces later. _x000D_ is Excel's escape.
_DROP = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|_x000[dD]_"  # nothing to see
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ODD_DIGITS = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793\u3251-\u32bf]")
LOST = "\ufffd"

EMPTY_WORDS = frozenset({
    "-", "--", "---", "\u2014", "\u2014\u2014", "\u2015", "\u2015\u2015", "\u2013", "\uff0d", "\u2500", "\u2500\u2500",
    "/", "//", "／", "\\", "|", "无", "（无）", "(无)", "暂无", "没有", "空", "缺", "略", "未填", "不填",
    "N/A", "n/a", "NA", "null", "NULL", "None", "none",
})  # fmt: skip
DITTO_WORDS = frozenset(
    {"同上", "同前", "同上行", "〃", "〃〃", '"', '""', "″", "\u201c", "\u201d", "''", "\u2018\u2019"}
)
CLEAR_WORDS = frozenset({"清空", "【清空】", "[清空]", "（清空）", "(清空)"})
SPECIAL_WORDS = EMPTY_WORDS | DITTO_WORDS | CLEAR_WORDS


def tidy(text: str) -> str:
    """Without control and zero-width characters and without outer white space (U+3000 and U+00A0 too)."""
    if text.isprintable():
        return text.strip() if "_x" not in text else _DROP.sub("", text).strip()
    return _SURROGATE.sub(LOST, _DROP.sub("", text)).strip()


def half_width(text: str) -> str:
    """NFKC, for numbers, dates, phones and ID numbers only: never for names. ² and ① do not become digits."""
    return text if text.isascii() or _ODD_DIGITS.search(text) else unicodedata.normalize("NFKC", text)


def squeezed(text: str) -> str:
    """NFKC without any white space."""
    return _SPACES.sub("", half_width(text))


def one_line(text: str) -> str:
    """Every run of white space as one space."""
    return _SPACES.sub(" ", text)
