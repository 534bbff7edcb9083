"""Looking at a full value: for one child, with a reason, logged."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
