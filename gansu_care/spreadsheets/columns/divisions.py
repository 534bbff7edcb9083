"""Administrative divisions: the cell's text is given to the matcher of the context."""

from typing import Any

from ..reading.cells import shown
from .base import Column, is_nothing, refused
from .cell_text import one_line
from .values import Context, Read


class DivisionColumn(Column):
    """A division, or the text's answer why not. `level`: prefecture, county, township, or None for any."""

    def __init__(self, attribute: str, headings: Any, *, level: str | None = None, **kwargs: Any):
        super().__init__(attribute, headings, **kwargs)
        self.level = level

    def read_value(self, value: Any, context: Context) -> Read:
        """A code typed as a number."""
        return self.read_text(shown(value), context)

    def read_text(self, text: str, context: Context) -> Read:
        answer = context.match_division(one_line(text), self.level)
        if answer[0] == "ok":
            _ok, division, warning = answer
            return division, (((warning, {"read": division_name(division)}),) if warning else ())
        if answer[0] == "ambiguous":
            return refused("E_DIVISION_AMBIGUOUS", candidates=[division_name(one) for one in answer[1]])
        if answer[0] == "reporting_unit":
            return refused("E_REPORTING_UNIT", name=str(answer[1]))
        nearest = [division_name(one) for one in answer[1] or ()]
        return refused("E_DIVISION_UNKNOWN", **({"nearest": nearest} if nearest else {}))

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else division_name(value)


def division_name(division: Any) -> str:
    """The full name of a division, its path included where it has one; a text as it is."""
    for attribute in ("full_name", "name"):
        if found := getattr(division, attribute, None):
            return str(found() if callable(found) else found)
    return str(division)
