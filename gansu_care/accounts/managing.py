"""Who manages whose accounts: the one rule, in words.

Whoever holds the right to manage accounts does so inside her own division and below it, for the levels that her row
of the table of roles names (`manages`): staff of a county those of the county and its townships, staff of a
prefecture those of counties and townships below, the provincial administrator all below the province, the system
administrator those of the province itself.

Nobody manages herself. A superuser is made by the command line and managed by no page; she stands at the province,
so that she can make the first accounts. A role is given only where it exists, and only inside the same reach.
"""

from typing import Any

from django.db.models import Q, QuerySet

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ROLES, Right, Role
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import below, covers, standing


def reach(user: Any) -> Division | None:
    """The division inside which this user manages accounts; None for whoever manages none."""
    if not (user.is_authenticated and user.may(Right.MANAGE_ACCOUNTS)):
        return None
    return standing(user) or (_province() if user.is_superuser else None)


def level_of(role: str, division: Division) -> str:
    """The level at which a role exists at this division; empty where it does not."""
    levels = ROLES[role].levels if role in ROLES else frozenset()
    if division.level in levels:
        return division.level
    return Level.COUNTY if division.acts_as_county and Level.COUNTY in levels else ""


def accounts_managed_by(user: Any) -> QuerySet[User]:
    """The accounts that this user may change, end, and give a new password to."""
    top = reach(user)
    if top is None:
        return User.objects.none()
    return User.objects.filter(inside(top), _at(_levels(user))).exclude(pk=user.pk).exclude(is_superuser=True)


def inside(top: Division) -> Q:
    """Accounts of a division and of all below it; those of an ended division where its successor stands."""
    ended = [pk for pk, division in book().by_id.items() if not division.in_force and covers(top, division)]
    return Q(division__in=below(top).values("pk")) | Q(division__in=ended)


def assignable_roles(user: Any) -> list[Role]:
    """The roles that exist at a level whose accounts the user manages."""
    levels = _levels(user) if reach(user) else frozenset()
    return [role for role in Role if ROLES[role].levels & levels]


def assignable_divisions(user: Any) -> QuerySet[Division]:
    """The divisions where the user may make accounts."""
    top = reach(user)
    if top is None:
        return Division.objects.none()
    levels = _levels(user)
    county_like = Q(acts_as_county=True) if Level.COUNTY in levels else Q(pk__in=())
    return below(top).filter(Q(level__in=levels) | county_like)


def may_assign(user: Any, role: str, division: Division) -> bool:
    """Whether the user may give this role at this division to somebody else."""
    top, level = reach(user), level_of(role, division)
    return bool(top and level and level in _levels(user) and division.in_force and covers(top, division))


def _levels(user: Any) -> frozenset[str]:
    row = user.role_row
    return row.manages if row else frozenset()


def _at(levels: frozenset[str]) -> Q:
    """Accounts of these levels. At 嘉峪关 the role tells an account of the county from one of the prefecture."""
    if Level.COUNTY not in levels:
        return Q(division__level__in=levels)
    both = {Level.COUNTY, Level.PREFECTURE}
    of_county = [role for role, row in ROLES.items() if both & row.levels == {Level.COUNTY}]
    return Q(division__level__in=levels) | Q(division__acts_as_county=True, role__in=of_county)


def _province() -> Division | None:
    return Division.objects.in_force().filter(level=Level.PROVINCE).first()
