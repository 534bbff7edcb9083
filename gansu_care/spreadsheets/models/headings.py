"""What a county means by headings that we do not know, kept from upload to upload; and the headings of one upload
that it was asked about.

A heading is named by its resource and its path as normalised (reading/headings.py): the same for 姓  名* and 姓名.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.placing import Divided
from gansu_care.divisions.scoping import ScopedQuerySet, known
from gansu_care.sealed.fields import SealedBlobField
from gansu_care.trail.registry import history

from .staging import UploadPartQuerySet
from .upload import Upload


class HeadingChoiceQuerySet(ScopedQuerySet):
    """Seen like uploads: from the county upwards."""

    right = Right.UPLOAD

    def said_by(self, division: Division) -> dict[tuple[str, str], str]:
        """(resource, path) -> field, as the county of this division, or the unit above the counties itself, says."""
        held = self.filter(division=whose(division).pk)
        return {(code, path): name for code, path, name in held.values_list("resource", "path", "field")}


def whose(division: Division) -> Division:
    """The unit that remembers: the county, for uploads of its townships too; above the counties the unit itself."""
    today = known(division).current
    return today.county or today


class HeadingChoice(Divided):
    """What a unit means by a heading: a field of the resource, or (`field` empty) a column that it does not hand in."""

    resource = models.CharField(_("记录种类"), max_length=20)
    path = models.CharField(_("栏目的规范写法"), max_length=200)
    heading = models.CharField(_("表里的栏目"), max_length=200)
    field = models.CharField(_("当作"), max_length=60, blank=True)
    upload_number = models.CharField(_("来源批次号"), max_length=40, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("选定人")
    )
    set_at = models.DateTimeField(_("选定时间"), auto_now=True)

    objects: Any = HeadingChoiceQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("记住的栏目")
        verbose_name_plural = _("记住的栏目")
        ordering = ("resource", "path")
        constraints = (
            models.UniqueConstraint(fields=("division", "resource", "path"), name="heading_choice_once"),
        )
        indexes = (
            models.Index(fields=("county", "resource"), name="heading_choice_county"),
            models.Index(fields=("prefecture", "resource"), name="heading_choice_prefecture"),
        )

    def __str__(self) -> str:
        return f"{self.heading} {self.field}"


class AskedHeading(models.Model):
    """A heading of an upload that is not known for sure, once for all sheets that have it.

    `said` is what the county had said of it before the check, NULL if nothing; `is_open` asks for an answer.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="asked", verbose_name=_("表格上传"))
    order = models.PositiveIntegerField(_("序号"))
    resource = models.CharField(_("记录种类"), max_length=20)
    path = models.CharField(_("栏目的规范写法"), max_length=200)
    heading = models.CharField(_("表里的栏目"), max_length=200)
    # Where it stands first, and on how many sheets.
    sheet = models.CharField(_("工作表"), max_length=100)
    column = models.CharField(_("列"), max_length=3)
    sheets = models.PositiveIntegerField(_("工作表数"), default=1)
    likely = models.CharField(_("像是"), max_length=60, blank=True)
    said = models.CharField(_("上次当作"), max_length=60, null=True, blank=True)  # noqa: DJ001  ("" says: not handed in)
    is_open = models.BooleanField(_("等待选定"), default=False)
    samples_json = SealedBlobField("spreadsheets.asked_heading.samples", null=True, blank=True)

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("不能确定的栏目")
        verbose_name_plural = _("不能确定的栏目")
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("upload", "resource", "path"), name="asked_heading_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading} {self.sheet} {self.column}"

    @cached_property
    def samples(self) -> list[str]:
        """Cells below it, masked already; none once they are deleted."""
        return json.loads(self.samples_json) if self.samples_json else []
