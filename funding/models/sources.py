"""Where money comes from: the list that all share and the province keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centers.source_kinds import SourceKind
from funding.querysets import SharedQuerySet
from gansu_care.divisions.models import english_is_active
from gansu_care.trail.registry import history


class Source(models.Model):
    """Where money comes from. Several may stand on one receipt; a donor or a channel is another thing."""

    name = models.CharField(_("资金来源"), max_length=100, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=150, blank=True)
    kind = models.CharField(_("来源种类"), max_length=20, choices=SourceKind)
    in_use = models.BooleanField(_("使用中"), default=True)

    objects = SharedQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("资金来源")
        verbose_name_plural = pgettext_lazy("名单", "资金来源")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page; workbooks keep the Chinese one."""
        return self.name_en if english_is_active() and self.name_en else self.name
