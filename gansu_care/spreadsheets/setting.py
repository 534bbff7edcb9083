"""The circumstances of a check or of an application."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.by_hand import ByHand


@dataclass(frozen=True)
class Setting:
    """What a check knows besides the file: who uploads, for which division, on which day, with what consent.

    `by_hand` is what an officer did to single rows.
    `upload_number` is empty where there is no upload (a Dataset that is only checked).
    """

    user: Any
    division: Division
    on_date: date
    consent_by: str = ""
    consent_on: date | None = None
    upload_number: str = ""
    by_hand: ByHand = field(default_factory=ByHand)

    @property
    def consent_declared(self) -> bool:
        return bool(self.consent_by and self.consent_on)
