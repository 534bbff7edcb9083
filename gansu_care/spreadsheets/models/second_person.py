"""Which divisions ask for a second person before an upload is written."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known


class SecondPersonQuerySet(models.QuerySet["SecondPerson"]):
    def asked_at(self, division: Division) -> Division | None:
        """The division, this one or the highest above it, that asks for a second person; None if none does."""
        path = known(division).current.path()
        asking = set(self.filter(division__in=[one.pk for one in path]).values_list("division", flat=True))
        return next((one for one in path if one.pk in asking), None)


class SecondPerson(models.Model):
    """A division that asks: its uploads, and those of all divisions below it, wait until another person has agreed."""

    division = models.OneToOneField(Division, models.PROTECT, related_name="+", verbose_name=_("行政区划"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人")
    )
    set_at = models.DateTimeField(_("设定时间"), auto_now_add=True)

    objects: Any = SecondPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("两人复核的单位")
        verbose_name_plural = _("两人复核的单位")

    def __str__(self) -> str:
        return str(self.division)
