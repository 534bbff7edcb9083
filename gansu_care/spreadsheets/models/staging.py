"""The file of an upload, its rows as staged, its problems as found.

What persons are in is sealed as whole blobs: the file, the staged values, the differences, the cells quoted in
problems. All of it is deleted when it has served (uploads/clearing.py).
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.sealed.fields import SealedBlobField
from gansu_care.spreadsheets.problems import Problem

from .states import Outcome, ProblemLevel
from .upload import Upload


class UploadPartQuerySet(ScopedQuerySet):
    right = Right.UPLOAD
    scope_path = "upload"


class UploadFile(models.Model):
    """The raw file, sealed. A table of its own, so that lists never load it and it can be deleted alone."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="file", verbose_name=_("表格上传"))
    content = SealedBlobField("spreadsheets.upload_file.content")

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("原始文件")
        verbose_name_plural = _("原始文件")

    def __str__(self) -> str:
        return str(self.upload_id)


class StagedRow(models.Model):
    """One data row as read, and what confirming would do with it. Nothing of it is in the register yet."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="staged", verbose_name=_("表格上传"))
    sheet_no = models.PositiveSmallIntegerField(_("工作表序号"))
    sheet = models.CharField(_("工作表"), max_length=100)
    row = models.PositiveIntegerField(_("行"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    # The resource that reads the sheet: two for funding ("receipt", "allocation").
    resource = models.CharField(_("记录种类"), max_length=20)
    target_id = models.BigIntegerField(_("对应记录"), null=True, blank=True)
    target_version = models.PositiveIntegerField(_("对应记录的版本"), null=True, blank=True)
    values_json = SealedBlobField("spreadsheets.staged_row.values")
    changes_json = SealedBlobField("spreadsheets.staged_row.changes", null=True, blank=True)
    # Of a row with problems: its cells as they are shown, by column, so that they can be mended on a page.
    cells_json = SealedBlobField("spreadsheets.staged_row.cells", null=True, blank=True)
    # Records that the row may mean, when it is not certain which; an officer decides.
    candidates: Any = models.JSONField(_("可能对应的记录"), null=True, blank=True)
    # Why the second person keeps the row out, until she decides on the whole file.
    kept_out = SealedBlobField("spreadsheets.staged_row.kept_out", null=True, blank=True)

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂存行")
        verbose_name_plural = _("暂存行")
        ordering = ("sheet_no", "row", "id")
        constraints = (
            models.UniqueConstraint(fields=("upload", "sheet_no", "row"), name="staged_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="staged_outcome_known"),
        )
        indexes = (models.Index(fields=("upload", "outcome", "sheet_no", "row"), name="staged_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @cached_property
    def values(self) -> dict[str, Any]:
        """As packed (packing.py): use uploads.staging.taken_out, which gives the values of the columns."""
        return json.loads(self.values_json)

    @cached_property
    def changes(self) -> list[dict[str, str]]:
        """What would change: `field`, `old`, `new`, masked as the register masks them."""
        return json.loads(self.changes_json) if self.changes_json else []

    @cached_property
    def cells(self) -> list[str]:
        """Empty for a row without problems: its cells are not kept."""
        return json.loads(self.cells_json) if self.cells_json else []

    @property
    def kept_out_why(self) -> str:
        return self.kept_out.decode() if self.kept_out else ""


class StoredProblem(models.Model):
    """One problem of the check, in the order of the file. What the cell held is sealed with it."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="problems", verbose_name=_("表格上传"))
    order = models.PositiveIntegerField(_("序号"))
    level = models.CharField(_("程度"), max_length=8, choices=ProblemLevel)
    code = models.CharField(_("代码"), max_length=40)
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    row = models.PositiveIntegerField(_("行"), null=True, blank=True)
    column = models.CharField(_("列"), max_length=3, blank=True)
    heading = models.CharField(_("栏目"), max_length=200, blank=True)
    packed = SealedBlobField("spreadsheets.stored_problem.packed")

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查问题")
        verbose_name_plural = _("检查问题")
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("upload", "order"), name="problem_order_once"),)
        indexes = (
            models.Index(fields=("upload", "code"), name="problem_by_code"),
            models.Index(fields=("upload", "sheet", "row"), name="problem_by_row"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.sheet} {self.row}"

    @cached_property
    def problem(self) -> Problem:
        """The problem as the check found it: its sentences come in the reader's language."""
        return Problem.unpack(json.loads(self.packed))
