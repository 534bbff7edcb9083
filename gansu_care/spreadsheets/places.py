"""Where a row belongs: the cells for prefecture, county, township and residence read together, within a scope.

Several cells may say one place (县区 临洮县, 乡镇 洮阳镇),
or one cell all of it (临洮县洮阳镇南门村). A township is looked
for inside its row's county, and a county inside its row's prefecture. Equal combinations are read once.

What a row leaves open is not guessed: a place named by the sheet (填报单位, or the sheet's name) or the uploader's own
county is a default for new records only; a record that exists keeps the township it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gansu_care.divisions.matching import Match, Matcher, matcher
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import covers, known
from gansu_care.spreadsheets.columns import INVALID, UNSET, TextColumn, is_nothing
from gansu_care.spreadsheets.columns.divisions import division_name
from gansu_care.spreadsheets.rows import Rows

Note = tuple[str, str, dict[str, Any]]
"""(field, code, parameters)"""


class PlaceColumn(TextColumn):
    """A division as text in the cell; the step `divide` makes a Division of it. `level`: what the heading promises.

    Columns with a level only help to find the division: they are neither stored nor written out.
    """

    def __init__(self, attribute: str, headings: Any, *, level: str | None = None, **kwargs: Any) -> None:
        super().__init__(attribute, headings, **kwargs)
        self.level = level
        self.helps_only = level is not None

    def render(self, value: Any) -> Any:
        return None if is_nothing(value) else division_name(value)

    def equal(self, stored: Any, read: Any) -> bool:
        """A cell that only names the county changes nothing for a record whose township is known."""
        if not (isinstance(stored, Division) and isinstance(read, Division)):
            return False
        return stored.pk == read.pk or covers(read, stored)


class Spot(NamedTuple):
    """What the cells say: a division, or None when they say nothing or something wrong; the text that is left over."""

    division: Division | None = None
    rest: str = ""
    notes: tuple[Note, ...] = ()


LEVELS = (Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)
Texts = tuple[str, ...]


class Places:
    """Reads the place cells of rows, each combination once."""

    def __init__(self, scope: Division, fields: tuple[str, str, str, str]) -> None:
        self.scope, self.fields = scope, fields
        self.matcher: Matcher = matcher()
        self._read: dict[tuple[Texts, Division], Spot] = {}
        self._inside: dict[int, bool] = {}

    def inside(self, division: Division) -> bool:
        """Whether a division lies in the uploader's own."""
        found = self._inside.get(division.pk)
        if found is None:
            found = self._inside[division.pk] = covers(self.scope, division)
        return found

    def spot(self, texts: Texts, within: Division) -> Spot:
        """`texts`: the cells for prefecture, county, township and the whole place, "" for an empty one."""
        found = self._read.get((texts, within))
        if found is None:
            found = self._read[texts, within] = self._spot(texts, within)
        return found

    def _spot(self, texts: Texts, within: Division) -> Spot:
        notes: list[Note] = []
        division: Division | None = None
        for name, text, level in zip(self.fields, texts, LEVELS, strict=False):
            if not text:
                continue
            match = self.matcher.match(text, level, within)
            notes += notes_of(name, match)
            if match.division is None:
                return Spot(None, "", tuple(notes))
            division = within = match.division
        return self._whole(texts[3], division, within, notes)

    def _whole(self, text: str, division: Division | None, within: Division, notes: list[Note]) -> Spot:
        """The cell for the whole place; beside known columns it may be no more than a village or a house."""
        if not text:
            return Spot(division, "", tuple(notes))
        match = self.matcher.match(text, None, within)
        if match.division is None and division is not None and match.state == "unknown":
            return Spot(division, text, tuple(notes))
        notes = [*notes, *notes_of(self.fields[3], match)]
        if match.division is None:
            return Spot(None, "", tuple(notes))
        deeper = division is None or not covers(match.division, division)
        return Spot(match.division if deeper else division, match.rest, tuple(notes))


def notes_of(name: str, match: Match) -> Iterator[Note]:
    """What there is to say about a match, as columns say it."""
    if match.state == "ok":
        if match.warning and match.division:
            yield name, match.warning, {"read": division_name(match.division)}
    elif match.state == "ambiguous":
        yield name, "E_DIVISION_AMBIGUOUS", {"candidates": [division_name(one) for one in match.candidates]}
    elif match.state == "reporting_unit":
        yield name, "E_REPORTING_UNIT", {"name": match.unit.label if match.unit else ""}
    else:
        yield name, "E_DIVISION_UNKNOWN", {"nearest": list(match.nearest)} if match.nearest else {}


def divide(rows: Rows, fields: tuple[str, str, str, str]) -> dict[int, str]:
    """Turn the place cells into `values[fields[3]]`: a Division, UNSET, or INVALID. Returns the text left over by row.

    Rows that lie outside the uploader's scope are refused, as are those of a sheet whose 填报单位 lies outside it.
    """
    scope, rests = rows.setting.division, {}
    places = Places(scope, fields)
    columns = [rows.values[name] for name in fields]
    for index, cells in enumerate(zip(*columns, strict=True)):
        texts = tuple("" if is_nothing(cell) else str(cell) for cell in cells)
        within = division_of_part(rows, index)
        if not any(texts):
            if not places.inside(within):
                rows.add(index, "E_OUT_OF_SCOPE", unit=rows.part(index).unit)
            continue
        spot = places.spot(texts, within)
        rows.add_all(index, spot.notes)
        columns[3][index] = spot.division or (UNSET if not spot.notes else INVALID)
        if spot.division and not places.inside(spot.division):
            rows.add(
                index, "E_OUT_OF_SCOPE", next(name for name, text in zip(fields, texts, strict=True) if text)
            )
        elif spot.rest:
            rests[index] = spot.rest
    return rests


def division_of_part(rows: Rows, index: int) -> Division:
    """Where the rows of a sheet belong as far as it says: the place it names, unless that is above the uploader's.

    A sheet of another county stays that county's: its townships are not looked for in the uploader's own.
    """
    said, scope = rows.part(index).division, rows.setting.division
    return scope if said is None or covers(said, scope) else said


def default_division(rows: Rows, index: int) -> Division | None:
    """Where a new record belongs when its row does not say: the sheet's county, else the uploader's own.

    None when that is above the counties: then the row has to say it.
    """
    division = known(division_of_part(rows, index))
    return division if division.county is not None else None
