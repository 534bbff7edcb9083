"""What guardians are told, and the rules for children's personal information: versions, each readable for ever.

The items of the notice are those of Art. 10 of the Provisions on the Online Protection of Children's Personal
Information (CAC Order 4, 2019), in its order.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from children.querysets import NoticeQuerySet


class NoticeKind(models.TextChoices):
    NOTICE = "notice", _("监护人告知书")
    RULES = "rules", _("儿童个人信息保护规则")


class NoticeItem(models.TextChoices):
    """Art. 10 (1) to (7): what a guardian must be told before she consents."""

    PURPOSE = "purpose", _("收集、存储、使用、转移、披露的目的、方式和范围")
    STORAGE = "storage", _("存储的地点、期限和到期后的处理方式")
    SAFEGUARDS = "safeguards", _("安全保障措施")
    REFUSAL = "refusal", _("拒绝的后果")
    COMPLAINTS = "complaints", _("投诉、举报的渠道和方式")
    CORRECTION = "correction", _("更正、删除的途径和方法")
    OTHER = "other", _("其他应当告知的事项")


class RulesItem(models.TextChoices):
    """The federation's own rules (Order 4, Art. 8 to 20)."""

    OFFICER = "officer", _("专人负责")
    MINIMUM = "minimum", _("收集和使用的范围")
    ACCESS = "access", _("谁可以看、怎样审批")
    STORAGE = "storage", _("存储和加密")
    SHARING = "sharing", _("对外提供、委托和披露")
    ERASURE = "erasure", _("保存期限和删除")
    INCIDENTS = "incidents", _("安全事件的处置")


ITEMS: dict[str, Any] = {NoticeKind.NOTICE: NoticeItem, NoticeKind.RULES: RulesItem}


class Notice(models.Model):
    """One version. Published once and never changed: what a guardian signed stays what it was."""

    kind = models.CharField(_("种类"), max_length=10, choices=NoticeKind)
    version = models.PositiveIntegerField(_("版本"))
    valid_from = models.DateField(_("施行日期"))
    # {item: [Chinese, English]}
    texts = models.JSONField(_("内容"), default=dict)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发布人")
    )
    published_at = models.DateTimeField(_("发布时间"), auto_now_add=True)

    objects: Any = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("告知书和规则")
        verbose_name_plural = pgettext_lazy("名单", "告知书和规则")
        ordering = ("kind", "-version")
        constraints = (
            models.UniqueConstraint(fields=("kind", "version"), name="notice_version_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
        )

    def __str__(self) -> str:
        return str(
            _("第 %(version)s 版（%(day)s 起）")
            % {"version": self.version, "day": self.valid_from.isoformat()}
        )

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(item, text) in the reader's language; Chinese where a version has no English."""
        place = 1 if get_language() == "en" else 0
        return [
            (str(item.label), texts[place] or texts[0])
            for item in ITEMS[self.kind]
            if (texts := self.texts.get(item.value)) and texts[0]
        ]
