"""What is remembered so that an account is used as it should be: passwords it had, costly acts, alarms."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UsedPassword(models.Model):
    """A password that an account had, hashed like the one in use; the last ones may not come again."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="used_passwords"
    )
    password = models.CharField(max_length=128)
    used_from = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = _("用过的密码")
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.account_id)


class CostlyAct(models.Model):
    """One act of a user that is counted (accounts/allowances.py); kept as long as its allowance looks back."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("计数的操作")
        verbose_name_plural = _("计数的操作")
        indexes = (models.Index(fields=("account", "what", "at"), name="costly_act_counted"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.what}"


class Alarm(models.Model):
    """Something that a security administrator must look into: open until one of them writes what came of it."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("账号"), related_name="+"
    )
    what = models.CharField(_("事由"), max_length=20)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("处理人"),
        related_name="+",
    )
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("告警")
        verbose_name_plural = _("告警")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("account", "what"), condition=models.Q(settled_at=None), name="alarm_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.what}"
