"""A workbook as we hold it: sheets of plain rows, whatever kind of file they came from."""

from dataclasses import dataclass, field

VISIBLE, HIDDEN, VERY_HIDDEN = "visible", "hidden", "veryHidden"
Merge = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows[0]` is row 1; a row is a list of cell values, None for an empty cell.

    `merges` are (first row, first column, last row, last column), all counted from 1. Only the first cell of a
    merge holds its value.
    """

    name: str
    rows: list[list]
    state: str = VISIBLE
    merges: list[Merge] = field(default_factory=list)

    @property
    def visible(self) -> bool:
        return self.state == VISIBLE


@dataclass(slots=True)
class Workbook:
    """A file that could be read. `kind`: xlsx, xlsb, xls, ods, csv, html or xml.

    `epoch1904`: day numbers count from 1904.
    `numbers_as_text`: the file kept no types (csv, html), so a number may have lost its zeros: 2010.10 -> 2010.1.
    """

    kind: str
    sheets: list[Sheet]
    name: str = ""
    epoch1904: bool = False
    numbers_as_text: bool = False
