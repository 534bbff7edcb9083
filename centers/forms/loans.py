"""Lending something out, and taking it back."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.code_tables import GONE
from centers.models import Equipment, Loan
from gansu_care.pages.record_forms import DateInput


class LoanForm(forms.ModelForm):
    columns = 2

    class Meta:
        model = Loan
        fields = ["borrower", "quantity", "lent_on", "due_on", "note"]

    def __init__(self, *args: Any, record: Equipment, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=Loan(equipment=record), **kwargs)
        self.record = record
        self.initial = {"lent_on": timezone.localdate(), "quantity": 1}
        for name in ("lent_on", "due_on"):
            self.fields[name].widget = DateInput()

    @property
    def reason(self) -> str:
        return str(_("借出"))

    def clean_quantity(self) -> Decimal:
        quantity = self.cleaned_data["quantity"]
        free = self.record.quantity - self.record.lent_out()
        if quantity <= 0:
            raise forms.ValidationError(_("借用数量要大于0。"))
        if quantity > free:
            raise forms.ValidationError(_("能借出的还有 %(n)s，请核对。") % {"n": f"{free.normalize():f}"})
        return quantity

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lent, due = cleaned.get("lent_on"), cleaned.get("due_on")
        if lent and lent > timezone.localdate():
            self.add_error("lent_on", _("日期还没有到。"))
        if lent and due and due < lent:
            self.add_error("due_on", _("应还日期早于借出日期，请核对。"))
        if self.record.condition in GONE or self.record.voided_on:
            self.add_error(None, _("这条记录已经不在账上，不能借出。"))
        return cleaned

    def act(self) -> None:
        self.save()

    def done_message(self) -> str:
        return str(_("借出已登记。"))


class ReturnForm(forms.Form):
    loan = forms.ModelChoiceField(label=_("哪一次借用"), queryset=Loan.objects.none(), empty_label=None)
    returned_on = forms.DateField(label=_("归还日期"), widget=DateInput())
    note = forms.CharField(label=_("说明"), max_length=200, required=False, help_text=_("损坏、缺少的请写明"))

    def __init__(self, *args: Any, record: Equipment, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"returned_on": timezone.localdate()}, **kwargs)
        self.record = record
        loans: Any = self.fields["loan"]
        loans.queryset = record.loans.filter(returned_on=None).order_by("due_on", "pk")

    @property
    def reason(self) -> str:
        return str(_("归还"))

    def clean_returned_on(self) -> Any:
        day = self.cleaned_data["returned_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        loan = self.cleaned_data.get("loan")
        if loan and day < loan.lent_on:
            raise forms.ValidationError(_("归还日期早于借出日期 %(day)s，请核对。") % {"day": loan.lent_on})
        return day

    def act(self) -> None:
        loan = self.cleaned_data["loan"]
        loan.returned_on = self.cleaned_data["returned_on"]
        loan.note = self.cleaned_data["note"] or loan.note
        loan.save()

    def done_message(self) -> str:
        return str(_("归还已登记。"))
