"""The forms of money."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from funding.models import Allocation, Expenditure, Receipt, ReceiptShare, Source
from gansu_care.pages.record_forms import RegistryForm


class MoneyForm(RegistryForm):
    """Dates are not in the future; a center is named by its number, inside the user's scope."""

    day_field: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get(self.day_field)
        if day and day > timezone.localdate():
            self.add_error(self.day_field, _("日期还没有到。"))
        return cleaned


class CenterNumberForm(MoneyForm):
    center_number = forms.CharField(
        label=_("活动中心编号"),
        max_length=12,
        required=False,
        help_text=_("拨给或用于某个中心时填，以 GC 开头"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.center_id:
            self.fields["center_number"].initial = self.instance.center.number

    def clean_center_number(self) -> str:
        number = self.cleaned_data["center_number"].strip().upper()
        self.instance.center = None
        if number:
            center = Center.objects.visible_to(self.user).in_force().filter(number=number).first()
            if center is None:
                raise forms.ValidationError(_("在您的范围内找不到这个编号的活动中心，请核对。"))
            self.instance.center = center
        return number


class ReceiptForm(MoneyForm):
    day_field = "received_on"
    given_by = forms.ModelMultipleChoiceField(
        label=_("资金来源"), queryset=Source.objects.filter(in_use=True), widget=forms.CheckboxSelectMultiple,
        help_text=_("几个来源联合拨付、分不清各多少的，都勾上"),
    )  # fmt: skip
    fieldsets: ClassVar = [
        (_("到账"), ["division", "received_on", "amount", "in_kind", "voucher_no", "clerk"]),
        (_("来源"), ["given_by", "donor", "channel"]),
        (_("用途"), ["project", "batch", "restriction", "remarks", "change_reason"]),
    ]

    class Meta:
        model = Receipt
        fields = [
            "division", "received_on", "amount", "in_kind", "voucher_no", "clerk", "donor", "channel", "project",
            "batch", "restriction", "remarks",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["given_by"].initial = [share.source_id for share in self.instance.shares.all()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        amount, in_kind = cleaned.get("amount"), cleaned.get("in_kind")
        if amount is not None and in_kind is not None and in_kind > amount:
            self.add_error("in_kind", _("实物折价不能大于金额。"))
        return cleaned

    def save(self, commit: bool = True) -> Receipt:
        receipt = super().save()
        wanted = set(self.cleaned_data["given_by"])
        for share in receipt.shares.select_related("source"):
            if share.source in wanted:
                wanted.discard(share.source)
            else:
                share.delete()
        for source in wanted:
            ReceiptShare.objects.create(receipt=receipt, source=source)
        return receipt


class AllocationForm(CenterNumberForm):
    day_field = "allocated_on"
    fieldsets: ClassVar = [
        (_("分配"), ["division", "center_number", "allocated_on", "amount", "source", "document_no"]),
        (_("用途"), ["purpose", "approver", "remarks", "change_reason"]),
    ]

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


class ExpenditureForm(CenterNumberForm):
    day_field = "spent_on"
    fieldsets: ClassVar = [
        (_("支出"), ["division", "center_number", "spent_on", "amount", "category", "source"]),
        (_("凭证"), ["voucher_no", "supplier", "remarks", "change_reason"]),
    ]

    class Meta:
        model = Expenditure
        fields = ["division", "spent_on", "amount", "category", "source", "voucher_no", "supplier", "remarks"]
