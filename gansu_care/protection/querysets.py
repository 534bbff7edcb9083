"""Who sees the registers: the unit that keeps a row and those above it; mandatory reports stay in the county."""

from datetime import date
from typing import Any, Self

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import standing
from gansu_care.trail.registry import RegistryQuerySet


class RegisterQuerySet(RegistryQuerySet):
    right = Right.KEEP_REGISTERS


class PersonRequestQuerySet(RegisterQuerySet):
    def open(self) -> Self:
        return self.in_force().filter(state="open")

    def late_on(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)


class MandatoryReportQuerySet(RegisterQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Beyond the county only how many there are: nobody there needs to know which child."""
        division = standing(user)
        inside = division is not None and (
            division.level in (Level.COUNTY, Level.TOWNSHIP) or division.acts_as_county
        )
        return super().visible_to(user) if inside else self.none()
