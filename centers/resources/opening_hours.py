"""Opening hours in one cell: 周一至周五 14:30-18:00；周六、周日 9:00-17:00."""

from typing import Any

from centers.opening_hours import EXAMPLE, Unreadable, read, written
from gansu_care.spreadsheets.columns import Context, Read, TextColumn, is_nothing, refused


class OpeningHoursColumn(TextColumn):
    """The rows that the cell says (centers/opening_hours.py); written back always in the same words."""

    def read_text(self, text: str, context: Context) -> Read:
        value, notes = super().read_text(text, context)
        if notes:
            return value, notes
        try:
            return read(text), ()
        except Unreadable as fault:
            return refused(
                "E_HOURS_UNREADABLE", example=EXAMPLE, **({"part": fault.part} if fault.part else {})
            )

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else written(value)

    def equal(self, stored: Any, read: Any) -> bool:
        return (stored or []) == read
