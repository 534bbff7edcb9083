"""The data rows of one resource, from all sheets that hold it, kept by column: what a check works on.

    rows.values["sex"]      the cleaned values, one for each row: UNSET where the cell is empty or the column missing
    rows.places[7]          where row 7 stands: sheet and row number, as the officer sees them
    rows.add(7, "E_…")      a problem; one whose code begins with E_ keeps the row out

Each step of a check reads some columns, adds problems, and fills `defaults`, `targets`, `held` and `changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from gansu_care.divisions.models import Division
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.columns import INVALID, UNSET, Context, Masked, is_nothing
from gansu_care.spreadsheets.declaration import Declaration, Values
from gansu_care.spreadsheets.models import Outcome
from gansu_care.spreadsheets.problems import Problem
from gansu_care.spreadsheets.reading import Data, Header, column_index, shown
from gansu_care.spreadsheets.setting import Setting

# Not errors by their level, yet the row is not written.
HOLDING = frozenset({"W_TRANSFER_CANDIDATE"})
DOUBTFUL = "E_DOUBTFUL"


class Place(NamedTuple):
    sheet_no: int
    sheet: str
    row: int


class Change(NamedTuple):
    """One value of a record that the file would change. `old` and `new` as cells show them, masked where sealed."""

    field: str
    old: str
    new: str


@dataclass(slots=True)
class SheetPart:
    """One sheet's share: its header, its data, what the lines around the table say."""

    sheet_no: int
    name: str
    header: Header
    data: Data
    context: Context
    first: int  # index of its first row among all rows
    filled_on: date | None = None
    # The division that 填报单位 or the sheet's name says, for rows that name none; `unit` is the text itself.
    division: Division | None = None
    unit: str = ""
    # Essential columns it does not have: no new record can be made of its rows.
    lacks: tuple[str, ...] = ()
    # By field that it does not have, the heading of the column that is probably it.
    likely: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.data.rows)


