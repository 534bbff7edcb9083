"""Money received, allocated, spent: in a year, and since the beginning. Each rule once."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.trail.registry import RegistryQuerySet


class SharedQuerySet(QuerySet):
    """Sources have no division: every signed-in person with the right sees them, the province writes them."""

    def visible_to(self, user: Any) -> Self:
        return (
            self.all()
            if getattr(user, "is_authenticated", False) and user.may(Right.SEE_MONEY)
            else self.none()
        )


class MoneyQuerySet(RegistryQuerySet):
    """Rows dated by `day_field`, in yuan."""

    right = Right.SEE_MONEY
    day_field = ""

    def between(self, first: date, last: date) -> Self:
        return self.in_force().filter(**{f"{self.day_field}__range": (first, last)})

    def during(self, year: int) -> Self:
        return self.between(date(year, 1, 1), date(year, 12, 31))

    def until(self, day: date) -> Self:
        """Since the beginning, up to `day` 24:00."""
        return self.in_force().filter(**{f"{self.day_field}__lte": day})


class ReceiptQuerySet(MoneyQuerySet):
    day_field = "received_on"

    def joint(self) -> Self:
        """Given by several sources together on one receipt."""
        return self.annotate(source_count=Count("shares")).filter(source_count__gt=1)

    def of_unknown_split(self) -> Self:
        """Given by several sources, of some of which the share is not known."""
        several = self.telling_sole_source().filter(share_count__gt=1)
        return several.filter(Exists(self._shares().filter(receipt=OuterRef("pk"), amount=None)))

    def telling_sole_source(self) -> Self:
        """Annotate `share_count`, and `sole_source`: the id of the one source, NULL for none or several."""
        shares = self._shares().filter(receipt=OuterRef("pk")).order_by()
        count = shares.values("receipt").annotate(n=Count("pk")).values("n")
        sole = shares.values("receipt").annotate(n=Count("pk"), one=Min("source")).filter(n=1).values("one")
        return self.annotate(share_count=Coalesce(Subquery(count), 0), sole_source=Subquery(sole))

    def from_sources(self, *ids: int) -> Self:
        """Given by exactly these sources together; without ids: the source is not told."""
        rows = self.telling_sole_source().filter(share_count=len(ids))
        for pk in ids:
            rows = rows.filter(Exists(self._shares().filter(receipt=OuterRef("pk"), source=pk)))
        return rows

    def jointly_from(self, *kinds: str) -> Self:
        """Given by sources of all these kinds together and of no other."""
        shares = self._shares().filter(receipt=OuterRef("pk"))
        rows = self.filter(~Exists(shares.exclude(source__kind__in=kinds)))
        for kind in kinds:
            rows = rows.filter(Exists(shares.filter(source__kind=kind)))
        return rows

    def _shares(self) -> QuerySet:
        return self.model._meta.get_field("shares").related_model._default_manager.all()


class ReceiptShareQuerySet(ScopedQuerySet):
    right = Right.SEE_MONEY
    scope_path = "receipt"


class AllocationQuerySet(MoneyQuerySet):
    day_field = "allocated_on"


class ExpenditureQuerySet(MoneyQuerySet):
    day_field = "spent_on"


class DisbursementQuerySet(MoneyQuerySet):
    day_field = "disbursed_on"


class ReconciliationQuerySet(MoneyQuerySet):
    day_field = "month"

    def closed(self) -> Self:
        """The month takes only reversing entries."""
        return self.in_force().filter(closed_on__isnull=False)

    def open(self) -> Self:
        return self.in_force().filter(closed_on=None)
