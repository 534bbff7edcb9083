"""A column of a list that goes out: its heading, its kind, how wide it is, whether it is hidden."""

from dataclasses import dataclass

from django.utils.functional import Promise

# What a column holds. ID: digits that are a name (ID numbers, phones, codes), as text whatever is typed over them.
TEXT, ID, INT, DECIMAL, MONEY, DATE, MOMENT = "text", "id", "int", "decimal", "money", "date", "moment"
WIDTHS = {TEXT: 14, ID: 20, INT: 9, DECIMAL: 11, MONEY: 16, DATE: 12, MOMENT: 17}
NARROWEST, WIDEST = 6, 60


@dataclass(frozen=True)
class SheetColumn:
    """`group` is the upper heading of a two-row head; neighbours with the same group share it. `width` 0: by kind."""

    heading: str | Promise
    kind: str = TEXT
    group: str | Promise = ""
    width: float = 0
    hidden: bool = False

    @property
    def characters(self) -> float:
        """Width in characters: its own, else what kind and heading need (a Han character takes two)."""
        if self.width:
            return min(self.width, WIDEST)
        return min(max(WIDTHS[self.kind], display_width(str(self.heading)) + 3, NARROWEST), WIDEST)


def display_width(text: str) -> int:
    """Columns of a fixed-width type: Han characters and full-width signs count twice."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def groups(columns: list[SheetColumn]) -> list[tuple[str, int, int]]:
    """(upper heading, first column, last column), counted from 0, for neighbours that share a group."""
    found: list[tuple[str, int, int]] = []
    for index, column in enumerate(columns):
        group = str(column.group)
        if found and group and found[-1][0] == group and found[-1][2] == index - 1:
            found[-1] = (group, found[-1][1], index)
        else:
            found.append((group, index, index))
    return found


def letter(index: int) -> str:
    """Column letters of Excel, counted from 0: 0 -> A, 26 -> AA."""
    name, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        name = chr(65 + place) + name
    return name