@dataclass
class Rows:
    resource: Declaration
    setting: Setting
    parts: list[SheetPart] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    # Each problem with the row it is about; None for what concerns a whole sheet.
    said: list[tuple[int | None, Problem]] = field(default_factory=list)
    # Problems beyond what is kept of one file: counted, not told.
    untold: int = 0
    refused: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    # What each row would get as a new record where it says nothing, and what the register holds: filled by matching
    # and comparing.
    defaults: list[Values] = field(default_factory=list)
    targets: list[int | None] = field(default_factory=list)
    held: dict[int, Any] = field(default_factory=dict)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    # While they are judged, the rows of all kinds in the same file, these among them, in their order.
    beside: Sequence[Rows] = ()
    # Of doubtful rows, the records that they may mean.
    candidates: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _part_of: list[SheetPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.values = {name: [] for name in self.resource.fields}

    def __len__(self) -> int:
        return len(self.places)

    # --- filling

    def take(self, part: SheetPart) -> None:
        """Add a sheet's rows and clean them, column by column."""
        count = len(part)
        self.parts.append(part)
        self._part_of += [part] * count
        self.places += [Place(part.sheet_no, part.name, number) for number, _cells in part.data.rows]
        self.targets += [None] * count
        columns = part.header.fields
        for name, column in self.resource.fields.items():
            held = self.values[name]
            if name not in columns:
                held += [UNSET] * count
                continue
            cleaned, notes = column.clean_column(
                part.data.column(columns[name].index), part.context.of(columns[name])
            )
            held += cleaned
            for index, said in notes.items():
                for code, params in said:
                    self.add(part.first + index, code, name, **params)

    # --- reading

    def part(self, index: int) -> SheetPart:
        return self._part_of[index]

    def has_column(self, name: str) -> bool:
        """Whether any sheet has this column."""
        return any(name in part.header.fields for part in self.parts)

    def given(self, name: str) -> Iterator[tuple[int, Any]]:
        """The rows whose cell says something, with its value."""
        return ((index, value) for index, value in enumerate(self.values[name]) if not is_nothing(value))

    def is_empty(self, index: int, name: str) -> bool:
        """Whether the cell says nothing. A refused one said something."""
        value = self.values[name][index]
        return value is not INVALID and is_nothing(value)

    def record(self, index: int) -> Any:
        """The record of the register that the row means; None for a new one."""
        target = self.targets[index]
        return None if target is None else self.held.get(target)

    def is_new(self, index: int) -> bool:
        """Whether the row would make a record: it means none, and does not say that it means one."""
        return self.targets[index] is None and is_nothing(self.values["number"][index])

    def judged(self) -> list[int]:
        """The rows that the rules between fields are for: what is new and what changes."""
        return [index for index in range(len(self)) if self.is_new(index) or index in self.changes]

    def after(self, index: int, name: str) -> Any:
        """What the field would hold after writing: the cell's value, or where it says nothing the register's."""
        value = self.values[name][index]
        if value is not UNSET and not isinstance(value, Masked):
            return value
        record = self.record(index)
        return value if record is None else self.resource.stored(record, name)

    def day(self, index: int) -> date:
        """The day the row speaks of: a new record's 登记日期, else the sheet's 填报日期, else the day of upload.

        A record that exists was registered long ago: what changes in it does so on the day of the sheet.
        """
        own = self.values[self.resource.day_field][index] if self.resource.day_field else None
        if isinstance(own, date) and self.targets[index] is None:
            return own
        return self._part_of[index].filled_on or self.setting.on_date

    def outcome(self, index: int) -> Outcome:
        """What the row comes to, once all steps are done."""
        if index in self.refused:
            return Outcome.REFUSED
        if index in self.doubtful:
            return Outcome.DOUBTFUL
        if self.targets[index] is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes.get(index) else Outcome.SAME

    def cells(self, index: int) -> list[Any]:
        """The row as it stands in the sheet."""
        part = self._part_of[index]
        return part.data.rows[index - part.first][1]

    def named(self, before: int, index: int) -> dict[str, Any]:
        """How a problem of one row names another: by its row number, with the sheet where that is another."""
        place, here = self.places[before], self.places[index]
        other_sheet = {"first_sheet": place.sheet} if place.sheet_no != here.sheet_no else {}
        return {"first_row": place.row, **other_sheet}

    # --- saying what is wrong

    def add(self, index: int, code: str, name: str = "", /, **params: Any) -> None:
        """A problem of one row, in the cell of field `name` where it has one."""
        if code == DOUBTFUL:
            self.doubtful.add(index)
        elif code.startswith("E_") or code in HOLDING:
            self.refused.add(index)
        if len(self.said) >= limits.PROBLEMS:
            self.untold += 1
            return
        part, place = self._part_of[index], self.places[index]
        column = part.header.fields.get(name) if name else None
        value = shown(self.cells(index)[column.index]) if column else ""
        problem = Problem(
            code,
            sheet=place.sheet,
            row=place.row,
            column=column.letter if column else "",
            heading=column.heading if column else self.resource.heading(name),
            field=name,
            value=value,
            params=params,
        )
        self.said.append((index, problem))

    def tell(self, problem: Problem) -> None:
        """A problem of a whole sheet or of a line that is no data."""
        self.said.append((None, problem))

    def add_all(self, index: int, found: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
        """Problems as rules between fields yield them: (field, code, parameters)."""
        for name, code, params in found:
            self.add(index, code, name, **params)

    def invalidate(self, index: int, name: str, code: str, /, **params: Any) -> None:
        """The cell is refused after all."""
        self.values[name][index] = INVALID
        self.add(index, code, name, **params)

    def problems_in_order(self) -> list[Problem]:
        """By sheet, row and column, what belongs to a whole sheet first.

        A row that changes nothing has nothing to be confirmed: its warnings are dropped.
        """
        order = {part.name: part.sheet_no for part in self.parts}
        told = (
            problem for index, problem in self.said if problem.is_error or not self._changes_nothing(index)
        )
        return sorted(
            told,
            key=lambda p: (
                order.get(p.sheet, -1),
                p.row or 0,
                column_index(p.column) if p.column else -1,
                p.code,
            ),
        )

    def _changes_nothing(self, index: int | None) -> bool:
        return index is not None and self.outcome(index) == Outcome.SAME
