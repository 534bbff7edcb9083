"""Step 1 of an upload: which kind, which file, whose consent."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.spreadsheets.kinds import WORKBOOK, kinds_for

FORMATS = (".xlsx", ".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv")
"""As the page names them. What a file is, its content tells: the names only help to find it."""
ACCEPTED = ",".join((*FORMATS, ".txt", ".htm", ".html"))


class UploadForm(forms.Form):
    """`kind` offers only what the user may write; the file is not opened here, only stored."""

    kind = forms.ChoiceField(
        label=_("表格种类"),
        error_messages={
            "required": _("请选择这是哪一种表格。"),
            "invalid_choice": _("没有这种表格，或者您不能上传它。"),
        },
    )
    file = forms.FileField(
        label=_("文件"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("请选择要上传的文件。"),
            "max_length": _("文件名太长，请改短以后再上传。"),
            "invalid": _("没有收到文件，请重新选择。"),
            "missing": _("没有收到文件，请重新选择。"),
        },
    )
    consent_by = forms.CharField(
        label=_("声明人"), required=False, max_length=100, help_text=_("保管同意书的人，写姓名")
    )
    consent_on = forms.DateField(
        label=_("声明日期"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    replaces = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # Children first: they are what is sent most. Several kinds in one file last.
        self.kinds = sorted(kinds_for(user), key=lambda kind: (kind.code == WORKBOOK, not kind.has_persons))
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in self.kinds]  # type: ignore[attr-defined]

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("声明日期不能在今天以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        chosen = next(kind for kind in self.kinds if kind.code == cleaned["kind"])
        if not chosen.asks_consent:
            return cleaned | {"consent_by": "", "consent_on": None}
        by, on = cleaned.get("consent_by"), cleaned.get("consent_on")
        if by and not on:
            self.add_error("consent_on", _("写了声明人，还要写声明日期。"))
        if on and not by:
            self.add_error("consent_by", _("写了声明日期，还要写声明人。"))
        return cleaned
