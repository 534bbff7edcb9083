"""The form of a disbursement: money of one allocation, paid out."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from funding.forms.money import MoneyForm
from funding.models import Allocation, Disbursement
from gansu_care.pages.wording import money


class DisbursementForm(MoneyForm):
    day_field = "disbursed_on"
    allocation_number = forms.CharField(
        label=_("拨付哪笔分配"), max_length=12, help_text=_("分配记录的编号，以 GC 开头")
    )
    fieldsets: ClassVar = [
        (_("拨付"), ["allocation_number", "disbursed_on", "payee", "amount"]),
        (_("凭证"), ["voucher_no", "bank_slip_no", "remarks", "change_reason"]),
    ]

    class Meta:
        model = Disbursement
        fields = ["disbursed_on", "payee", "amount", "voucher_no", "bank_slip_no", "remarks"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["allocation_number"].initial = self.instance.allocation.number

    def unit(self, cleaned: dict[str, Any]) -> Any:
        allocation = cleaned.get("allocation_number")
        return allocation.division if allocation else None

    def clean_allocation_number(self) -> Allocation:
        number = self.cleaned_data["allocation_number"].strip().upper()
        allocations = Allocation.objects.visible_to(self.user).in_force().filter(reverses=None)
        allocation = allocations.filter(number=number).first()
        if allocation is None:
            raise forms.ValidationError(_("在您的范围内找不到这个编号的分配，请核对。"))
        return allocation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        allocation, amount, day = (
            cleaned.get(name) for name in ("allocation_number", "amount", "disbursed_on")
        )
        if allocation and day and day < allocation.allocated_on:
            self.add_error(
                "disbursed_on", _("早于分配的下达日期 %(day)s，请核对。") % {"day": allocation.allocated_on}
            )
        if allocation and amount:
            free = allocation.left() + self._former(allocation)
            if amount > free:
                self.add_error(
                    "amount", _("这笔分配还有 %(free)s 元没有拨付，金额不能大于它。") % {"free": money(free)}
                )
        return cleaned

    def _former(self, allocation: Allocation) -> Decimal:
        held = Disbursement.objects.filter(pk=self.instance.pk, allocation=allocation).first()
        return held.net() if held else Decimal(0)

    def save(self, commit: bool = True) -> Disbursement:
        allocation = self.cleaned_data["allocation_number"]
        # Of two that pay out the last yuan at once, the second is refused.
        self.instance.allocation = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
        disbursement = super().save()
        if allocation.left() < 0:
            raise IntegrityError("more is paid out than was allocated")
        return disbursement
