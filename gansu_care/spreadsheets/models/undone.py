"""What an undo came to, record by record: undone, kept because it was edited since, or failed. No value in clear."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gansu_care.spreadsheets.models.staging import UploadPartQuerySet
from gansu_care.spreadsheets.models.upload import Upload


class UndoOutcome(models.TextChoices):
    UNDONE = "undone", _("已撤销")
    KEPT = "kept", _("保留")
    FAILED = "failed", _("未能撤销")


class UndoAct(models.TextChoices):
    """What the upload had done to the record, and what undoing it means."""

    REMOVE = "remove", _("删除新增的记录")
    RESTORE = "restore", _("恢复原来的内容")


class UndoWhy(models.TextChoices):
    """Why a record, or a part of it, was left as it is."""

    EDITED = "edited", _("导入以后改过")
    POINTED_AT = "pointed_at", _("别的记录指向它")
    GONE = "gone", _("记录已经不在")
    NO_HISTORY = "no_history", _("没有导入以前的历史")
    TARGET_GONE = "target_gone", _("原来指向的记录已经不在")
    CLASH = "clash", _("原来的内容和现在的登记册冲突")
    OUT_OF_SCOPE = "out_of_scope", _("已经不在您的范围")


class UndoLine(models.Model):
    """One line of the three lists of an undo. A record stands in two of them when only some of its fields are kept."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="undo_lines", verbose_name=_("表格上传"))
    outcome = models.CharField(_("结果"), max_length=6, choices=UndoOutcome)
    resource = models.CharField(_("记录种类"), max_length=20)
    number = models.CharField(_("档案编号"), max_length=12, blank=True)
    act = models.CharField(_("做了什么"), max_length=8, choices=UndoAct)
    # What was restored, or is kept: paths such as "children.child.village", and "children.carer" for a whole part.
    fields = models.JSONField(_("栏目"), default=list, blank=True)
    why = models.CharField(_("原因"), max_length=12, choices=UndoWhy, blank=True)
    # Who edited it last, and when; what points at the record: {"centers.equipment": 3}.
    who = models.CharField(_("修改人"), max_length=60, blank=True)
    when = models.DateTimeField(_("修改时间"), null=True, blank=True)
    pointing = models.JSONField(_("指向它的记录"), default=dict, blank=True)

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("撤销明细")
        verbose_name_plural = _("撤销明细")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=UndoOutcome.values), name="undo_outcome_known"),
        )
        indexes = (models.Index(fields=("upload", "outcome", "id"), name="undo_line_list"),)

    def __str__(self) -> str:
        return f"{self.outcome} {self.number}"
