"""Taking money back, whole or in part: returned, or entered wrongly. Nothing is deleted (funding/reversing.py)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funding.code_tables import Reversal
from funding.models import FEN, MoneyRow
from funding.reversing import reverse
from gansu_care.pages.record_forms import DateInput
from gansu_care.pages.wording import money


class ReversalForm(forms.Form):
    """Allowed in a closed month too: that is how it is corrected."""

    how = forms.ChoiceField(label=_("方式"), choices=Reversal.choices)
    amount = forms.DecimalField(label=_("金额（元）"), max_digits=14, decimal_places=2, min_value=FEN)
    on = forms.DateField(label=_("日期"), widget=DateInput())
    why = forms.CharField(label=_("原因"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: MoneyRow, user: Any, **kwargs: Any) -> None:
        self.record: Any = record
        self.day: date = record.day
        left = record.left()
        initial = {"version": record.version, "on": timezone.localdate(), "amount": max(left, Decimal(0))}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean_amount(self) -> Decimal:
        amount, left = self.cleaned_data["amount"], self.record.left()
        if amount > left:
            raise forms.ValidationError(_("最多能冲销 %(left)s 元。") % {"left": money(left)})
        return amount

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if day < self.day:
            raise forms.ValidationError(_("早于这笔资金的日期 %(day)s，请核对。") % {"day": self.day})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.record.is_reversal or self.record.voided_on:
            self.add_error(None, _("冲销的和作废的记录不能再冲销。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        given = self.cleaned_data
        self.entry = reverse(
            self.record, given["amount"], given["on"], given["how"], self.reason, given["version"]
        )

    def done_message(self) -> str:
        return _("已冲销，冲销记录的编号是 %(number)s。") % {"number": self.entry.number}
