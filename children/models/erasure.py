"""Erasing a record: proposed by one person, confirmed by another; and the numbers of what was erased."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from children.code_tables import ErasureGround
from children.models.child import Child
from children.querysets import ErasureQuerySet


class ErasureState(models.TextChoices):
    PROPOSED = "proposed", _("等待确认")
    ERASED = "erased", _("已删除")
    DECLINED = "declined", _("没有同意")
    DROPPED = "dropped", _("不再需要")


class Erasure(models.Model):
    """One proposal and what became of it. It names no person but the two who decide."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="erasures", verbose_name=_("留守儿童"))
    ground = models.CharField(_("依据"), max_length=12, choices=ErasureGround)
    state = models.CharField(_("状态"), max_length=10, choices=ErasureState, default=ErasureState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("删除申请")
        verbose_name_plural = pgettext_lazy("名单", "删除申请")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("child",), condition=Q(state="proposed"), name="one_open_erasure"
            ),
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_known"),
            models.CheckConstraint(
                condition=~Q(state="erased")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="erasure_by_two_persons",
            ),
        )

    def __str__(self) -> str:
        return self.get_state_display()


class ErasedNumber(models.Model):
    """The number of an erased record, and nothing else of it: a restored backup is erased by it again."""

    number = models.CharField(_("编号"), max_length=12, unique=True)
    ground = models.CharField(_("依据"), max_length=12, choices=ErasureGround)
    erased_on = models.DateField(_("删除日期"))

    class Meta:
        verbose_name = _("已删除的编号")
        verbose_name_plural = _("已删除的编号")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.number
