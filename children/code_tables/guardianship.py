"""Guardianship, help, needs, and how a record is checked and ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuardianshipType(TextChoices):
    """监护类型（评估）: the five types of the official form of 2016."""

    NOBODY = "1", _("无人监护")
    PARENT_UNABLE = "2", _("父或母无监护能力")
    CARER_WEAK = "3", _("受委托监护人监护能力不足")
    FAIR = "4", _("一般")
    GOOD = "5", _("较好")


class Assessment(TextChoices):
    """监护评估, computed from the type."""

    GOOD = "good", _("较好")
    FAIR = "fair", _("一般")
    POOR = "poor", _("差")


def assessment_of(guardianship: str) -> Assessment | None:
    """差 covers the types 1 to 3; None for an unknown type."""
    known = {"1": Assessment.POOR, "2": Assessment.POOR, "3": Assessment.POOR}
    return (known | {"4": Assessment.FAIR, "5": Assessment.GOOD}).get(guardianship)


class UnableParent(TextChoices):
    """无监护能力方."""

    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")


class Aid(TextChoices):
    """救助帮扶情况, several."""

    MINIMUM_LIVING = "minimum_living", _("享受低保")
    TEMPORARY = "temporary", _("临时救助")
    MEDICAL = "medical", _("医疗救助")
    HOUSING = "housing", _("住房救助")
    OTHER = "other", _("其他救助")


class DifficultyClass(TextChoices):
    """困境儿童类别, several; independent of being left behind."""

    ORPHAN = "orphan", _("孤儿")
    UNATTENDED = "unattended", _("事实无人抚养")
    OWN = "own", _("自身困境")
    FAMILY = "family", _("家庭困境")
    GUARDIANSHIP = "guardianship", _("监护困境")
    TEMPORARY = "temporary", _("临时困境")


class Need(TextChoices):
    """帮扶需求, several."""

    STUDY = "study", _("学业辅导")
    MIND = "mind", _("心理关爱")
    FAMILY_CONTACT = "family_contact", _("亲情联系")
    GOODS = "goods", _("生活物资")
    MEDICAL = "medical", _("医疗康复")
    HOUSEHOLD = "household", _("户口登记")
    BACK_TO_SCHOOL = "back_to_school", _("返学")
    GUARDIANSHIP = "guardianship", _("监护改善")
    OTHER = "other", _("其他")


class ExitReason(TextChoices):
    """退出原因."""

    TURNED_16 = "01", _("年满16周岁")
    PARENT_BACK = "02", _("父（母）返乡共同生活")
    LEFT_WITH_PARENTS = "03", _("随父母外出（转流动儿童）")
    MOVED = "04", _("户籍迁出或住址迁出本县")
    RECLASSED = "05", _("转为孤儿、事实无人抚养等类别")
    DEATH = "06", _("死亡")
    DUPLICATE = "07", _("重复登记（合并）")
    MISTAKE = "08", _("误登记")
    NOT_FOUND = "09", _("失联无法核实")
    CONSENT_WITHDRAWN = "10", _("监护人撤回同意")
    OTHER = "99", _("其他")


class VerificationMethod(TextChoices):
    """核查方式."""

    HOME_VISIT = "home_visit", _("入户")
    PHONE = "phone", _("电话")
    SCHOOL = "school", _("学校")
