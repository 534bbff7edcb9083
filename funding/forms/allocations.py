"""The form of an allocation: to a division or a center, out of a receipt where that is known."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from funding.forms.money import CenterMoneyForm
from funding.models import Allocation, Receipt
from gansu_care.pages.wording import money


class AllocationForm(CenterMoneyForm):
    day_field = "allocated_on"
    receipt_number = forms.CharField(
        label=_("出自哪笔到账"),
        max_length=12,
        required=False,
        help_text=_("到账记录的编号，以 GC 开头；分不清的留空"),
    )
    fieldsets: ClassVar = [
        (_("分配"), ["division", "center_number", "allocated_on", "amount", "source", "receipt_number", "document_no"]),
        (_("用途"), ["purpose", "approver", "remarks", "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = Allocation
        fields = [
            "division",
            "allocated_on",
            "amount",
            "source",
            "document_no",
            "purpose",
            "approver",
            "remarks",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_receipt = self.instance.receipt if self.instance.pk else None
        if self.held_receipt:
            self.fields["receipt_number"].initial = self.held_receipt.number

    def clean_receipt_number(self) -> Receipt | None:
        number = self.cleaned_data["receipt_number"].strip().upper()
        if not number:
            return None
        if self.held_receipt and number == self.held_receipt.number:
            return (
                self.held_receipt
            )  # the province's receipt stays where it is, though the county cannot open it
        receipt = (
            Receipt.objects.visible_to(self.user).in_force().filter(number=number, reverses=None).first()
        )
        if receipt is None:
            raise forms.ValidationError(_("在您的范围内找不到这个编号的到账，请核对。"))
        return receipt

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        receipt, source, amount = (cleaned.get(name) for name in ("receipt_number", "source", "amount"))
        self.instance.receipt = receipt
        if receipt and source and source not in receipt.sources.all():
            self.add_error("source", _("这笔到账不是来自这个来源，请核对。"))
        if receipt and amount:
            free = self._free(receipt)
            if amount > free:
                self.add_error(
                    "amount", _("这笔到账还有 %(free)s 元没有分配，金额不能大于它。") % {"free": money(free)}
                )
        if amount and self.instance.pk:
            held = Allocation.objects.get(pk=self.instance.pk)
            least = held.amount - held.left()
            if amount < least:
                self.add_error(
                    "amount", _("已经拨付和冲销 %(sum)s 元，金额不能小于它。") % {"sum": money(least)}
                )
        return cleaned

    def _free(self, receipt: Receipt) -> Decimal:
        """What is left of the receipt, the former amount of this allocation with it."""
        own = self.held_receipt == receipt
        former = Allocation.objects.get(pk=self.instance.pk).net() if own and self.instance.pk else Decimal(0)
        return receipt.left() + former

    def save(self, commit: bool = True) -> Allocation:
        if self.instance.receipt_id:  # of two that allocate the last yuan at once, the second is refused
            Receipt.objects.select_for_update(of=("self",)).get(pk=self.instance.receipt_id)
        moved = "division" in self.changed_data
        allocation = super().save()
        if allocation.receipt and allocation.receipt.left() < 0:
            raise IntegrityError("more is allocated than came")
        for disbursement in allocation.disbursements.all() if moved else ():
            disbursement.save()
        return allocation
