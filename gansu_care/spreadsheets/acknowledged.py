"""Which warnings were confirmed with an upload, and how many of each: as the trail keeps them, and in words."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gansu_care.pages.wording import number
from gansu_care.spreadsheets.problems import CODES, Problem
from gansu_care.trail.models import Action

_ONE = re.compile(r"(W_[A-Z_]+) (\d+)")


def as_reason(acknowledged: Mapping[str, int]) -> str:
    """W_ID_AREA 3, W_NO_CONSENT 12."""
    return ", ".join(f"{code} {count}" for code, count in sorted(acknowledged.items()))


def in_words(acknowledged: Mapping[str, int]) -> str:
    said = (
        _("%(what)s（%(n)s 处）") % {"what": Problem.in_general(code), "n": number(count)}
        for code, count in sorted(acknowledged.items())
        if code in CODES
    )
    return _("；").join(said)


def reason_in_words(reason: str, action: str) -> str:
    """For the trail's page (pages/screens/trail_words.py)."""
    found = _ONE.findall(reason) if action == Action.APPLY else []
    return in_words({code: int(count) for code, count in found})
