"""Forms about accounts. The same form checks an account typed on the page and a row of a workbook of accounts."""

from copy import copy
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.acts import PARTICULARS, act_of, set_particulars, terms_of
from gansu_care.accounts.grants import check, check_person
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
from gansu_care.pages.record_forms import DateInput

SUGGESTIONS = 200
GRANTED = ("role", "is_contractor")
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
    """Particulars of somebody else's account, and what it is granted. Nothing else of it can be written by a form."""

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
    valid_from = forms.DateField(
        label=_("授权起"), required=False, widget=DateInput(), help_text=_("不填就从今天起")
    )
    valid_until = forms.DateField(
        label=_("授权止"),
        required=False,
        widget=DateInput(),
        help_text=_("最后一天；到期自动失效。不填的，收回以前一直有效"),
    )
    is_contractor = forms.BooleanField(
        label=_("外部人员"),
        required=False,
        help_text=_("技术服务单位、临时聘用等；授权必须有止日，一次最长一年"),
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
        return self.cleaned_data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, text = cleaned.get("role"), cleaned.get("division")
        if role and text:
            division = self._division(role, text)
            cleaned["division"] = division
            if division is not None and not may_assign(self.user, role, division):
                self.add_error("division", self._why_not(role, division))
        if not self.errors:
            self._check_grant(cleaned)
        return cleaned

    def _check_grant(self, cleaned: dict[str, Any]) -> None:
        """What grants.py refuses stands beside its field; acts.py asks it once more when it writes."""
        account, terms = copy(self.account) if self.account else User(), terms_of(cleaned)
        set_particulars(account, cleaned)
        try:
            if self.account and act_of(self.account, terms) == "change":
                check_person(account, terms.role)
            else:
                check(account, terms)
        except forms.ValidationError as refused:
            self.add_error(None, refused)

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


ORDER = ("role", "division", "unit", "phone", "valid_from", "valid_until", "is_contractor", "reason")
ROLES_LABELS = dict(User._meta.get_field("role").choices or ())


def _initial(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    held: dict[str, Any] = {name: getattr(account, name) for name in (*PARTICULARS, *GRANTED)}
    held["division"] = account.division.full_name if account.division else ""
    held["valid_until"] = account.granted_until
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
    reason = forms.CharField(
        label=_("授权依据"), max_length=200, required=False, help_text=_("如任职文件、合同编号")
    )
    field_order: ClassVar = ["username", "name", *ORDER]

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
    field_order: ClassVar = ["name", *ORDER]


class EndForm(forms.Form):
    """Ends an account, or refuses what was to be granted."""

    why = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class RestoreForm(EndForm):
    """Takes an ended account into use again."""

    valid_until = forms.DateField(
        label=_("授权止"),
        required=False,
        widget=DateInput(),
        help_text=_("最后一天；外部人员必须填，一次最长一年"),
    )


class OutcomeForm(forms.Form):
    """What came of an alarm."""

    outcome = forms.CharField(
        label=_("处理结果"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如：已向本人核实，集中核对身份证号；或已停用账号、正在查"),
    )


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
