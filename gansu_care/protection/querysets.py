"""Who sees the registers: the unit that keeps a row and those above it; mandatory reports stay in the county."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, Q

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import standing
from gansu_care.trail.registry import RegistryQuerySet


class RegisterQuerySet(RegistryQuerySet):
    right = Right.KEEP_REGISTERS


class PersonRequestQuerySet(RegisterQuerySet):
    def open(self) -> Self:
        return self.in_force().filter(state="open")

    def open_and_late(self, day: date) -> tuple[int, int]:
        """How many wait for an answer, and how many of them past their date; one query."""
        late = Count("pk", filter=Q(due_on__lt=day))
        counted = self.open().order_by().aggregate(open=Count("pk"), late=late)
        return counted["open"], counted["late"]


class MandatoryReportQuerySet(RegisterQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Beyond the county only how many there are: nobody there needs to know which child."""
        division = standing(user)
        inside = division is not None and (
            division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county
        )
        return super().visible_to(user) if inside else self.none()
