"""Looking at a full value: for one child, with a reason, logged; and asking for what one may not open alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from children.models import Child

OTHER = "other"
REASONS = [
    ("verify", _("入户或电话核实")),
    ("aid", _("办理救助或就学手续")),
    ("correct", _("核对或更正登记信息")),
    (OTHER, _("其他")),
]


class UnmaskForm(forms.Form):
    reason = forms.ChoiceField(label=_("原因"), choices=REASONS)
    note = forms.CharField(label=_("说明"), max_length=100, required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note"):
            self.add_error("note", _("选“其他”时请写明原因。"))
        return cleaned

    @property
    def why(self) -> str:
        label = dict(REASONS)[self.cleaned_data["reason"]]
        return f"{label} {self.cleaned_data.get('note', '')}".strip()


class AskToOpenForm(forms.Form):
    """Which values of this child, and why. `choices`: (value, label) of those that there are."""

    values = forms.MultipleChoiceField(
        label=_("要看的内容"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("至少选一项。")},
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会留在操作记录里，不要写儿童的姓名和证件号码"),
    )

    def __init__(self, *args: Any, child: Child, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        field: Any = self.fields["values"]
        field.choices = choices


class RefuseToOpenForm(forms.Form):
    why = forms.CharField(
        label=_("不批准的原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明原因。")},
    )
