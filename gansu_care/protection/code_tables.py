"""The code tables of the registers of personal information protection."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestKind(TextChoices):
    """What a person may ask for (PIPL Art. 45 to 47)."""

    LOOK = "look", _("查阅")
    COPY = "copy", _("复制")
    CORRECT = "correct", _("更正或补充")
    DELETE = "delete", _("删除")


class RequestCapacity(TextChoices):
    SELF = "self", _("本人")
    PARENT = "parent", _("父母")
    LEGAL_GUARDIAN = "guardian", _("其他法定监护人")
    OTHER = "other", _("其他人")


class RequestState(TextChoices):
    OPEN = "open", _("办理中")
    GRANTED = "granted", _("已办理")
    REFUSED = "refused", _("不予办理")


class Notified(TextChoices):
    """Who was told of an incident (PIPL Art. 57)."""

    GUARDIANS = "guardians", _("监护人")
    UPPER_UNIT = "upper", _("上级妇联")
    CYBERSPACE = "cyberspace", _("网信部门")
    POLICE = "police", _("公安机关")


class Harm(TextChoices):
    """What must be reported at once (强制报告, Minors Protection Law Art. 11 and the opinion of 2020)."""

    SEXUAL = "sexual", _("疑似性侵害")
    VIOLENCE = "violence", _("疑似家庭暴力、虐待或殴打")
    NEGLECT = "neglect", _("疑似遗弃或长期无人照料")
    BULLYING = "bullying", _("严重欺凌")
    SELF_HARM = "self_harm", _("自杀、自残或非正常损伤、死亡")
    TRAFFICKING = "trafficking", _("疑似拐卖、失踪")
    OTHER = "other", _("其他侵害或面临危险的情形")


class ReportedTo(TextChoices):
    POLICE = "police", _("公安机关")
    CIVIL_AFFAIRS = "civil", _("民政部门")
    EDUCATION = "education", _("教育部门")
    OTHER = "other", _("其他部门")
