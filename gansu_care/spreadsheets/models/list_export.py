"""A list too long to be made while a page waits: asked for, made by a job, fetched by whoever asked, deleted soon.

The file stands sealed in the database, in pieces, so that neither making nor fetching it holds the whole.
"""

import json
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.jobs.models import Job
from gansu_care.sealed.fields import SealedBlobField

JOB = "export_list"


class ListExportQuerySet(models.QuerySet):
    def asked_by(self, user: Any) -> Self:
        """A file is whoever asked for it's alone, whatever the scope of others."""
        return self.filter(user=user)


class ListExport(models.Model):
    """One list as it was on the screen: which records, in whose language; and the file once it is made."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导出人")
    )
    kind = models.CharField(_("表格种类"), max_length=20)
    # The model whose records they are, as app.model; the keys of the records as a sealed list.
    model = models.CharField(_("记录种类"), max_length=60)
    ids_json = SealedBlobField("spreadsheets.list_export.ids")
    rows = models.PositiveIntegerField(_("行数"))
    language = models.CharField(_("语言"), max_length=10)
    asked_at = models.DateTimeField(_("提交时间"), default=timezone.now, editable=False)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("文件大小（字节）"), default=0)
    made_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("下载时间"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("文件删除时间"), null=True, blank=True)

    objects = ListExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("名单导出")
        verbose_name_plural = _("名单导出")
        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "-id"), name="list_export_own"),)

    def __str__(self) -> str:
        return f"{self.model} {self.pk}"

    @property
    def ids(self) -> list[int]:
        return json.loads(self.ids_json)

    @property
    def is_ready(self) -> bool:
        return self.made_at is not None and self.cleared_at is None

    @property
    def job(self) -> Job | None:
        return Job.objects.filter(kind=JOB, object_id=self.pk).first()


class ListExportPart(models.Model):
    """A piece of the file, sealed."""

    export = models.ForeignKey(ListExport, models.CASCADE, related_name="parts", verbose_name=_("名单导出"))
    place = models.PositiveIntegerField(_("序号"))
    content = SealedBlobField("spreadsheets.list_export_part.content")

    class Meta:
        verbose_name = _("名单导出的文件")
        verbose_name_plural = _("名单导出的文件")
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("export", "place"), name="export_part_once"),)

    def __str__(self) -> str:
        return f"{self.export_id} {self.place}"
