"""Who sees which rows: the one rule, in words.

A user sees rows only when signed in, active, under a grant in force, standing at a division, and holding the right
that the rows ask for (`queryset.right`). Then:

    province      every row
    prefecture    rows whose prefecture is hers (嘉峪关 is a prefecture)
    county        rows whose county is hers
    township      rows of her township itself

Whoever fails a condition sees nothing: no division, no rows. Rows above a user's division (a province's
receipt, a prefecture's own center) have no county and are not hers. A user of an ended division stands where
its successor stands, as the rows do.

A row without columns of its own (a parent, a piece of equipment) names the way to the row that has them:
`scope_path`.

Rows without a division have rules of their own, written here as well:
    funding sources, policies, code tables    read by all who are signed in, written by the province
    notices to guardians, rules               read by all who are signed in, published by the province
    users                                     seen by an administrator of their division or above it
"""

from __future__ import annotations

from typing import Any, Protocol, Self

from django.db import models
from django.db.models import Q

from .book import book
from .models import Division, Level


class ScopedUser(Protocol):
    """What the rule needs to know of a user."""

    is_authenticated: bool
    is_active: bool
    is_granted: bool
    division_id: int | None

    def may(self, right: str) -> bool: ...


class ScopedQuerySet(models.QuerySet[Any]):
    """Base of every registry queryset."""

    right = "see_registry"
    scope_path = ""

    def visible_to(self, user: ScopedUser | Any) -> Self:
        """The rows that this user may see; nothing for whoever has no right or no division."""
        division = standing(user)
        if division is None or not user.may(self.right):
            return self.none()
        return self.within(division)

    def within(self, division: Division) -> Self:
        """The rows of a division and of all below it."""
        lookup = scope_lookup(division)
        prefix = f"{self.scope_path}__" if self.scope_path else ""
        return self.filter(**{f"{prefix}{column}": value for column, value in lookup.items()})

    def around(self, division: Division) -> Self:
        """The rows of a division, for a township those of its county, by their own columns.

        It only narrows what an index that knows no townships is asked; whose rows are shown is said by the above.
        """
        place = known(division).current
        return self.filter(**scope_lookup(place.county or place))


def scope_lookup(division: Division) -> dict[str, Any]:
    """The comparison that keeps the rows of a division: one indexed column, or none for the province."""
    today = known(division).current
    if today.level == Level.PROVINCE:
        return {}
    if today.level == Level.PREFECTURE:
        return {"prefecture": today.pk}
    if today.level == Level.COUNTY:
        return {"county": today.pk}
    ids = book().stands_for.get(today.pk, [today.pk])
    return {"division": today.pk} if len(ids) == 1 else {"division__in": ids}


def known(division: Division) -> Division:
    """The same division out of the book, whose parents and successor ask no database."""
    return book().by_id.get(division.pk, division)


def standing(user: ScopedUser) -> Division | None:
    """The division where the user stands today; None for whoever is not signed in, not active or not granted, or
    has none."""
    if not (user.is_authenticated and user.is_active and user.is_granted):
        return None
    pk = getattr(user, "division_id", None)
    division = book().by_id.get(pk) or Division.objects.filter(pk=pk).first() if pk else None
    return division.current if division else None


def divisions_for(user: ScopedUser) -> models.QuerySet[Division]:
    """The divisions in force that a form may offer this user: her own and those below it."""
    division = standing(user)
    return Division.objects.none() if division is None else below(division)


def below(division: Division) -> models.QuerySet[Division]:
    """A division in force and all in force below it."""
    inside = Q(pk=division.pk) | Q(parent=division.pk) | Q(parent__parent=division.pk)
    if division.level == Level.PROVINCE:
        inside |= Q(parent__parent__parent=division.pk)
    return Division.objects.in_force().filter(inside)


def covers(upper: Division, lower: Division) -> bool:
    """Whether `lower` is `upper` or lies below it, both taken as they stand today."""
    top = known(upper).current.pk
    return any(division.pk == top for division in known(lower).current.path())


def user_covers(user: ScopedUser, division: Division) -> bool:
    """Whether the user's own division covers this one."""
    own = standing(user)
    return own is not None and covers(own, division)
