"""Something leaves the ledger, whole or in part: scrapped, moved, given away or lost, signed and approved."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.center_field import CenterField
from centers.code_tables import GONE, Disposal
from centers.disposals import Signed, dispose
from centers.models import Center, Equipment
from gansu_care.pages.record_forms import DateInput


class DisposalForm(forms.Form):
    """Keeper and head of the center sign, the head of the unit approves."""

    disposal = forms.ChoiceField(label=_("处置方式"), choices=[("", "---------"), *Disposal.choices])
    quantity = forms.DecimalField(label=_("处置数量"), max_digits=12, decimal_places=2)
    disposed_on = forms.DateField(label=_("处置日期"), widget=DateInput())
    into = CenterField(
        label=_("调往的中心"), required=False, help_text=_("调拨给另一个中心的填写：中心编号或全称")
    )
    keeper = forms.CharField(label=_("签字：保管人"), max_length=50)
    head = forms.CharField(label=_("签字：中心负责人"), max_length=50)
    approver = forms.CharField(label=_("批准人"), max_length=50, help_text=_("单位负责人"))
    why = forms.CharField(label=_("原因"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Equipment, user: Any, **kwargs: Any) -> None:
        initial = {
            "version": record.version,
            "disposed_on": timezone.localdate(),
            "quantity": f"{record.quantity.normalize():f}",
            "keeper": record.keeper,
            "head": record.center.manager,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.record = record
        self.fields["into"].belong_to(user)  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean_quantity(self) -> Decimal:
        quantity = self.cleaned_data["quantity"]
        if quantity <= 0:
            raise forms.ValidationError(_("处置数量要大于0。"))
        if quantity > self.record.quantity:
            raise forms.ValidationError(
                _("处置数量不能大于在账的 %(n)s。") % {"n": f"{self.record.quantity.normalize():f}"}
            )
        lent = self.record.lent_out()
        if quantity > self.record.quantity - lent:
            raise forms.ValidationError(
                _("还有 %(n)s 借出未还，请先办理归还。") % {"n": f"{lent.normalize():f}"}
            )
        return quantity

    def clean_disposed_on(self) -> Any:
        day = self.cleaned_data["disposed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if self.record.obtained_on and day < self.record.obtained_on:
            raise forms.ValidationError(_("处置日期早于购置（接收）日期，请核对。"))
        return day

    def clean_into(self) -> Center | None:
        center = self.cleaned_data["into"]
        if center is not None and center.pk == self.record.center_id:
            raise forms.ValidationError(_("已经在这个中心，请填另一个中心。"))
        return center

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("into") and cleaned.get("disposal") not in ("", None, Disposal.MOVED):
            self.add_error("into", _("只有调拨的才填调往的中心。"))
        if self.record.condition in GONE or self.record.voided_on:
            self.add_error(None, _("这条记录已经不在账上，不能再次处置。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        given = self.cleaned_data
        signed = Signed(
            Disposal(given["disposal"]), given["disposed_on"], given["keeper"], given["head"], given["approver"],
            self.reason,
        )  # fmt: skip
        dispose(self.record, given["quantity"], signed, given["version"], given["into"])

    def done_message(self) -> str:
        return str(_("处置已登记。"))
