"""What every row of money is: an amount, and, where it takes another row back, which one and how."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.code_tables import Reversal
from gansu_care.trail.registry import RegistryRow

FEN = Decimal("0.01")


def money(label: Any, **kwargs: Any) -> models.DecimalField:
    """Yuan with two decimals, above zero."""
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, validators=[MinValueValidator(FEN)], **kwargs
    )


class MoneyRow(RegistryRow):
    """Nothing is deleted and no sum is written over: what comes back is a row of its own, below zero, which names the
    row that it reverses. So every sum of amounts is right by itself."""

    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="reversals",
        verbose_name=_("冲销的记录"),
    )  # fmt: skip
    reversal = models.CharField(_("冲销方式"), max_length=10, choices=Reversal, blank=True, editable=False)

    amount: models.DecimalField
    reverses_id: int | None

    class Meta:
        abstract = True

    @property
    def is_reversal(self) -> bool:
        return self.reverses_id is not None

    @property
    def day(self) -> date:
        """The day that the row is dated by."""
        rows: Any = type(self)._default_manager.all()
        return getattr(self, rows.day_field)

    def net(self) -> Decimal:
        """The amount less what was taken back of it."""
        back = self.reversals.in_force().order_by().aggregate(sum=models.Sum("amount"))["sum"]  # type: ignore[attr-defined]
        return self.amount + (back or Decimal(0))

    def left(self) -> Decimal:
        """What can still be taken back, or passed on where the row's money is passed on."""
        return self.net()


def above_zero_or_reversing(name: str) -> models.CheckConstraint:
    plain = Q(reverses=None, amount__gt=0)
    return models.CheckConstraint(condition=plain | Q(reverses__isnull=False, amount__lt=0), name=name)


def sum_of(rows: Any) -> Decimal:
    """The sum of the amounts of rows in force."""
    return rows.in_force().order_by().aggregate(sum=models.Sum("amount"))["sum"] or Decimal(0)
