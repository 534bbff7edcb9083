"""Text that is safe in a cell: never a formula, never a character that a workbook cannot hold."""

import re

from django.utils.functional import Promise

# A cell of Excel holds this many UTF-16 units.
CELL_LIMIT = 32_767
# XML 1.0 has no place for these; with them the whole workbook would not open.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# OWASP's list, and the full-width signs that Excel takes for the same in a Chinese locale.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def clean(value: str | Promise) -> str:
    """Without the characters that no workbook can hold, and no longer than a cell."""
    text = str(value)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
    return text[:CELL_LIMIT] if len(text) > CELL_LIMIT else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program might take this text for a formula when it is typed or opened from a csv."""
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(("=", "+", "-", "@"))


def neutralised(text: str) -> str:
    """For csv, which has no types: a leading ' keeps a text from being read as a formula."""
    return f"'{text}" if looks_like_formula(text) else text
