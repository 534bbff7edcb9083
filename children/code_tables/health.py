"""Health and disability."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HealthState(TextChoices):
    """身体情况: several may be ticked, but 健康 excludes the others."""

    HEALTHY = "healthy", _("健康")
    DISABLED = "disabled", _("残疾")
    ILL = "ill", _("患病")


class DisabilityType(TextChoices):
    """残疾类别, the seven classes of the disability card (GB/T 26341)."""

    SIGHT = "1", _("视力残疾")
    HEARING = "2", _("听力残疾")
    SPEECH = "3", _("言语残疾")
    PHYSICAL = "4", _("肢体残疾")
    INTELLECTUAL = "5", _("智力残疾")
    MENTAL = "6", _("精神残疾")
    MULTIPLE = "7", _("多重残疾")


class DisabilityGrade(TextChoices):
    """残疾等级: 1 is the most severe."""

    FIRST = "1", _("一级")
    SECOND = "2", _("二级")
    THIRD = "3", _("三级")
    FOURTH = "4", _("四级")
