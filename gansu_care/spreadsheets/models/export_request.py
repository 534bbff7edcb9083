"""A request for a file with children: for what, to whom, which rows and fields; who agreed; what became of the file."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple, Self

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

# How long an approval holds, and how long a request waits for one.
GOOD_FOR = timedelta(hours=24)
WAITS_FOR = timedelta(days=7)
JOB = "make_export"


class ExportState(models.TextChoices):
    WAITING = "waiting", _("待审批")
    APPROVED = "approved", _("已批准，正在生成")
    READY = "ready", _("可以下载")
    DOWNLOADED = "downloaded", _("已下载")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("已过期")
    FAILED = "failed", _("没有生成")


class ExportFilter(NamedTuple):
    """What is asked for, as data and in words. `place`: code of the division where the list was looked at."""

    place: str
    query: str
    words: list[list[str]]


class ExportRequestQuerySet(ScopedQuerySet):
    """One's own, and those of the units that one may approve for."""

    right = Right.EXPORT

    def visible_to(self, user: Any) -> Self:
        inside = super().visible_to(user)
        return inside if user.may(Right.APPROVE_EXPORT) else inside.filter(user=user.pk)

    def to_be_decided_by(self, user: Any) -> Self:
        """Those that wait for somebody else's yes, which may be this user's."""
        if not user.may(Right.APPROVE_EXPORT):
            return self.none()
        return self.visible_to(user).filter(state=ExportState.WAITING).exclude(user=user.pk)


class ExportRequest(Divided):
    """One request. `division` is the requester's own unit; the rows may belong to any division below it."""

    number = models.CharField(_("申请号"), max_length=40, unique=True, editable=False)
    asked_on = models.DateField(_("申请日期"), editable=False)
    day_no = models.PositiveIntegerField(_("当日序号"), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    source = models.CharField(_("导出什么"), max_length=40)
    purpose = models.CharField(_("用途"), max_length=200)
    recipient = models.CharField(_("交给谁"), max_length=100)
    parts = models.JSONField(_("栏目"), default=list)
    full = models.BooleanField(_("完整信息"), default=False)
    rows_asked = models.PositiveIntegerField(_("申请时的行数"))
    # It may quote a name or an ID number that was searched for.
    filter_json = SealedBlobField("spreadsheets.export_request.filter")

    state = models.CharField(_("状态"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    refusal = models.CharField(_("未批准的原因"), max_length=200, blank=True)
    expires_at = models.DateTimeField(_("有效期至"))
    # Until the file is made; the approver has seen it, the requester never does.
    password = SealedBlobField("spreadsheets.export_request.password", null=True)

    file_name = models.CharField(_("文件名"), max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("文件大小（字节）"), default=0)
    rows = models.PositiveIntegerField(_("行数"), null=True)
    made_at = models.DateTimeField(_("生成时间"), null=True)
    downloaded_at = models.DateTimeField(_("下载时间"), null=True)

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("导出申请")
        verbose_name_plural = pgettext_lazy("名单", "导出申请")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("division", "asked_on", "day_no"), name="export_no_of_day"),
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")), name="export_never_by_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "ready", "downloaded", "refused")) | Q(decided_by__isnull=False),
                name="export_decided_by_somebody",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("division", "-id"), name="export_division"),
            models.Index(fields=("county", "-id"), name="export_county"),
            models.Index(fields=("prefecture", "-id"), name="export_prefecture"),
            models.Index(fields=("user", "-id"), name="export_user"),
            models.Index(fields=("state", "expires_at"), name="export_due"),
        )

    def __str__(self) -> str:
        return self.number

    @cached_property
    def filter(self) -> ExportFilter:
        return ExportFilter(*json.loads(self.filter_json))

    @property
    def is_good(self) -> bool:
        """Agreed to by somebody else, and still in time."""
        return self.state == ExportState.APPROVED and bool(self.decided_by_id) and self.is_in_time

    @property
    def is_in_time(self) -> bool:
        return timezone.now() < self.expires_at

    @property
    def job(self) -> Job | None:
        return Job.objects.filter(kind=JOB, object_id=self.pk).first()


class ExportFilePartQuerySet(ScopedQuerySet):
    right = Right.EXPORT
    scope_path = "request"


class ExportFilePart(models.Model):
    """A piece of the made file, sealed; gone with the download, or when the approval has run out."""

    request = models.ForeignKey(
        ExportRequest, models.CASCADE, related_name="pieces", verbose_name=_("导出申请")
    )
    order = models.PositiveIntegerField(_("次序"))
    content = SealedBlobField("spreadsheets.export_file.content")

    objects = ExportFilePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("导出文件")
        verbose_name_plural = _("导出文件")
        ordering = ("request", "order")
        constraints = (models.UniqueConstraint(fields=("request", "order"), name="export_piece_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.order}"
