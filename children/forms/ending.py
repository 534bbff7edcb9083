"""A child leaves the register, or comes back: episodes end and begin with a date; nothing is deleted."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children import row_rules
from children.change_reasons import EXITED
from children.code_tables import ExitReason
from children.facts import settle
from children.models import Child, Episode
from gansu_care.pages.reasons import coded
from gansu_care.pages.record_forms import DateInput
from gansu_care.spreadsheets.columns import PartialDate


class ExitForm(forms.Form):
    ended_on = forms.DateField(label=_("退出日期"), widget=DateInput())
    why = forms.ChoiceField(label=_("退出原因"), choices=[("", "---------"), *ExitReason.choices])
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"version": record.version, "ended_on": timezone.localdate()}, **kwargs
        )
        self.record = record
        self.episode: Any = record.episodes.filter(ended_on=None).first()

    @property
    def reason(self) -> str:
        return str(ExitReason(self.cleaned_data["why"]).label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("ended_on")
        if self.episode is None:
            self.add_error(None, _("这名儿童已经退出，不能再次退出。"))
        elif day and day < self.episode.registered_on:
            self.add_error("ended_on", _("退出日期早于登记日期，请核对。"))
        if day and day > timezone.localdate():
            self.add_error("ended_on", _("退出日期还没有到。"))
        if cleaned.get("why") == ExitReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("选“其他”时请写明原因。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        self.episode.ended_on = self.cleaned_data["ended_on"]
        self.episode.reason, self.episode.note = self.cleaned_data["why"], self.cleaned_data["note"]
        self.episode._change_reason = self.record._change_reason = coded(EXITED, self.cleaned_data["why"])
        self.episode.save()
        settle(self.record)
        self.record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return _("%(number)s 已办理退出。") % {"number": self.record.number}


class ReturnForm(forms.Form):
    """The child is a left-behind child again: the next episode begins, the former ones stay."""

    registered_on = forms.DateField(label=_("登记日期"), widget=DateInput())
    why = forms.CharField(label=_("说明"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"version": record.version, "registered_on": timezone.localdate()}, **kwargs
        )
        self.record = record
        self.last: Any = record.episodes.order_by("-episode_no").first()

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean_registered_on(self) -> Any:
        day = self.cleaned_data["registered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if self.last and self.last.ended_on and day < self.last.ended_on:
            raise forms.ValidationError(_("登记日期早于上次的退出日期，请核对。"))
        born = PartialDate(self.record.birth_date, self.record.birth_precision)
        if any(row_rules.age_allows(born, day, bool(self.record.difficulty))):
            raise forms.ValidationError(_("登记那天已满16周岁；只有困境儿童才能登记到不满18周岁。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.last and self.last.ended_on is None:
            self.add_error(None, _("这名儿童还在册，不用重新登记。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        number = self.last.episode_no + 1 if self.last else 1
        day = self.cleaned_data["registered_on"]
        Episode.objects.create(child=self.record, episode_no=number, registered_on=day, note=self.reason)
        settle(self.record)
        self.record._change_reason = self.reason
        self.record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return _("%(number)s 已重新登记。") % {"number": self.record.number}
