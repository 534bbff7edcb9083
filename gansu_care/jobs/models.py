"""A piece of background work: who asked, what it does, how far it is, how it ended."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.jobs.remaining import remaining
from gansu_care.sealed.fields import SealedBlobField


class JobState(models.TextChoices):
    WAITING = "waiting", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(models.Model):
    """One run of a handler (jobs/queue.py) on one object.

    State, attempt and lease say whose it is: whoever works at it writes only as long as the row still names its own
    attempt (jobs/attempt.py). `holder` and `heartbeat` are the lease (jobs/alive.py, jobs/lease.py).
    """

    kind = models.CharField(_("任务"), max_length=40)
    object_id = models.BigIntegerField(_("对象编号"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("发起人"), related_name="+"
    )
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    step = models.CharField(_("步骤"), max_length=100, blank=True)
    step_began_at = models.DateTimeField(_("这一步开始时间"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    holder = models.CharField(_("由谁处理"), max_length=60, blank=True)
    heartbeat = models.DateTimeField(_("最近进展"), default=timezone.now)
    failure = models.CharField(_("未完成原因"), max_length=200, blank=True)
    result = SealedBlobField("jobs.job.result", null=True, blank=True)
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("要求取消时间"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("取消人"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = pgettext_lazy("名单", "后台任务")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("state", "heartbeat"), name="job_lease"),
            models.Index(fields=("user", "-id"), name="job_own"),
            models.Index(fields=("kind", "object_id", "-id"), name="job_object"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def remaining(self) -> timedelta | None:
        """How long the step under way will still take, as far as it has gone; None if that cannot be said."""
        if self.state != JobState.RUNNING or self.step_began_at is None:
            return None
        return remaining(
            self.done, self.total, self.heartbeat - self.step_began_at, timezone.now() - self.heartbeat
        )
