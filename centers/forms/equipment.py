"""The form of one record of the ledger."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.center_field import CenterField
from centers.code_tables import GONE, Condition
from centers.models import Center, Equipment
from gansu_care.pages.record_forms import RegistryForm

DISPOSAL = ("disposed_on", "disposal", "disposal_keeper", "disposal_head", "disposal_approver")


class EquipmentForm(RegistryForm):
    """What is on hand leaves by the page of disposal, with its signatures; here a disposal is only corrected."""

    center_number = CenterField(help_text=_("以 GC 开头的编号，或者中心全称"))
    fieldsets: ClassVar = [
        (_("物品"), ["center_number", "asset_no", "category", "item", "model", "serial_no", "quantity", "unit",
                   "unit_price", "amount"]),
        (_("来源"), ["obtained", "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on"]),
        (_("保管"), ["place", "keeper", "condition", "remarks", "change_reason"]),
        (_("处置"), DISPOSAL),
    ]  # fmt: skip

    class Meta:
        model = Equipment
        fields = [
            "asset_no", "category", "item", "model", "serial_no", "quantity", "unit", "unit_price", "amount",
            "obtained", "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on", "place", "keeper",
            "condition", *DISPOSAL, "remarks",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center_number"].belong_to(self.user)  # type: ignore[attr-defined]
        self.fields["asset_no"].help_text = _("单价1000元以上的一件一条、各有编号；其他的按批登记")
        self.fields["accepted_by"].help_text = _("两人验收，用顿号隔开")
        if self.instance.pk:
            self.fields["center_number"].initial = self.instance.center.number
        if self.instance.condition not in GONE:
            self._keep_on_hand()

    def _keep_on_hand(self) -> None:
        for name in DISPOSAL:
            del self.fields[name]
        condition: Any = self.fields["condition"]
        condition.choices = [choice for choice in Condition.choices if choice[0] not in GONE]
        condition.help_text = _("丢失、报废、调出、捐出的，在物品页面上点“处置”")

    def _get_validation_exclusions(self) -> set[str]:
        # One asset number once a center: asked for as soon as the center is known.
        return super()._get_validation_exclusions() - ({"center"} if self.instance.center_id else set())

    def clean_center_number(self) -> Center | None:
        center = self.cleaned_data["center_number"]
        if center is not None:
            self.instance.center = center
        return center

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        quantity, price, amount = (cleaned.get(name) for name in ("quantity", "unit_price", "amount"))
        if quantity is not None and price is not None:
            product = (quantity * price).quantize(Decimal("0.01"))
            if amount is None:
                cleaned["amount"] = product
            elif abs(amount - product) > Decimal("0.01"):
                self.add_error("amount", _("金额应等于数量乘单价：%(product)s 元。") % {"product": product})
        for name in ("obtained_on", "accepted_on", "disposed_on"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, _("日期还没有到。"))
        if cleaned.get("condition") in GONE and not cleaned.get("disposed_on"):
            self.add_error("disposed_on", _("丢失、报废、调出的，请填处置日期。"))
        return cleaned
