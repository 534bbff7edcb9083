"""Where the reader stands: the division and the year that the top bar shows.

She begins at her own division and this year; she may step down to a division below her own, never beside or above.
Kept in the session, so that the next page still shows the same county.
"""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import below, user_covers

FIRST_YEAR = 2009


class Standing:
    """The division and year of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.user: Any = request.user
        self.session = request.session

    @cached_property
    def own(self) -> Division | None:
        pk = getattr(self.user, "division_id", None)
        return (book().by_id.get(pk) or self.user.division) if pk else None

    @cached_property
    def division(self) -> Division | None:
        code = self.session.get("division", "")
        if not code or self.own is None:
            return self.own
        chosen = book().by_code.get(code)
        return chosen if chosen and chosen.in_force and user_covers(self.user, chosen) else self.own

    @cached_property
    def choices(self) -> list[Division]:
        """The divisions right below the one shown (counties of a prefecture, townships of a county)."""
        here = self.division.pk if self.division else None
        return [one for one in book().by_code.values() if here and one.parent_id == here and one.in_force]

    @property
    def this_year(self) -> int:
        return timezone.localdate().year

    @cached_property
    def year(self) -> int:
        year = self.session.get("year", self.this_year)
        return year if isinstance(year, int) and FIRST_YEAR <= year <= self.this_year else self.this_year

    @property
    def is_past(self) -> bool:
        return self.year < self.this_year


def standing_of(request: HttpRequest) -> Standing:
    """One Standing a request, shared by view and shell."""
    found = getattr(request, "standing", None)
    if found is None:
        found = request.standing = Standing(request)  # type: ignore[attr-defined]
    return found


def places_below(request: HttpRequest | None) -> QuerySet[Division]:
    """The divisions right below the one shown: what a list's filter offers."""
    division = standing_of(request).division if request else None
    if division is None:
        return Division.objects.none()
    return below(division).filter(parent=division).order_by("code")
