"""Consent on its own pages: a new one, its paper, its withdrawal. Taking back asks for no more than giving."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children import consents
from children.change_reasons import CONSENT_GIVEN, PAPER_BROUGHT
from children.code_tables import (
    ConsentCapacity,
    ConsentScope,
    ConsentVerification,
    WithdrawalMethod,
    register_only,
)
from children.models import Child, Consent, Notice, NoticeKind
from gansu_care.pages.reasons import coded
from gansu_care.pages.record_forms import DateInput
from gansu_care.sealed.papers import PaperField

CHOOSE = [("", "---------")]
STALE = _("这条记录刚刚被别人改过，请返回看过新的内容再操作。")
NOT_YET = _("日期还没有到。")


class ConsentAct(forms.Form):
    """What the three share: the child, the version that was seen, who acts."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        initial = {"version": record.version} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.record, self.user = record, user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("version") != self.record.version:
            self.add_error(None, STALE)
        return cleaned


class GiveConsentForm(ConsentAct):
    given_by = forms.CharField(label=_("同意人"), max_length=100)
    capacity = forms.ChoiceField(
        label=_("同意人身份"),
        choices=[*CHOOSE, *ConsentCapacity.for_entry()],
        help_text=_("受委托照护人不是监护人，只有她的同意还不够，档案仍是待核"),
    )
    verified_how = forms.ChoiceField(label=_("身份核实方式"), choices=[*CHOOSE, *ConsentVerification.choices])
    given_on = forms.DateField(label=_("同意日期"), widget=DateInput())
    scopes = forms.MultipleChoiceField(
        label=_("同意范围"), choices=ConsentScope.choices, widget=forms.CheckboxSelectMultiple
    )
    notice = forms.ModelChoiceField(
        label=_("告知书版本"),
        queryset=Notice.objects.none(),
        required=False,
        help_text=_("监护人看过的那一版"),
    )
    paper_place = forms.CharField(label=_("同意书存放处"), max_length=200, required=False)
    scan = PaperField(label=_("同意书扫描件"), required=False)

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        shown = Notice.objects.in_force(NoticeKind.NOTICE, today)
        initial = {"given_on": today, "scopes": register_only(), "notice": shown}
        super().__init__(*args, record=record, user=user, initial=initial, **kwargs)
        notices = Notice.objects.filter(kind=NoticeKind.NOTICE, valid_from__lte=today)
        self.fields["notice"].queryset = notices  # type: ignore[attr-defined]
        self.was_draft = record.is_draft

    @property
    def reason(self) -> str:
        return str(_("登记监护人同意"))

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        before = self.record.consent
        if before is not None and before.withdrawn_on and day < before.withdrawn_on:
            raise forms.ValidationError(_("同意日期早于上次撤回的日期，请核对。"))
        return day

    def clean_scopes(self) -> list[str]:
        chosen = self.cleaned_data["scopes"]
        if ConsentScope.REGISTER not in chosen:
            raise forms.ValidationError(_("没有同意“登记和统计”，就不能登记。不同意的，请不要在这里登记。"))
        return chosen

    def act(self) -> None:
        cleaned = self.cleaned_data
        names = ("given_by", "capacity", "verified_how", "given_on", "scopes", "notice", "paper_place")
        consent: Any = Consent(given=True, **{name: cleaned[name] for name in names})
        consent._change_reason = self.record._change_reason = coded(CONSENT_GIVEN)
        consents.give(self.record, consent, cleaned["scan"], version=cleaned["version"], user=self.user)

    def done_message(self) -> str:
        number = {"number": self.record.number}
        if self.was_draft and not self.record.is_draft:
            return _("%(number)s 已登记监护人同意。档案里可能只有最低限度的内容，现在可以补齐。") % number
        return _("%(number)s 已登记监护人同意。") % number


class BringPaperForm(ConsentAct):
    paper_place = forms.CharField(label=_("同意书存放处"), max_length=200, required=False)
    scan = PaperField(label=_("同意书扫描件"), required=False)

    @property
    def reason(self) -> str:
        return str(_("补交同意书"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("paper_place") and not cleaned.get("scan"):
            self.add_error(None, _("请上传扫描件，或者写明同意书存放在哪里。"))
        return cleaned

    def act(self) -> None:
        self.record._change_reason = coded(PAPER_BROUGHT)
        cleaned = self.cleaned_data
        consents.bring_paper(self.record, cleaned["paper_place"], cleaned["scan"], version=cleaned["version"])

    def done_message(self) -> str:
        return _("%(number)s 的同意书已补上。") % {"number": self.record.number}


class WithdrawConsentForm(ConsentAct):
    by = forms.CharField(label=_("撤回人"), max_length=100)
    how = forms.ChoiceField(label=_("撤回方式"), choices=[*CHOOSE, *WithdrawalMethod.choices])
    on = forms.DateField(label=_("撤回日期"), widget=DateInput())

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        initial = {"on": timezone.localdate()}
        super().__init__(*args, record=record, user=user, initial=initial, **kwargs)

    @property
    def reason(self) -> str:
        return str(_("监护人撤回同意"))

    def clean_on(self) -> Any:
        day, given_on = self.cleaned_data["on"], getattr(self.record.consent, "given_on", None)
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        if given_on and day < given_on:
            raise forms.ValidationError(_("撤回日期早于同意日期，请核对。"))
        return day

    def act(self) -> None:
        cleaned = self.cleaned_data
        consents.withdraw(
            self.record, on=cleaned["on"], by=cleaned["by"], how=cleaned["how"], version=cleaned["version"],
            user=self.user,
        )  # fmt: skip

    def done_message(self) -> str:
        return _("%(number)s 已限制处理，并已提出删除，等另一人确认。") % {"number": self.record.number}
