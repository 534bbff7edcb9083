"""Rules of passwords beside Django's own: three of four classes of characters, and none of the last five."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gansu_care.accounts.models import UsedPassword


class ThreeClasses:
    """Lower case, upper case, digits, anything else: at least three of the four."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(map(_class_of, password))) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("密码要有小写字母、大写字母、数字、符号四类中的三类。")


def _class_of(character: str) -> str:
    if character.isdecimal():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "other"


class NotUsedBefore:
    """None of an account's last passwords. Each own one is remembered as it is hashed; older ones are forgotten."""

    def __init__(self, remembered: int = 5) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        used = user.used_passwords.order_by("-id").values_list("password", flat=True)[: self.remembered]
        if any(check_password(password, one) for one in used):
            raise ValidationError(self.get_help_text(), code="password_used")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django calls it once the account is saved."""
        if user is None or not user.has_usable_password():
            return
        UsedPassword.objects.create(account=user, password=user.password)
        kept = user.used_passwords.order_by("-id").values("pk")[: self.remembered]
        user.used_passwords.exclude(pk__in=[row["pk"] for row in kept]).delete()

    def get_help_text(self) -> str:
        return _("不能和最近 %(n)s 次用过的密码相同。") % {"n": self.remembered}
