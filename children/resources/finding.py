"""Which child a row means. The keys in their order:

1. The record number. One that is unknown, or another county's, gives one and the same answer.
2. The ID number, by its digest. A child of that number who is registered elsewhere keeps the row out, and the answer
   proves nothing about her (W_TRANSFER_CANDIDATE).
3. Name, birth date and township. A record with another ID number is another child; of several, none is guessed. A row
   that knows only its county may mean the one child of that name and date in it.

A row that none of these settles may still be like a child of its county: then it is doubtful, and an officer decides
(namesakes.py, children/alike.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce

from children.models import Child
from children.resources.namesakes import alike
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import covers
from gansu_care.sealed import cipher
from gansu_care.sealed.fields import digest_column
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import PartialDate
from gansu_care.spreadsheets.declaration import NEW, Declaration, Found, Values, meant_by
from gansu_care.spreadsheets.setting import Setting

ID_NUMBER = Child._meta.get_field("id_number").logical_name


class Namesake(NamedTuple):
    pk: int
    digest: str | None  # of her ID number, if she has one
    division: Division


def find_children(resource: Declaration, values: Sequence[Values], setting: Setting) -> list[Found]:
    numbers = [number if isinstance(number := row.get("id_number"), str) else "" for row in values]
    found = resource.find_by_number(values, setting)
    by_id_number = _by_id_number(resource, {*numbers} - {""}, setting)
    for index, number in enumerate(numbers):
        held = by_id_number.get(number)
        if held is None:
            continue
        numbered = found.get(index)
        if numbered is not None and numbered.target is not None and numbered.target != held.target:
            # Its number says one record, its ID number another.
            held = held if held.elsewhere else Found(several=True)
        if numbered is None or not numbered.unknown_number:
            found[index] = held
    namesakes = Namesakes(resource, [row for index, row in enumerate(values) if index not in found], setting)
    for index, row in enumerate(values):
        if index not in found:
            found[index] = namesakes.meant(row, numbers[index])
    _ask_about_the_like(resource, values, found, setting)
    return [found[index] for index in range(len(values))]


def _ask_about_the_like(
    resource: Declaration, values: Sequence[Values], found: dict[int, Found], setting: Setting
) -> None:
    """Rows that would be new children, though the register has one like them, become doubtful."""
    new = [index for index, one in found.items() if one == NEW]
    taken = {one.target for one in found.values()}
    for index, candidates in alike(resource, values, new, taken, setting).items():
        found[index] = Found(candidates=candidates)


def _by_id_number(resource: Declaration, numbers: Iterable[str], setting: Setting) -> dict[str, Found]:
    """The children of these ID numbers: those inside the scope, and that there are others. By each key at hand."""
    everywhere, inside = {}, {}
    for version in cipher.digest_versions():
        column = digest_column("id_number_digest", version)
        number_of = {cipher.digest(number, ID_NUMBER, version): number for number in numbers}
        wanted = {f"{column}__in": among(number_of)}
        held_inside = resource.records(setting).order_by().filter(**wanted).values_list(column, "pk")
        inside.update({number_of.pop(digest): Found(pk) for digest, pk in held_inside})
        wanted = {f"{column}__in": among(number_of)}
        held = Child.objects.in_force().order_by().filter(**wanted).values_list(column, flat=True)
        everywhere.update({number_of[digest]: Found(elsewhere=True) for digest in held})
    return everywhere | inside


class Namesakes:
    """The children inside the scope by name and birth date."""

    def __init__(self, resource: Declaration, rows: Sequence[Values], setting: Setting) -> None:
        self.held: dict[tuple[str, date], list[Namesake]] = defaultdict(list)
        keys = [key for row in rows if (key := key_of(row))]
        children = resource.records(setting).filter(
            name__in=among({name for name, _born in keys}),
            birth_date__in=among({born for _name, born in keys}),
        )
        digest = Coalesce("id_number_digest", "id_number_digest_even")
        columns = ("pk", digest, "division_id", "name", "birth_date")
        divisions = book().by_id
        for pk, digest, division, name, born in children.values_list(*columns):
            self.held[name, born].append(Namesake(pk, digest, divisions[division]))

    def meant(self, row: Values, id_number: str) -> Found:
        """The one child that the row means; NEW if none fits, `several` if more than one does."""
        fitting = [one for one in self.of(row) if not (id_number and one.digest)]
        division = row.get("division")
        if division is not None:
            exact = [one for one in fitting if one.division.pk == division.pk]
            fitting = exact or [one for one in fitting if covers(division, one.division)]
        return meant_by([one.pk for one in fitting])

    def of(self, row: Values) -> list[Namesake]:
        key = key_of(row)
        return self.held.get(key, []) if key else []


def key_of(row: Values) -> tuple[str, date] | None:
    name, born = row.get("name"), row.get("birth_date")
    return (name, born.date) if isinstance(name, str) and isinstance(born, PartialDate) else None
