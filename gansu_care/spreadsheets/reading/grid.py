"""The cells of one sheet as a reader of ours meets them: what passes the limits is refused before it takes memory."""

from .. import limits
from .sheets import Merge, Sheet
from .unreadable import Unreadable


class Grid:
    """Cells are put in by row and column, counted from 0, in any order; `sheet` lays them out as a rectangle."""

    def __init__(self, name: str):
        self.name = name
        self.rows: list[list] = []
        self.merges: list[Merge] = []
        self.width = self.texts = 0

    def put(self, row: int, column: int, value: object) -> None:
        self.check(row, column)
        rows = self.rows
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        if len(line) <= column:
            line.extend([None] * (column + 1 - len(line)))
            self.width = max(self.width, column + 1)
        line[column] = value
        if value.__class__ is str:
            self._count(value)

    def check(self, row: int, column: int) -> None:
        if row < 0 or column < 0:
            raise Unreadable("E_FILE_BROKEN")
        if row >= limits.ROWS:
            raise Unreadable("E_TOO_MANY_ROWS", sheet=self.name, limit=limits.DATA_ROWS)
        if column >= limits.COLUMNS:
            raise Unreadable("E_TOO_MANY_COLUMNS", sheet=self.name, limit=limits.COLUMNS)

    def _count(self, text: str) -> None:
        self.texts += len(text)
        if self.texts > limits.TEXT_CHARACTERS:
            raise Unreadable("E_TOO_MUCH_TEXT", sheet=self.name)

    def merge(self, row: int, column: int, down: int, right: int) -> None:
        """A merged range by its first cell and how many rows and columns it covers."""
        if down > 1 or right > 1:
            self.merges.append((row + 1, column + 1, row + down, column + right))

    def sheet(self, state: str) -> Sheet:
        for line in self.rows:
            line.extend([None] * (self.width - len(line)))
        return Sheet(self.name, self.rows, state, self.merges)
