"""An upload and its life: received, checked, applied; its rows as staged, its problems as found.

Nothing here is part of the register. What persons are in is sealed as whole blobs (HOUSE.md, Sealed): the file, the
staged values, the differences, the cells quoted in problems.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.roles import Right
from gansu_care.divisions.placing import Divided
from gansu_care.divisions.scoping import ScopedQuerySet
from gansu_care.jobs.models import Job
from gansu_care.sealed.fields import SealedBlobField
from gansu_care.spreadsheets.problems import Problem


class UploadState(models.TextChoices):
    RECEIVED = "received", _("等待检查")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("待确认")
    APPLYING = "applying", _("正在导入")
    APPLIED = "applied", _("已导入")
    REFUSED = "refused", _("不能导入")
    FAILED = "failed", _("未完成")
    EXPIRED = "expired", _("已过期")
    UNDONE = "undone", _("已撤销")


class Outcome(models.TextChoices):
    """What a data row comes to. Rows in file = the sum of the five."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    SAME = "same", _("相同")
    DOUBTFUL = "doubtful", _("存疑")
    REFUSED = "refused", _("拒绝")


class ProblemLevel(models.TextChoices):
    """As Problem.level says."""

    ERROR = "error", _("必须改")
    WARNING = "warning", _("要确认")


class UploadQuerySet(ScopedQuerySet):
    """Seen from the uploading division upwards: nobody learns of another division's uploads."""

    right = Right.UPLOAD

    def of_division(self, division_id: int) -> Self:
        return self.filter(division=division_id)

    def applied_before(self, *, sha256: str, kind: str, division_id: int) -> Self:
        """The same file, already applied by the same division for the same kind."""
        return self.of_division(division_id).filter(sha256=sha256, kind=kind, state=UploadState.APPLIED)

    def waiting(self) -> Self:
        """Checked and neither confirmed nor replaced: what the home page reminds of."""
        return self.filter(state=UploadState.CHECKED)


class UploadPartQuerySet(ScopedQuerySet):
    right = Right.UPLOAD
    scope_path = "upload"


class Upload(Divided):
    """One file of one kind, sent by one person for one division.

    `division` is the uploader's own when she sent it; the rows of the file may belong to any division below it.
    """

    number = models.CharField(_("批次号"), max_length=40, unique=True, editable=False)
    received_on = models.DateField(_("上传日期"), editable=False)
    day_no = models.PositiveIntegerField(_("当日序号"), editable=False)
    kind = models.CharField(_("表格种类"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("上传人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=UploadState, default=UploadState.RECEIVED)

    file_name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("文件大小（字节）"))
    # The sheets ticked by the officer; NULL means every visible sheet whose headings are recognised.
    chosen_sheets = models.JSONField(_("所选工作表"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("替换的批次"),
    )

    # Consent declared once for the whole upload: by name and date.
    declared_consent_by = models.CharField(_("声明人"), max_length=100, blank=True)
    declared_consent_on = models.DateField(_("声明日期"), null=True, blank=True)

    # What the check found. `facts`: unit, filled_on (ISO), filler; `sheets`: one dict a sheet (uploads/reading.py).
    facts = models.JSONField(_("表头信息"), default=dict, blank=True)
    sheets = models.JSONField(_("工作表"), default=list, blank=True)
    unreadable_code = models.CharField(_("不能读取的原因"), max_length=40, blank=True)
    unreadable_params = models.JSONField(default=dict, blank=True)
    rows = models.PositiveIntegerField(_("数据行"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("变更"), default=0)
    same = models.PositiveIntegerField(_("相同"), default=0)
    doubtful = models.PositiveIntegerField(_("存疑"), default=0)
    refused = models.PositiveIntegerField(_("拒绝"), default=0)
    errors = models.PositiveIntegerField(_("必须改的问题"), default=0)
    warnings = models.PositiveIntegerField(_("要确认的问题"), default=0)
    # Which check the counts are of: a confirmation names the check it saw.
    check_no = models.PositiveIntegerField(_("第几次检查"), default=0)
    checked_at = models.DateTimeField(_("检查时间"), null=True, blank=True)

    # What the confirmation said and did.
    good_rows_only = models.BooleanField(_("只导入没有问题的行"), default=False)
    warnings_acknowledged = models.BooleanField(_("已确认提醒"), default=False)
    written = models.PositiveIntegerField(_("写入登记册的行"), default=0)
    stale = models.PositiveIntegerField(_("检查后又被改过的行"), default=0)
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    # Code of why a check or an application ended without one (uploads/refusals.py); empty when all went well.
    refusal = models.CharField(_("没有导入的原因"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("上传时间"), default=timezone.now, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("表格上传")
        verbose_name_plural = pgettext_lazy("名单", "表格上传")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("division", "received_on", "day_no"), name="upload_no_of_day"),
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_known"),
            models.CheckConstraint(
                condition=Q(rows=F("new") + F("changed") + F("same") + F("doubtful") + F("refused")),
                name="upload_rows_add_up",
            ),
            models.CheckConstraint(
                condition=Q(declared_consent_by="") | Q(declared_consent_on__isnull=False),
                name="upload_consent_has_date",
            ),
        )
        indexes = (
            models.Index(fields=("division", "-id"), name="upload_division"),
            models.Index(fields=("county", "-id"), name="upload_county"),
            models.Index(fields=("prefecture", "-id"), name="upload_prefecture"),
            models.Index(fields=("sha256", "kind"), name="upload_same_file"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def good(self) -> int:
        """Rows that confirming would write."""
        return self.new + self.changed

    @property
    def bad(self) -> int:
        """Rows that cannot be written as they are."""
        return self.doubtful + self.refused

    @property
    def is_over(self) -> bool:
        """No check or application is under way."""
        return self.state not in (UploadState.RECEIVED, UploadState.CHECKING, UploadState.APPLYING)

    @property
    def can_apply(self) -> bool:
        """The whole file may be confirmed: every row is good and there is something to write."""
        return self.state == UploadState.CHECKED and not self.bad and bool(self.good)

    @property
    def can_apply_good_rows(self) -> bool:
        return self.state == UploadState.CHECKED and bool(self.good)

    @property
    def filled_on(self) -> date | None:
        """填报日期 as the sheets state it; None when they do not, or disagree."""
        text = self.facts.get("filled_on")
        return date.fromisoformat(text) if text else None

    @cached_property
    def job(self) -> Job | None:
        """The latest background job of this upload, whose progress a page shows."""
        return Job.objects.filter(kind__in=("check_upload", "apply_upload"), object_id=self.pk).first()


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
        indexes = (models.Index(fields=("upload", "code"), name="problem_by_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.sheet} {self.row}"

    @cached_property
    def problem(self) -> Problem:
        """The problem as the check found it: its sentences come in the reader's language."""
        return Problem.unpack(json.loads(self.packed))
