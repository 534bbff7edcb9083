"""What counts as a center built, operating, equipped; what is on hand. Each rule once, for list, filter and report."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from centers.code_tables import FOUR_KINDS, CenterStatus
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.trail.registry import RegistryQuerySet

MONEY = models.DecimalField(max_digits=16, decimal_places=2)


def in_force_on(day: date) -> Q:
    """A dated fact (`since`, `until`) holds on `day`: begun, and not ended before or on it."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


class CenterStateQuerySet(ScopedQuerySet):
    scope_path = "center"

    def on(self, day: date) -> Self:
        return self.filter(in_force_on(day))


class CenterQuerySet(RegistryQuerySet):
    def built_by(self, day: date) -> Self:
        """Built since 2008 and up to `day` (24:00 of it), whatever became of them later."""
        return self.in_force().filter(built_on__lte=day)

    def built_between(self, first: date, last: date) -> Self:
        return self.in_force().filter(built_on__range=(first, last))

    def built_during(self, year: int) -> Self:
        return self.built_between(date(year, 1, 1), date(year, 12, 31))

    def with_unknown_building_date(self) -> Self:
        """Not said to be planned or under construction, and yet without the day it was built: in no figure."""
        return (
            self.in_force()
            .filter(built_on=None)
            .exclude(status__in=(CenterStatus.PLANNED, CenterStatus.BUILDING))
        )

    def telling_status_on(self, day: date) -> Self:
        """Annotate `status_on_day`: the status by the dated facts, "" when none holds. Facts that overlap by
        mistake: the one begun last, so that each center has one status and the statuses add up."""
        held = self._states().filter(in_force_on(day), center=OuterRef("pk")).order_by("-since", "-pk")
        return self.annotate(status_on_day=Coalesce(Subquery(held.values("status")[:1]), Value("")))

    def with_status_on(self, day: date, *statuses: str) -> Self:
        """Built by `day` and in one of `statuses` on it, by the dated facts."""
        return self.built_by(day).telling_status_on(day).filter(status_on_day__in=statuses)

    def operating_on(self, day: date) -> Self:
        return self.with_status_on(day, CenterStatus.OPERATING)

    def closed_on(self, day: date) -> Self:
        """Merged into another center or closed."""
        return self.with_status_on(day, CenterStatus.MERGED, CenterStatus.CLOSED)

    def fully_equipped_on(self, day: date) -> Self:
        """Built by `day` and, by then, given all four kinds: computers, televisions, stationery and books."""
        centers = self.built_by(day)
        for category in FOUR_KINDS:
            given = self._equipment().filter(
                center=OuterRef("pk"), category=category, voided_on=None, quantity__gt=0
            )
            centers = centers.filter(Exists(given.filter(Q(obtained_on=None) | Q(obtained_on__lte=day))))
        return centers

    def _states(self) -> models.QuerySet:
        return self.model._meta.get_field("states").related_model._default_manager.all()

    def _equipment(self) -> models.QuerySet:
        return self.model._meta.get_field("equipment").related_model._default_manager.all()


class EquipmentQuerySet(RegistryQuerySet):
    def telling_value(self) -> Self:
        """Annotate `value`: the amount, else quantity times unit price; NULL when neither is known."""
        product = models.ExpressionWrapper(F("quantity") * F("unit_price"), MONEY)
        return self.annotate(value=Coalesce(F("amount"), product, output_field=MONEY))

    def on_hand_on(self, day: date) -> Self:
        """In the ledger on `day`: obtained by then (an unknown date counts as before) and not disposed of."""
        return self.in_force().filter(
            Q(obtained_on=None) | Q(obtained_on__lte=day), Q(disposed_on=None) | Q(disposed_on__gt=day)
        )

    def obtained_during(self, year: int) -> Self:
        return self.in_force().filter(obtained_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def lent_on(self, day: date) -> Self:
        """With something out on loan."""
        return self.filter(Exists(self._loans().out_on(day).filter(equipment=OuterRef("pk"))))

    def overdue_on(self, day: date) -> Self:
        return self.filter(Exists(self._loans().overdue_on(day).filter(equipment=OuterRef("pk"))))

    def counted_during(self, year: int) -> Self:
        counts = self._stocktakes().filter(equipment=OuterRef("pk"), counted_on__year=year)
        return self.filter(Exists(counts))

    def differing_during(self, year: int) -> Self:
        """Counted in the year, and not as many as in the ledger."""
        counts = self._stocktakes().filter(equipment=OuterRef("pk"), counted_on__year=year)
        return self.filter(Exists(counts.differing()))

    def _loans(self) -> "LoanQuerySet":
        return self.model._meta.get_field("loans").related_model._default_manager.all()

    def _stocktakes(self) -> "StocktakeQuerySet":
        return self.model._meta.get_field("stocktakes").related_model._default_manager.all()


class StocktakeQuerySet(ScopedQuerySet):
    scope_path = "equipment"

    def differing(self) -> Self:
        return self.exclude(counted=F("book"))


class LoanQuerySet(ScopedQuerySet):
    scope_path = "equipment"

    def out_on(self, day: date) -> Self:
        return self.filter(lent_on__lte=day).filter(Q(returned_on=None) | Q(returned_on__gt=day))

    def overdue_on(self, day: date) -> Self:
        return self.out_on(day).filter(due_on__lt=day)
