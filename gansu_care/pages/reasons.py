"""Why a row changed, where nobody had to say it: the history keeps a code, and words are put where it is shown.

    register_reasons({"undo": lambda number: _("撤销导入")})    in AppConfig.ready()
    coded("undo", "U-621124-20261123-001")                    kept as undo:U-621124-20261123-001

What a person wrote is kept, and shown, as it is.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Words = Callable[[str], Any]
_words: dict[str, Words] = {}


class Reason(NamedTuple):
    """`about`: what a code speaks of, such as the number of an upload; empty where a person wrote the reason."""

    words: str
    about: str = ""


def register_reasons(words: Mapping[str, Words]) -> None:
    """By code, how its reason reads; each is given what the code speaks of."""
    _words.update(words)


def coded(code: str, about: str = "") -> str:
    return f"{code}:{about}"


def reason_of(stored: str) -> Reason:
    code, _colon, about = stored.partition(":")
    words = _words.get(code)
    return Reason(str(words(about)), about) if words else Reason(stored)
