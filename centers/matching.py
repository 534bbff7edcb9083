"""Which center a name means, inside a scope: used where a center's own row, its equipment or its money name it.

`CenterNames` reads all centers of the wanted names or numbers with one query. A name is looked for in the row's
division: the very division first, then inside it (a row that names only its county), then above it (a center of
which only the county was known so far). Of several equally near, none is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, QuerySet

from gansu_care.divisions import likeness
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import covers
from gansu_care.spreadsheets.bulk import among

NEAREST = 3


class NamedCenter(NamedTuple):
    pk: int
    number: str
    name: str
    division: Division


class CenterNames:
    def __init__(self, centers: QuerySet, names: Iterable[str], numbers: Iterable[str] = ()) -> None:
        self.centers = centers
        wanted = Q(name__in=among(set(names))) | Q(number__in=among(set(numbers)))
        found = centers.filter(wanted).values_list("pk", "number", "name", "division_id")
        listed = [
            NamedCenter(pk, number, name, book().by_id[division]) for pk, number, name, division in found
        ]
        self.by_number = {center.number: center for center in listed}
        self.by_name: dict[str, list[NamedCenter]] = {}
        for center in listed:
            self.by_name.setdefault(center.name, []).append(center)

    def named(self, name: str, division: Division | None) -> list[NamedCenter]:
        """The centers that a name in a division may mean: none, the one, or several."""
        candidates = self.by_name.get(name, [])
        if division is None:
            return candidates
        exact = [center for center in candidates if center.division.pk == division.pk]
        return (
            exact
            or [center for center in candidates if covers(division, center.division)]
            or [center for center in candidates if covers(center.division, division)]
        )

    @cached_property
    def all_names(self) -> list[str]:
        return list(self.centers.values_list("name", flat=True).distinct())

    def nearest(self, name: str) -> list[str]:
        """Names that look like it; asked only when one is not found."""
        return likeness.nearest(name, self.all_names, most=NEAREST, least=0.5)
