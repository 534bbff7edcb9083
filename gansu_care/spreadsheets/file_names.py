"""Names of files that go out: readable in Chinese, safe on every system, never a path."""

import re
import unicodedata

from django.utils import timezone

# Separators of paths, what Windows refuses, quotes and control characters; bidirectional marks hide an ending.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
LONGEST = 80
# Windows keeps these to itself, whatever stands behind the dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(title: str, ending: str) -> str:
    """`临洮县/留守儿童` -> `临洮县 留守儿童.xlsx`; never empty, never hidden, at most 80 characters and the ending."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", title))
    plain = re.sub(r"\s+", " ", plain).strip(" .")[:LONGEST].strip(" .")
    if not plain or _RESERVED.match(plain):
        plain = f"file {plain}".strip()
    return f"{plain}.{ending}"


def dated(title: str) -> str:
    """The title with today's date in the province, as offices name their files: 临洮县留守儿童_20261123."""
    return f"{title}_{timezone.localdate():%Y%m%d}"
