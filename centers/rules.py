"""Rules of a center that its form and its row of a workbook share."""

from datetime import date
from typing import Any

from centers.code_tables import CenterStatus

FIRST_HOMES = date(2008, 12, 1)
"""The first 32 homes were opened in December 2008."""


def gave_way(status: Any) -> bool:
    """Merged or closed: only then another center takes over."""
    return status in (CenterStatus.MERGED, CenterStatus.CLOSED)
