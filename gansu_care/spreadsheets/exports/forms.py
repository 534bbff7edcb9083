"""What is filled in to ask for a file, and to decide on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gansu_care.spreadsheets.exports.sources import ExportSource

NO_NAMES = _("会留在操作记录里，不要写儿童的姓名和证件号码")


class AskForm(forms.Form):
    """For a list whose conditions stand in the page's own address."""

    purpose = forms.CharField(
        label=_("用途"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES
    )
    recipient = forms.CharField(
        label=_("交给谁"), max_length=100, help_text=_("谁会看到这份文件：单位、人；只自己用就写“本人”")
    )
    parts = forms.MultipleChoiceField(
        label=_("需要哪些栏目"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("至少选一组栏目。")},
    )
    full = forms.ChoiceField(
        label=_("敏感信息"),
        choices=[("", _("遮盖（身份证号、电话、住址、健康和困境情况）")), ("1", _("完整信息，用途里说明为什么需要"))],
        widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, source: ExportSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["parts"]
        choices.choices = [(part.code, part.label) for part in source.parts]
        choices.initial = [part.code for part in source.parts]

    @property
    def asked(self) -> dict[str, Any]:
        return {**self.cleaned_data, "full": self.cleaned_data["full"] == "1"}


class RefuseForm(forms.Form):
    why = forms.CharField(
        label=_("不批准的原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
        error_messages={"required": _("请写明原因，申请人要照着改。")},
    )
