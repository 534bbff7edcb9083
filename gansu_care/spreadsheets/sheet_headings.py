"""The headings of a sheet: whose they are, and which of them nobody is sure of.

A heading is known by its aliases, or by what the county said of it before (`Remembered`). What is left with cells below
it is doubtful: it may be like a heading that we know (likeness.py), or like none. A sheet that shows the telling
headings of no kind is recognised by likeness too, so that a misspelt 姓名 does not make a sheet vanish; a column is
never read by likeness alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.declaration import Declaration
from gansu_care.spreadsheets.likeness import Likeness
from gansu_care.spreadsheets.reading import (
    Data,
    Header,
    HeaderColumn,
    Sheet,
    find_header,
    heading_path,
    is_blank,
    is_serial,
    normalised,
    shown,
)
from gansu_care.spreadsheets.sample_masks import masked_sample

SAMPLES = 3
SAMPLE_CHARACTERS = 30
LONGEST_HEADING = 200
# Of a sheet whose kind nobody knows, what may be a misspelt heading.
LONGEST_GUESSED, MOST_GUESSED = 30, 500
NOT_TAKEN = ""
Remembered = Mapping[tuple[str, str], str]
"""(resource, path of headings) -> the field that the county means by it, NOT_TAKEN for a column that it leaves out."""
NOTHING_REMEMBERED: Remembered = {}


@dataclass(slots=True)
class DoubtfulHeading:
    """A heading that only the officer can say the meaning of.

    `likely`: the field that it probably means, "" for none. `said`: what the county said of it before, None if nothing.
    `is_needed`: the sheet lacks a column that it cannot do without, and this may be it. `samples`: cells below it.
    """

    resource: str
    path: str
    heading: str
    sheet: str
    column: str
    likely: str = ""
    said: str | None = None
    is_needed: bool = False
    samples: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the officer has to be asked before anything is checked."""
        return self.said is None and bool(self.likely or self.is_needed)


@dataclass(slots=True)
class SheetHeadings:
    """The resource, by its place, whose headings the sheet shows; its header; fields that doubtful columns may mean."""

    place: int
    header: Header
    likely: dict[int, str]


class Profile:
    """The headings of one kind of record as one county writes them."""

    def __init__(self, resource: Declaration, remembered: Remembered) -> None:
        self.resource = resource
        self.own = normalised(resource.vocabulary)
        said = {path: name for (code, path), name in remembered.items() if code == resource.code}
        self.said = {
            path: name
            for path, name in said.items()
            if path not in self.own and (name == NOT_TAKEN or name in resource.fields)
        }
        self.known = self.own | {path: name for path, name in self.said.items() if name != NOT_TAKEN}
        self.likeness = Likeness(self.own)
        self.telling = Likeness({path: name for path, name in self.own.items() if name in resource.telling})

    def header(self, sheet: Sheet) -> Header | None:
        found = find_header(sheet, self.known)
        return found if found and self.resource.tells(set(found.fields)) else None

    def likely_header(self, sheet: Sheet) -> Header | None:
        """A header whose telling headings are there only by likeness: named, but not read."""
        guessed = self._guesses(sheet)
        found = find_header(sheet, self.known | guessed) if guessed else None
        if found is None or not self.resource.tells(set(found.fields)):
            return None
        columns = [
            replace(one, field=None) if one.field and heading_path(one.heading) in guessed else one
            for one in found.columns
        ]
        return replace(found, columns=columns)

    def _guesses(self, sheet: Sheet) -> dict[str, str]:
        """Texts of the first rows that are like a telling heading and are none that we know."""
        telling, guessed = set(self.resource.telling), {}
        for path in _texts(sheet) - self.known.keys() - self.said.keys():
            if name := self.telling.field(path, (), telling):
                guessed[path] = name
        return guessed

    def likely(self, header: Header) -> dict[int, str]:
        """By column, the field that an unknown heading probably means; each field once."""
        taken, wanted, found = set(header.fields), self.wanted(header), {}
        for column in self.unknown(header):
            path = heading_path(column.heading)
            if path in self.said:
                continue
            if name := self.likeness.field(path, taken, wanted):
                found[column.index] = name
                taken.add(name)
        return found

    def lacking(self, header: Header) -> set[str]:
        """Columns that a sheet of this kind, or a new record, cannot do without."""
        named = set(header.fields)
        return {*self.resource.missing(named), *self.resource.telling} - named

    def wanted(self, header: Header) -> set[str]:
        """Those, and required ones that another column settles: a guess is worth more there."""
        required = {name for name, column in self.resource.fields.items() if column.required}
        return self.lacking(header) | (required - set(header.fields))

    def unknown(self, header: Header) -> Iterator[HeaderColumn]:
        repeated = {column.index for column in header.repeated}
        for column in header.columns:
            is_read = column.field or column.index in repeated or is_serial(column)
            if not is_read and heading_path(column.heading):
                yield column


def _texts(sheet: Sheet) -> set[str]:
    """The short texts of the first rows, as headings are looked up."""
    rows = sheet.rows[: limits.HEADER_SEARCH_ROWS]
    short = {
        value for row in rows for value in row if isinstance(value, str) and 1 < len(value) <= LONGEST_GUESSED
    }
    return {heading_path(text) for text in sorted(short)[:MOST_GUESSED]} - {""}


def headings_of(sheet: Sheet, profiles: Sequence[Profile]) -> SheetHeadings | None:
    """The kind whose headings the sheet shows most of; by likeness only where it shows the telling ones of none."""
    for way in (Profile.header, Profile.likely_header):
        found = [
            (header.score, -place, header)
            for place, profile in enumerate(profiles)
            if (header := way(profile, sheet))
        ]
        if found:
            _score, place, header = max(found, key=lambda each: each[:2])
            return SheetHeadings(-place, header, profiles[-place].likely(header))
    return None


def doubtful_headings(
    profile: Profile, found: SheetHeadings, data: Data, sheet: str
) -> Iterator[DoubtfulHeading]:
    """The columns of a sheet that are not known for sure and hold something; what the county said of each."""
    is_needed = bool(profile.lacking(found.header) - set(found.likely.values()))
    asked = {column.index for column in profile.unknown(found.header)}
    for column in found.header.columns:
        path = heading_path(column.heading)[:LONGEST_HEADING]
        if column.index not in asked and not (column.field and path in profile.said):
            continue
        likely = found.likely.get(column.index, "")
        samples = _samples(profile.resource, column, likely or column.field or "", data)
        if samples:
            yield DoubtfulHeading(
                profile.resource.code,
                path,
                column.heading[:LONGEST_HEADING],
                sheet,
                column.letter,
                likely,
                profile.said.get(path),
                is_needed,
                samples,
            )


def _samples(resource: Declaration, column: HeaderColumn, name: str, data: Data) -> list[str]:
    """The first different cells of a column, as they may be shown and kept."""
    found: dict[str, None] = {}
    for _number, cells in data.rows:
        value = cells[column.index]
        if not is_blank(value):
            text = masked_sample(shown(value).strip(), column.heading, resource.fields.get(name))
            found[text[:SAMPLE_CHARACTERS]] = None
            if len(found) == SAMPLES:
                break
    return list(found)
