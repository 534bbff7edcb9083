"""Children of the register whom rows may mean without saying so for certain: the rule stands in children/alike.py.

However many rows: one query for the children without ID number, one for those that rows without a number are like, two
for the people around the children that are left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from children.alike import (
    MISTYPED,
    SAME,
    Likeness,
    dates_near,
    people_alike,
    settled_without_people,
    sounds,
    with_name,
)
from children.models import Carer, Parent
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import PartialDate
from gansu_care.spreadsheets.declaration import MOST_CANDIDATES, Declaration, Values
from gansu_care.spreadsheets.setting import Setting

PEOPLE = ("carer_name", "father_name", "mother_name")


class Held(NamedTuple):
    """A child of the register."""

    pk: int
    has_number: bool
    name: str
    born: date
    sex: str
    division: int
    county: int


class Asked(NamedTuple):
    """A row that means no record for certain. `people`: the names of her carer and parents."""

    place: int
    has_number: bool
    name: str
    born: date
    sex: str
    division: int
    county: int
    people: tuple[str, ...]


class Pair(NamedTuple):
    asked: Asked
    held: Held
    like: Likeness


def alike(
    resource: Declaration,
    rows: Sequence[Values],
    places: Collection[int],
    taken: Collection[int | None],
    setting: Setting,
) -> dict[int, tuple[int, ...]]:
    """The children that each of these rows may mean, by the place of the row; rows like nobody are missing.

    `places`: the rows that mean no record for certain; `taken`: the children whom other rows mean.
    """
    asked = [one for place in places if (one := _asked(place, rows[place]))]
    if not asked:
        return {}
    held = _held(resource.records(setting), asked, set(taken))
    return _chosen(list(_pairs(asked, held)))


def _asked(place: int, row: Values) -> Asked | None:
    name, born, division = row.get("name"), row.get("birth_date"), row.get("division")
    if not (isinstance(name, str) and isinstance(born, PartialDate) and isinstance(division, Division)):
        return None
    county = known(division).county
    if county is None:
        return None
    people = tuple(text for column in PEOPLE if isinstance(text := row.get(column), str) and text)
    has_number = isinstance(row.get("id_number"), str)
    sex, here = str(row.get("sex") or ""), known(division).current.pk
    return Asked(place, has_number, name, born.date, sex, here, county.pk, people)


# --- who comes into question


def _held(records: QuerySet, asked: Iterable[Asked], taken: set[int | None]) -> list[Held]:
    """A row with a number can only mean a child without one."""
    records = records.filter(county__in=among({one.county for one in asked}))
    without = [one for one in asked if not one.has_number]
    found = {one.pk: one for one in _rows(records.filter(id_number_digest=None, id_number_digest_even=None))}
    if without:
        heard = among({sound for one in without for sound in sounds(one.name)})
        born = among({one.born for one in without})
        near = records.filter(Q(name_sort__in=heard) | Q(birth_date__in=born))
        found |= {one.pk: one for one in _rows(near)}
    return [one for one in found.values() if one.pk not in taken]


def _rows(records: QuerySet) -> Iterable[Held]:
    digest = Coalesce("id_number_digest", "id_number_digest_even")
    columns = ("county_id", "pk", digest, "name", "birth_date", "sex", "division_id")
    for county, pk, digest, name, born, sex, division in records.values_list(*columns):
        yield Held(pk, bool(digest), name, born, sex, book().by_id[division].current.pk, county)


def _pairs(asked: Sequence[Asked], held: Sequence[Held]) -> Iterable[Pair]:
    """Who of the two may be the same child, by name and date."""
    for one, other in _meetings(asked, held):
        if one.has_number and other.has_number:
            continue
        like = with_name(SAME if one.born == other.born else MISTYPED, one.name, other.name)
        if like and (like == ("same", "same") or not (one.sex and one.sex != other.sex)):
            yield Pair(one, other, like)


def _meetings(asked: Sequence[Asked], held: Sequence[Held]) -> Iterable[tuple[Asked, Held]]:
    """Those of a county that were born on dates near to each other and share a character of the name.

    The shorter of the two lists is spread out over all dates and characters under which the other may find it.
    """
    if len(held) <= len(asked):
        shelf = _shelf(held)
        yield from ((one, other) for one in asked for other in _on(shelf, one))
    else:
        shelf = _shelf(asked)
        yield from ((one, other) for other in held for one in _on(shelf, other))


def _shelf(few: Sequence[Any]) -> dict[tuple[int, date, str], list[Any]]:
    shelf: dict[tuple[int, date, str], list[Any]] = defaultdict(list)
    for one in few:
        for day in (one.born, *dates_near(one.born)):
            for character in set(one.name):
                shelf[one.county, day, character].append(one)
    return shelf


def _on(shelf: dict[tuple[int, date, str], list[Any]], one: Any) -> Iterable[Any]:
    met = (shelf.get((one.county, one.born, character), ()) for character in set(one.name))
    return dict.fromkeys(other for found in met for other in found)


# --- who is asked about


def _chosen(pairs: list[Pair]) -> dict[int, tuple[int, ...]]:
    open_pairs = [pair for pair in pairs if not _is_settled(pair)]
    people = _people({pair.held.pk for pair in open_pairs}) if open_pairs else {}
    chosen: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if _is_settled(pair) or people_alike(pair.asked.people, people.get(pair.held.pk, ())):
            chosen[pair.asked.place].append(pair)
    return {place: _in_order(found) for place, found in chosen.items()}


def _is_settled(pair: Pair) -> bool:
    return settled_without_people(pair.like, same_township=pair.asked.division == pair.held.division)


def _in_order(pairs: list[Pair]) -> tuple[int, ...]:
    """The likest first: the same name before one heard the same, the same date before a mistyped one."""
    ordered = sorted(
        pairs, key=lambda pair: (pair.like.name != "same", pair.like.date != "same", pair.held.pk)
    )
    return tuple(pair.held.pk for pair in ordered[:MOST_CANDIDATES])


def _people(children: Collection[int]) -> dict[int, list[str]]:
    """The names of carers and parents, by child."""
    found: dict[int, list[str]] = defaultdict(list)
    carers: Any = Carer.objects.filter(child__in=among(children), until=None)
    parents: Any = Parent.objects.filter(child__in=among(children))
    for rows in (carers, parents):
        for child, name in rows.values_list("child", "name"):
            if name:
                found[child].append(name)
    return found
