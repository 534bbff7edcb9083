"""An upload and its life: received, checked, (reviewed), applied, undone; or refused, failed, expired.

Nothing here is part of the register, and nothing of it tells of a person: what the file holds stands in staging.py.
"""

from __future__ import annotations

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

from .states import UploadState

UNDER_WAY = (UploadState.RECEIVED, UploadState.CHECKING, UploadState.APPLYING, UploadState.UNDOING)
JOBS = ("check_upload", "apply_upload", "undo_upload")


class UploadQuerySet(ScopedQuerySet):
    """Seen from the uploading division upwards: nobody learns of another division's uploads."""

    right = Right.UPLOAD

    def of_division(self, division_id: int) -> Self:
        return self.filter(division=division_id)

    def applied_before(self, *, sha256: str, kind: str, division_id: int) -> Self:
        """The same file, already applied by the same division for the same kind."""
        return self.of_division(division_id).filter(sha256=sha256, kind=kind, state=UploadState.APPLIED)

    def of_the_same_rows(self, upload: Upload) -> Self:
        """Applied whole by the same division from the same rows, in whatever order, under the same declaration."""
        same = self.of_division(upload.division_id).exclude(pk=upload.pk).exclude(rows_digest="")
        return same.filter(
            state=UploadState.APPLIED,
            good_rows_only=False,
            kind=upload.kind,
            rows_digest=upload.rows_digest,
            declared_consent_by=upload.declared_consent_by,
            declared_consent_on=upload.declared_consent_on,
        )

    # What the scorecard counts, and the list shows behind it.

    def with_first(self) -> Self:
        """Files sent for the first time, and read: not in place of another."""
        return self.filter(replaces=None).exclude(checked_at=None)

    def with_first_right(self) -> Self:
        """Of those, the files that could have been imported whole."""
        return self.with_first().filter(rows__gt=0, doubtful=0, refused=0)

    def with_again(self) -> Self:
        """Mended files, sent in place of an earlier one."""
        return self.exclude(replaces=None)

    def with_bad_rows(self) -> Self:
        return self.filter(Q(refused__gt=0) | Q(doubtful__gt=0))

    def waiting(self) -> Self:
        """Checked and neither confirmed nor replaced: what the home page reminds of."""
        return self.filter(state=UploadState.CHECKED)

    def to_be_reviewed_by(self, user: Any) -> Self:
        """Those that wait for a second person, whom this user may be."""
        if not user.may(Right.ACCEPT_UPLOAD):
            return self.none()
        mine = Q(user=user) | Q(applied_by=user)
        return self.visible_to(user).filter(state=UploadState.REVIEWING).exclude(mine)


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
    # By sheet: letter, heading and field of each column, as the file was read.
    columns = models.JSONField(_("列"), default=dict, blank=True, editable=False)
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
    # Keyed digest of the rows as read, whatever their order: the same rows again are recognised by it.
    rows_digest = models.CharField(max_length=32, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("内容相同的批次")
    )
    check_anyway = models.BooleanField(_("导入过也要核对"), default=False)
    # Which check the counts are of: a confirmation names the check it saw.
    check_no = models.PositiveIntegerField(_("第几次检查"), default=0)
    checked_at = models.DateTimeField(_("检查时间"), null=True, blank=True)

    # What the confirmation said and did.
    good_rows_only = models.BooleanField(_("只导入没有问题的行"), default=False)
    warnings_acknowledged = models.BooleanField(_("已确认提醒"), default=False)
    # How many of each kind of warning were confirmed, by code.
    acknowledged = models.JSONField(_("已确认的提醒"), default=dict, blank=True)
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
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    # The second person, where the division asks for one, and why she sent the file back.
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("复核人"),
    )
    accepted_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    sent_back_why = models.CharField(_("退回原因"), max_length=200, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undo_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    # Since when the file, the staged rows and the cells quoted in problems are gone.
    cleared_at = models.DateTimeField(_("文件和暂存内容删除时间"), null=True, blank=True)
    # Code of why a check, an application or an undo ended without one (uploads/refusals.py); empty when all went well.
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
            models.Index(fields=("rows_digest", "kind"), name="upload_same_rows"),
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
        """No check, application or undo is under way."""
        return self.state not in UNDER_WAY

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
        return Job.objects.filter(kind__in=JOBS, object_id=self.pk).first()
