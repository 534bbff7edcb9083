"""Who did what: append-only events, and the counter of record numbers."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    SIGN_IN = "sign_in", _("登录")
    SIGN_IN_FAILED = "sign_in_failed", _("登录失败")
    SIGN_OUT = "sign_out", _("退出登录")
    READ = "read", _("查看")
    UNMASK = "unmask", _("查看完整信息")
    SEARCH_ID = "search_id", _("按身份证号查找")
    ADD = "add", _("新增")
    CHANGE = "change", _("修改")
    END = "end", _("退出或停用")
    UPLOAD = "upload", _("上传")
    REVIEW = "review", _("复核")
    APPLY = "apply", _("导入")
    UNDO = "undo", _("撤销导入")
    CLEAR = "clear", _("到期删除")
    REQUEST = "request", _("申请")
    EXPORT = "export", _("导出")
    DOWNLOAD = "download", _("下载")
    PRINT = "print", _("打印")
    ACCOUNT = "account", _("账号变更")
    SETTING = "setting", _("设置变更")
    REFUSED = "refused", _("访问被拒绝")


class AppendOnly(models.QuerySet):
    """Events are added and read; nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Events of the trail are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Events of the trail are never deleted.")


class Event(models.Model):
    """One act. Plain columns and no foreign keys: an event outlives the account and the record it tells of.

    It holds no personal value: a record is named by its number, a searched ID number by its blind index.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    action = models.CharField(_("操作"), max_length=20, choices=Action)
    user_id = models.BigIntegerField(_("用户编号"), null=True, blank=True)
    username = models.CharField(_("用户名"), max_length=150, blank=True)
    role = models.CharField(_("角色"), max_length=30, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    system_user = models.CharField(_("操作系统用户"), max_length=60, blank=True)
    kind = models.CharField(_("记录种类"), max_length=40, blank=True)
    number = models.CharField(_("记录编号"), max_length=40, blank=True)
    rows = models.PositiveIntegerField(_("行数"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    reference = models.CharField(_("请求编号"), max_length=20, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        ordering = ("-id",)
        # What the auditor asks for, each with the newest first: millions of events, one page in a moment.
        indexes = (
            models.Index(fields=("user_id", "-id"), name="event_by_user"),
            # A name that has no account: somebody tried it, or a command was run.
            models.Index(fields=("username", "-id"), name="event_by_username"),
            models.Index(fields=("action", "-id"), name="event_by_action"),
            models.Index(fields=("division_code", "-id"), name="event_by_division"),
            models.Index(fields=("number", "-id"), name="event_by_number"),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Events of the trail are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Events of the trail are never deleted.")


class EventSeal(models.Model):
    """One link of the chain over the events (trail/chain.py), in the order in which they were sealed."""

    number = models.BigIntegerField(_("印记号"), primary_key=True)
    event_id = models.BigIntegerField(_("操作记录"), unique=True)
    digest = models.CharField(_("印记"), max_length=64)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("印记")
        verbose_name_plural = _("印记")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Events of the trail are never deleted.")


class RecordNumberCounter(models.Model):
    """One row: the next record number to give out (trail/record_numbers.py)."""

    next = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("记录编号计数")
        verbose_name_plural = _("记录编号计数")
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_counter"),)

    def __str__(self) -> str:
        return str(self.next)
