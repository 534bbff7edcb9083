"""Where a registry row belongs: the one place that derives its county, prefecture and reporting unit.

Every registry row carries its `division` (the lowest known of province, prefecture, county, township) and
beside it, as real indexed columns, the county and prefecture it is counted under. Scope and counts are then
one comparison. The columns follow today's list: a row of an ended division is counted where the successor
stands, and when a division gets another parent, loading the list re-derives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from .book import Placing, book, reset
from .models import Division, ReportingUnit

__all__ = ["Divided", "Placing", "divided_models", "place_all", "placing", "rederive", "rederive_all"]

PLACED = ("county", "prefecture", "reporting_unit")


def placing(division: Division | int) -> Placing:
    """Where a division, or the division of an id, is counted; raises Division.DoesNotExist."""
    pk = division.pk if isinstance(division, Division) else division
    found = book().placings.get(pk)
    if found is None:
        # Made since this process read the list.
        reset()
        found = book().placings.get(pk)
    if found is None:
        raise Division.DoesNotExist(f"no division with id {pk}")
    return found


class Divided(models.Model):
    """A registry row: it has a division, and its county and prefecture are derived when it is written."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("行政区划"))
    # Without indexes of their own: every model has composite ones that begin with them.
    county = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("县区"),
        db_index=False,
    )
    prefecture = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("市州"),
        db_index=False,
    )
    reporting_unit = models.ForeignKey(
        ReportingUnit,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("单列填报单位"),
    )

    # Reverse relations whose rows repeat county and prefecture, for the sake of an index.
    placed_with: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.division_id is not None:
            self.derive_placing()
        fields = kwargs.get("update_fields")
        if fields is not None and {"division", "division_id"} & set(fields):
            kwargs["update_fields"] = {*fields, *PLACED}
        super().save(*args, **kwargs)

    def derive_placing(self) -> None:
        self.county_id, self.prefecture_id, self.reporting_unit_id = placing(self.division_id)


Row = TypeVar("Row", bound=Divided)


def place_all(rows: Iterable[Row]) -> list[Row]:
    """Fill the derived columns of rows about to be written in bulk, where `save()` does not run."""
    placed = list(rows)
    for row in placed:
        row.derive_placing()
    return placed


def divided_models() -> list[type[Divided]]:
    return [model for model in apps.get_models() if issubclass(model, Divided) and not model._meta.proxy]


@transaction.atomic
def rederive(model: type[Divided]) -> int:
    """Bring the derived columns of a model's rows up to today's list; returns how many rows were changed."""
    rows = model._base_manager.order_by()
    held = rows.values("division_id", *(f"{name}_id" for name in PLACED)).annotate(n=Count("pk"))
    changed = 0
    for group in held:
        group.pop("n")
        right = placing(group["division_id"])._asdict()
        if any(group[column] != value for column, value in right.items()):
            _take_along(model, rows.filter(**group), right)
            changed += rows.filter(**group).update(**right)
    return changed


def _take_along(model: type[Divided], rows: models.QuerySet, right: dict[str, Any]) -> None:
    for name in model.placed_with:
        relation: Any = model._meta.get_field(name)
        along = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows})
        along.update(county_id=right["county_id"], prefecture_id=right["prefecture_id"])


@transaction.atomic
def rederive_all() -> int:
    """Bring all registry rows up to today's list, in one transaction; returns how many rows were changed."""
    return sum(rederive(model) for model in divided_models())
