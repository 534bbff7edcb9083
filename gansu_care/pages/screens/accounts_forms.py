"""Forms about accounts. The same form checks an account typed on the page and a row of a workbook of accounts."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.acts import FIELDS
from gansu_care.accounts.managing import (
    assignable_divisions,
    assignable_roles,
    level_of,
    may_assign,
    reach,
)
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import ROLES
from gansu_care.divisions.matching import Match, matcher
from gansu_care.divisions.models import Division, Level

SUGGESTIONS = 200
TAKEN = _("这个用户名已经有人用了，请换一个。")


class SuggestedInput(forms.TextInput):
    """A text field with suggestions; what is typed counts."""

    template_name = "components/suggested_input.html"

    def __init__(self, suggestions: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        return {**context, "suggestions": self.suggestions}


class AccountForm(forms.Form):
    """Particulars, role and division of somebody else's account. Nothing else of it can be written by a form."""

    columns: ClassVar[int] = 2
    name = forms.CharField(label=_("姓名"), max_length=50)
    unit = forms.CharField(label=_("单位"), max_length=100, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    role = forms.ChoiceField(
        label=_("角色"), error_messages={"invalid_choice": _("没有这个角色，或者您不能给这个角色。")}
    )
    division = forms.CharField(
        label=_("行政区划"),
        max_length=60,
        help_text=_("输入区划名称或代码，同名的写上级名称，如“临洮县洮阳镇”"),
    )

    def __init__(self, *args: Any, user: Any, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(account), **kwargs)
        self.user, self.account = user, account
        roles = assignable_roles(user)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = choices if len(choices) == 1 else [("", _("请选择")), *choices]  # type: ignore[attr-defined]

    def suggest_divisions(self) -> None:
        """Fill the suggestions: needed on a page, not for a row of a workbook."""
        divisions = (
            assignable_divisions(self.user).order_by("level", "code").select_related("parent__parent__parent")
        )
        if divisions.count() > SUGGESTIONS:
            divisions = divisions.exclude(level=Level.TOWNSHIP)
        names = [division.full_name for division in divisions]
        self.fields["division"].widget = SuggestedInput(names, attrs={"maxlength": 60, "autocomplete": "off"})

    @property
    def values(self) -> dict[str, Any]:
        """What acts.py takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, text = cleaned.get("role"), cleaned.get("division")
        if role and text:
            division = self._division(role, text)
            cleaned["division"] = division
            if division is not None and not may_assign(self.user, role, division):
                self.add_error("division", self._why_not(role, division))
        return cleaned

    def _division(self, role: str, text: str) -> Division | None:
        levels = ROLES[role].levels
        level = next(iter(levels)) if len(levels) == 1 else None
        found = matcher().match(text, level, reach(self.user))
        if found.state == "ok" and found.division is not None and not found.rest:
            return Division.objects.get(pk=found.division.pk)
        self.add_error("division", _not_found(text, found))
        return None

    def _why_not(self, role: str, division: Division) -> str:
        words = {"role": ROLES_LABELS[role], "division": division.full_label}
        if not level_of(role, division):
            return gettext("%(division)s不设“%(role)s”，请核对角色和区划。") % words
        return gettext("%(division)s不在您管理账号的范围内，请改填您管理的区划。") % words


ROLES_LABELS = dict(User._meta.get_field("role").choices or ())


def _initial(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    held: dict[str, Any] = {name: getattr(account, name) for name in FIELDS}
    held["division"] = account.division.full_name if account.division else ""
    return held


def _not_found(text: str, found: Match) -> str:
    if found.state == "ambiguous":
        names = gettext("、").join(division.full_label for division in found.candidates[:5])
        return gettext("“%(text)s”有不止一个：%(names)s。请写全上级名称，或填代码。") % {
            "text": text,
            "names": names,
        }
    if found.nearest:
        names = gettext("、").join(found.nearest)
        return gettext("没有找到“%(text)s”，相近的有：%(names)s。请照区划名称填写。") % {
            "text": text,
            "names": names,
        }
    return gettext("没有找到“%(text)s”。请照区划名称填写，或填代码。") % {"text": text}


class NewAccountForm(AccountForm):
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        validators=[UnicodeUsernameValidator()],
        help_text=_("登录时输入，开通后不能改；字母、数字和 . _ - 都可以用，大写按小写算"),
    )
    field_order: ClassVar = ["username", "name", "role", "division", "unit", "phone"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(TAKEN)
        return username

    def note_taken(self) -> None:
        """Somebody took the name between the check and the writing."""
        self.add_error("username", TAKEN)


class EditAccountForm(AccountForm):
    reason = forms.CharField(label=_("修改原因"), max_length=200, required=False)
    field_order: ClassVar = ["name", "role", "division", "unit", "phone", "reason"]


class EndForm(forms.Form):
    """Ends an account, or takes an ended one into use again."""

    why = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class PasswordForm(forms.Form):
    without_second_factor = forms.BooleanField(
        label=_("同时关闭两步验证"),
        required=False,
        help_text=_("只在本人的手机丢失或换过、收不到动态验证码时选"),
    )


class UnlockForm(forms.Form):
    username = forms.CharField(label=_("用户名"), max_length=60)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip()
        account = User.objects.filter(username__iexact=username).first()
        if account is None:
            raise forms.ValidationError(_("没有这个用户名，请核对。"))
        return account.username
