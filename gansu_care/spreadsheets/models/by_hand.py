"""Cells typed anew on a page, and answers to “the same record?”, beside the file that they belong to."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gansu_care.sealed.fields import SealedBlobField
from gansu_care.spreadsheets.by_hand import Decision

from .staging import UploadPartQuerySet
from .upload import Upload


class HandRow(models.Model):
    """What was done to one row of the file, by whom."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="%(class)ss", verbose_name=_("表格上传"))
    sheet_no = models.PositiveSmallIntegerField(_("工作表序号"))
    row = models.PositiveIntegerField(_("行"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"), auto_now=True)

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("sheet_no", "row")
        constraints: tuple[models.BaseConstraint, ...] = (
            models.UniqueConstraint(fields=("upload", "sheet_no", "row"), name="%(class)s_once"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_no} {self.row}"


class MendedRow(HandRow):
    """Cells typed anew: text by the place of the column. Sealed as the file is, and deleted with it."""

    cells_json = SealedBlobField("spreadsheets.mended_row.cells")

    class Meta(HandRow.Meta):
        verbose_name = _("改过的行")
        verbose_name_plural = _("改过的行")

    @cached_property
    def cells(self) -> dict[int, str]:
        return {int(place): text for place, text in json.loads(self.cells_json).items()}


class RowAnswer(HandRow):
    """What a doubtful row was decided to be. `candidates`: keys of the records that she compared it with."""

    decision = models.CharField(_("决定"), max_length=10, choices=Decision)
    target_id = models.BigIntegerField(_("对应记录"), null=True, blank=True)
    candidates: Any = models.JSONField(_("对照过的记录"), default=list)

    class Meta(HandRow.Meta):
        verbose_name = _("存疑行的决定")
        verbose_name_plural = _("存疑行的决定")
        constraints = (
            *HandRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(decision__in=Decision.values)
                & (models.Q(target_id=None) ^ models.Q(decision=Decision.SAME)),
                name="row_answer_is_whole",
            ),
        )
