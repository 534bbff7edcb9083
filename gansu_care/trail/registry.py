"""What every registry row has: a place, a number, a version, a history.

A row is never deleted from a page: it is ended, voided or merged with a reason.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gansu_care.divisions.placing import Divided
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.trail.record_numbers import take_numbers


class StaleRow(Exception):
    """Somebody else saved this row since it was shown. `current` is the row as it is now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(str(current))


class History(HistoricalRecords):
    """Snapshots of a model's rows. A reason longer than its column is cut: the record keeps the whole of it."""

    longest_reason = 100

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: str) -> str | None:
        reason = super().get_change_reason_for_object(instance, history_type, using)
        return str(reason)[: self.longest_reason] if reason else reason


def history(**kwargs: Any) -> HistoricalRecords:
    """The history of a registry model: snapshots with who, when, why (history_change_reason), which upload."""
    return History(user_model=settings.AUTH_USER_MODEL, **kwargs)


class RegistryQuerySet(ScopedQuerySet):
    """Rows of the register; scope and the words that every kind of record shares."""

    def in_force(self) -> Self:
        """Not voided: what figures count and lists show by default."""
        return self.filter(voided_on__isnull=True)


class RegistryRow(Divided):
    """A numbered, versioned row of the register. Subclasses add `history = history()`."""

    number = models.CharField(_("编号"), max_length=12, unique=True, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("最后修改"), auto_now=True)
    # The upload that wrote the row last, empty after an edit on a page: each snapshot of the history keeps its own.
    upload_number = models.CharField(
        _("来源批次号"), max_length=40, blank=True, editable=False, db_index=True
    )
    voided_on = models.DateField(_("作废日期"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True, editable=False)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        abstract = True

    # Why the next save happens; history keeps it.
    _change_reason: str
    # The route of the record's page; its only argument is the number.
    detail_route = ""

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse(self.detail_route, args=[self.number])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            self.number = take_numbers(1)[0]
        super().save(*args, **kwargs)

    def save_version(self, seen: int) -> None:
        """Save over version `seen`, which the user had before her eyes; raises StaleRow if it is not the last.

        Compare-and-set in one statement, so that of two people at once exactly one wins.
        """
        model = type(self)
        if not model._default_manager.filter(pk=self.pk, version=seen).update(version=seen + 1):
            raise StaleRow(model._default_manager.get(pk=self.pk))
        self.version, self.upload_number = seen + 1, ""
        self.save()
