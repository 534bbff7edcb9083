"""Consent and what follows from it: who consents, to what, how it was verified, how it is withdrawn, why one erases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentCapacity(TextChoices):
    """In which capacity a person consents; an entrusted carer alone is not enough (PIPL Art. 31)."""

    PARENT = "parent", _("父母")
    LEGAL_GUARDIAN = "guardian", _("其他法定监护人")
    ENTRUSTED_CARER = "carer", _("受委托照护人")
    # Declared once for a whole upload: the declarer vouches that each child's parent or guardian consented.
    DECLARED = "declared", _("整批声明")

    @classmethod
    def for_entry(cls) -> list[tuple[str, str]]:
        """The capacities in which one person may consent on a page."""
        return [(one.value, one.label) for one in cls if one is not cls.DECLARED]


class ConsentScope(TextChoices):
    """同意范围, several. Each beyond the register is consented to by itself (PIPL Art. 23, 25, 29)."""

    REGISTER = "register", _("登记和统计")
    SHARE = "share", _("提供给民政部门和学校")
    MENTOR = "mentor", _("结对爱心妈妈联系孩子")
    WELLBEING = "wellbeing", _("心理关爱记录")
    PHOTO = "photo", _("拍照")
    PUBLICATION = "publication", _("公开发布")


def register_only() -> list[str]:
    """What a consent covers that says nothing more."""
    return [ConsentScope.REGISTER.value]


class ConsentVerification(TextChoices):
    """How it was made sure that this person may consent."""

    HOUSEHOLD_BOOK = "household", _("核对户口簿")
    ID_CARD = "id_card", _("核对身份证")
    GUARDIAN_PROOF = "proof", _("监护关系证明")
    VILLAGE = "village", _("村（居）委会证明")
    PHONE = "phone", _("电话核实")
    IN_PERSON = "in_person", _("当面确认")


class WithdrawalMethod(TextChoices):
    """撤回方式: as easy as giving, so any will do (PIPL Art. 15)."""

    IN_PERSON = "in_person", _("当面")
    PHONE = "phone", _("电话")
    WRITTEN = "written", _("书面")
    OTHER = "other", _("其他方式")


class ErasureGround(TextChoices):
    """Why a record is erased (PIPL Art. 47)."""

    RETENTION = "retention", _("退出后保存期已满")
    WITHDRAWN = "withdrawn", _("监护人撤回同意")
    REQUEST = "request", _("本人或监护人要求删除")
    NO_CONSENT = "no_consent", _("一直没有取得同意")
    VOIDED = "voided", _("作废后保存期已满")
