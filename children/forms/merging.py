"""Merging one record into another: the number of the one that stays, the reason, the versions that were compared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from children.merging import merge
from children.models import Child
from gansu_care.spreadsheets.columns.cell_text import squeezed


class MergeForm(forms.Form):
    """Sent twice: first to see both records side by side, then with the versions of both, which confirms it."""

    into = forms.CharField(
        label=_("保留的档案编号"), max_length=40, help_text=_("以 GC 开头，写在另一条档案的姓名下面")
    )
    why = forms.CharField(label=_("合并原因"), max_length=70, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    into_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.user = record, user
        self.staying: Any = None

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    @property
    def trail_reason(self) -> str:
        words = {"number": self.record.number, "into": self.staying.number, "reason": self.reason}
        return _("%(number)s 合并到 %(into)s：%(reason)s") % words

    @property
    def versions(self) -> tuple[Any, Any]:
        return self.cleaned_data["version"], self.cleaned_data["into_version"]

    @property
    def is_confirmed(self) -> bool:
        return None not in self.versions

    def clean_into(self) -> str:
        number = squeezed(self.cleaned_data["into"]).upper()
        self.staying = Child.objects.visible_to(self.user).filter(number=number).first()
        if self.staying is None:
            raise forms.ValidationError(_("没有找到档案编号“%(number)s”，请核对。") % {"number": number})
        if objection := self._objection(self.staying):
            raise forms.ValidationError(objection % {"number": number, "own": self.record.number})
        return number

    def _objection(self, staying: Child) -> Any:
        if staying.pk == self.record.pk:
            return _("不能把档案合并到它自己。请填另一条档案的编号。")
        if staying.merged_into_id:
            return _("%(number)s 已合并到另一条档案。请打开它，照那里写的编号填。")
        if staying.voided_on:
            return _("%(number)s 已作废，不能合并到它。")
        if staying.is_draft and not self.record.is_draft:
            return _(
                "%(number)s 还是待核，不计入数字。请反过来，把它合并到 %(own)s；或者先给它补上监护人同意。"
            )
        return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.record.voided_on:
            self.add_error(None, _("这条档案已经作废，不能再合并。"))
        return cleaned

    def show_versions(self) -> None:
        """Both records are shown as they are now: what is sent next speaks of these versions."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"], data["into_version"] = str(self.record.version), str(self.staying.version)
        self.data = data

    def act(self) -> None:
        merge(self.record, self.staying, versions=self.versions, reason=self.reason)

    def done_message(self) -> str:
        words = {"number": self.record.number, "into": self.staying.number}
        return _("%(number)s 已合并到 %(into)s。") % words
