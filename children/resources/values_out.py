"""What the columns of an export hold of many children, column by column: of each table only the fields that they read.

No record is made of a row (family.py and register.py do that for whoever changes one). A column's path says where its
value stands: carer.phone is the field `phone` of the row of Carer which a child has under the name `carer`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from children.code_tables import DatePrecision
from children.models import Carer, Child, Consent, Episode, Grandparent, Parent
from children.resources.family import DASH, DEAD, GRANDPARENTS, KINDS
from gansu_care.divisions.book import book
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import Column, PartialDate
from gansu_care.spreadsheets.columns.divisions import division_name
from gansu_care.spreadsheets.stored_columns import stored_columns

Made = dict[str, tuple[tuple[str, ...], Callable[..., list[Any]]]]
"""Values that a record has by no field of their own: the fields of which they are made, and how."""


def _days(days: Sequence[Any], precisions: Sequence[str]) -> list[Any]:
    """Days; where day or month is not known, what is known."""
    pairs = list(zip(days, precisions, strict=True))
    known = {
        (day, precision): day
        if day is None or precision == DatePrecision.DAY
        else PartialDate(day, precision)
        for day, precision in set(pairs)
    }
    return [known[pair] for pair in pairs]


def _said(names: Sequence[str], dead: Sequence[bool]) -> list[str]:
    return [
        (f"{name}{DEAD}" if name else DASH) if is_dead else name
        for name, is_dead in zip(names, dead, strict=True)
    ]


def _places(ids: Sequence[int | None]) -> list[str | None]:
    """Divisions by their names, out of the book."""
    divisions = book().by_id
    names = {pk: None if pk is None else division_name(divisions[pk]) for pk in set(ids)}
    return [names[pk] for pk in ids]


BIRTH: Made = {"birth": (("birth_date", "birth_precision"), _days)}
OF_CHILD: Made = BIRTH | {
    name: ((f"{name}_id",), _places)
    for name in ("division", "household_division")
}  # fmt: skip


class Hung(NamedTuple):
    """Rows of which a child has one, or none, under a name: her father, her carer. Of several the last one stands."""

    rows: Callable[[], QuerySet]
    # By what `told_by` holds the names, each with the path from the row to what stands under it.
    names: dict[str, dict[str, str]]
    told_by: str = ""
    made: Made = {}


def _parents() -> QuerySet:
    """With the state that is open, if any."""
    is_open = FilteredRelation("states", condition=Q(states__until=None))
    return Parent.objects.annotate(open=is_open).order_by()


HUNG = (
    Hung(
        _parents, {kind: {kind: "", f"{kind}_state": "open__"} for kind in KINDS}, told_by="kind",
        made=BIRTH | {"open__begun": (("open__since", "open__since_precision"), _days)},
    ),
    Hung(
        Grandparent.objects.all, {relation: {name: ""} for name, relation in GRANDPARENTS.items()}, told_by="relation",
        made={"birth": (("birth_date",), list), "said": (("name", "deceased"), _said)},
    ),
    Hung(lambda: Carer.objects.filter(until=None).order_by(), {"": {"carer": ""}}),
    Hung(lambda: Episode.objects.order_by("episode_no"), {"": {"episode": ""}}),
    Hung(lambda: Consent.objects.standing().order_by(), {"": {"held_consent": ""}}),
)  # fmt: skip


def values_of(columns: dict[str, Column], ids: Sequence[int]) -> dict[str, Sequence[Any]]:
    """By the names of the columns, in the order of `ids`, without children that are gone."""
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    for name, column in columns.items():
        holder, _dot, field = column.attribute.rpartition(".")
        asked[holder][name] = field
    own = _Table(Child.objects.filter(pk__in=among(ids)).order_by(), "pk", "", asked[""].values(), OF_CHILD)
    held = own.places[""]
    there = [pk for pk in ids if pk in held]
    values = own.taken("", asked[""], there)
    for hung in HUNG:
        wanted = {
            told: {
                name: path + field for holder, path in names.items() for name, field in asked[holder].items()
            }
            for told, names in hung.names.items()
        }
        fields = {field for named in wanted.values() for field in named.values()}
        if fields:
            rows = hung.rows().filter(child__in=among(there))
            table = _Table(rows, "child", hung.told_by, fields, hung.made)
            for told, named in wanted.items():
                values |= table.taken(told, named, there)
    return values


class _Table:
    """Some fields of rows, found by the child whose they are and by what tells them apart."""

    def __init__(self, rows: QuerySet, child: str, told_by: str, fields: Iterable[str], made: Made) -> None:
        parts = {field: made[field][0] if field in made else (field,) for field in fields}
        names = list(dict.fromkeys((child, *filter(None, (told_by,)), *chain(*parts.values()))))
        stored = dict(zip(names, stored_columns(rows, names), strict=True))
        self.values = {
            field: made[field][1](*map(stored.get, of)) if field in made else list(stored[field])
            for field, of in parts.items()
        }
        self.rows = len(stored[child])
        self.places: dict[str, dict[int, int]] = defaultdict(dict)
        told = stored[told_by] if told_by else repeat("")
        for place, (each, pk) in enumerate(zip(told, stored[child])):  # noqa: B905
            self.places[each][pk] = place

    def taken(self, told: str, fields: dict[str, str], ids: Sequence[int]) -> dict[str, Sequence[Any]]:
        """The values of some columns; None for a child who has no such row."""
        places = self.places[told]
        order = [places.get(pk, self.rows) for pk in ids]
        # Behind the last row stands what a child has who has none.
        whole = {name: [*self.values[field], None] for name, field in fields.items()}
        return {name: [values[place] for place in order] for name, values in whole.items()}
