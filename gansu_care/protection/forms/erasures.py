"""Proposing and deciding that a record be erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from children import erasure_proposals
from children.code_tables import ErasureGround
from children.models import Child, Erasure
from gansu_care.spreadsheets.uploads.forgetting import UploadUnderWay

CHOOSE = [("", "---------")]
CONFIRM, DECLINE = "confirm", "decline"


class ErasureAct(forms.Form):
    """`refused` says in a sentence why an act could not be done; nothing was written then."""

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.user = record, user


class ProposeForm(ErasureAct):
    ground = forms.ChoiceField(label=_("依据"), choices=[*CHOOSE, *ErasureGround.choices])
    note = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("不要写姓名和其他个人信息")
    )

    @property
    def reason(self) -> str:
        return str(ErasureGround(self.cleaned_data["ground"]).label)

    def act(self) -> None:
        cleaned = self.cleaned_data
        erasure_proposals.propose(self.record, cleaned["ground"], self.user, cleaned["note"])

    def done_message(self) -> str:
        return _("%(number)s 已提出删除，等另一人确认。") % {"number": self.record.number}


class DecideForm(ErasureAct):
    decision = forms.ChoiceField(
        label=_("决定"),
        choices=[(CONFIRM, _("确认删除，不能恢复")), (DECLINE, _("不同意删除"))],
        widget=forms.RadioSelect,
    )
    typed = forms.CharField(
        label=_("档案编号"), max_length=20, help_text=_("确认删除的，请再输入一次档案编号"), required=False
    )
    note = forms.CharField(
        label=_("不同意的理由"), max_length=200, required=False, help_text=_("不要写姓名和其他个人信息")
    )

    def __init__(self, *args: Any, record: Child, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, user=user, **kwargs)
        self.erasure: Erasure | None = record.erasures.open().first()

    @property
    def reason(self) -> str:
        return str(_("确认删除") if self.is_confirmed else _("不同意删除"))

    @property
    def is_confirmed(self) -> bool:
        return self.cleaned_data["decision"] == CONFIRM

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.erasure is None:
            self.add_error(None, _("这份删除申请已经处理过了。"))
        typed = (cleaned.get("typed") or "").strip().upper()
        if cleaned.get("decision") == CONFIRM and typed != self.record.number:
            self.add_error("typed", _("和档案编号 %(number)s 不一致。") % {"number": self.record.number})
        if cleaned.get("decision") == DECLINE and not cleaned.get("note"):
            self.add_error("note", _("请写明理由。"))
        return cleaned

    def act(self) -> None:
        assert self.erasure is not None
        if not self.is_confirmed:
            erasure_proposals.decline(self.erasure, self.user, self.cleaned_data["note"])
            return
        try:
            erasure_proposals.confirm(self.erasure, self.user)
        except UploadUnderWay as busy:
            raise erasure_proposals.CannotErase(
                _("一份含有这名儿童的表格（%(number)s）正在写入，请等它结束再确认。") % {"number": busy}
            ) from busy

    def done_message(self) -> str:
        if self.is_confirmed:
            return _("%(number)s 的个人信息已删除。") % {"number": self.record.number}
        return _("%(number)s 没有删除，理由已记下。") % {"number": self.record.number}
