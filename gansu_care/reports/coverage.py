"""Townships with a center: which divisions count as a township, and which of them have one.

A township here is a town (镇) or a township (乡): code segment 100 to 399 of GB/T 10114. Subdistricts, farms and zones
are left out: the project builds in the countryside. A center of an ended township counts for its successor.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import known

TOWN_SEGMENTS = range(100, 400)


def is_town(division: Division) -> bool:
    return (
        division.level == Level.TOWNSHIP
        and division.in_force
        and int(division.code[6:9] or 0) in TOWN_SEGMENTS
    )


def towns_in(division: Division) -> list[Division]:
    """Towns and townships in force, of a division and of all below it; in code order."""
    top = known(division).current.pk
    towns = (one for one in book().by_id.values() if is_town(one))
    return [town for town in towns if any(upper.pk == top for upper in town.path())]


def towns_of(division_ids: Iterable[int]) -> set[int]:
    """Ids of the towns that stand today for these divisions; what is no town is left out."""
    by_id = book().by_id
    today = (by_id[pk].current for pk in division_ids if pk in by_id)
    return {division.pk for division in today if is_town(division)}


def towns_with(centers: QuerySet) -> QuerySet[Division]:
    """The towns in which one of these centers stands."""
    ids = centers.order_by().values_list("division_id", flat=True).distinct()
    return Division.objects.filter(pk__in=towns_of(ids)).order_by("code")
