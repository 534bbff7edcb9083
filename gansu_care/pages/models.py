"""What the site knows about itself: whether its people and records are invented."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SiteMark(models.Model):
    """One row, or none. It stands in the database, so that the mark travels with every copy of it.

    `made_on` is empty until the demo is complete: a demo that was interrupted can be told from a whole one.
    """

    is_demo = models.BooleanField(_("演示数据"), default=False)
    made_on = models.DateTimeField(_("建成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("本库标记")
        verbose_name_plural = _("本库标记")
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_site_mark"),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def begin_demo(cls) -> None:
        """Before the first invented row is written: from here on production refuses this database."""
        cls.objects.update_or_create(pk=1, defaults={"is_demo": True, "made_on": None})

    @classmethod
    def finish_demo(cls) -> None:
        cls.objects.filter(pk=1, is_demo=True).update(made_on=timezone.now())

    @classmethod
    def demo(cls) -> bool:
        """Whether this database holds invented people: every page says so."""
        return cls.objects.filter(is_demo=True).exists()

    @classmethod
    def half_a_demo(cls) -> bool:
        return cls.objects.filter(is_demo=True, made_on=None).exists()
