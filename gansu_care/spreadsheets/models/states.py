"""In which state an upload can be, and what a data row or a problem of it can come to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    RECEIVED = "received", _("等待检查")
    CHECKING = "checking", _("正在检查")
    ASKING = "asking", _("待选栏目")
    CHECKED = "checked", _("待确认")
    REVIEWING = "reviewing", _("待复核")
    APPLYING = "applying", _("正在导入")
    APPLIED = "applied", _("已导入")
    REFUSED = "refused", _("不能导入")
    FAILED = "failed", _("未完成")
    EXPIRED = "expired", _("已过期")
    UNDOING = "undoing", _("正在撤销")
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
