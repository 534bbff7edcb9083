"""A request of a person, and its answer."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.pages.record_forms import DateInput, RegistryForm
from gansu_care.protection.code_tables import RequestState
from gansu_care.protection.forms.child_field import ChildField
from gansu_care.protection.models import PersonRequest

STALE = _("这条记录刚刚被别人改过，请返回看过新的内容再操作。")


class PersonRequestForm(RegistryForm):
    """`child`: whom it is about; she cannot be changed afterwards."""

    child_number = ChildField()
    fieldsets: ClassVar = [
        (_("请求"), ["child_number", "kind", "received_on", "about"]),
        (_("请求人"), ["asked_by", "capacity", "verified_how", "phone"]),
        (_("登记"), ["change_reason"]),
    ]

    class Meta:
        model = PersonRequest
        fields = ("kind", "received_on", "about", "asked_by", "capacity", "verified_how", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].required = self.fields["about"].required = True
        self.fields["about"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})
        if self.instance.pk:
            del self.fields["child_number"]
        else:
            self.fields["child_number"].user = self.user  # type: ignore[attr-defined]
            self.fields["received_on"].initial = timezone.localdate()

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if child := cleaned.get("child_number"):
            self.instance.child, self.instance.division = child, child.division
        return cleaned


class AnswerForm(forms.Form):
    """Done, or refused in writing with the reasons (PIPL Art. 50)."""

    state = forms.ChoiceField(
        label=_("处理结果"),
        choices=[
            ("", "---------"),
            *(choice for choice in RequestState.choices if choice[0] != RequestState.OPEN),
        ],
    )
    answered_on = forms.DateField(label=_("答复日期"), widget=DateInput())
    answer = forms.CharField(
        label=_("答复"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("不予办理的，写明理由；会印在给请求人的书面答复里"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: PersonRequest, user: Any, **kwargs: Any) -> None:
        initial = {"version": record.version, "answered_on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        self.record = record

    @property
    def reason(self) -> str:
        return str(RequestState(self.cleaned_data["state"]).label)

    def clean_answered_on(self) -> Any:
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if day < self.record.received_on:
            raise forms.ValidationError(_("答复日期早于收到日期，请核对。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("version") != self.record.version or not self.record.is_open:
            self.add_error(None, STALE)
        return cleaned

    def act(self) -> None:
        record = self.record
        for name in ("state", "answered_on", "answer"):
            setattr(record, name, self.cleaned_data[name])
        record._change_reason = self.reason
        record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return _("%(number)s 已答复。") % {"number": self.record.number}
