"""The form of an expenditure."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from centers.models import Equipment
from funding.forms.money import CenterMoneyForm
from funding.models import Expenditure


class ExpenditureForm(CenterMoneyForm):
    """One line, one source: restricted money is never mixed with other money."""

    day_field = "spent_on"
    equipment_number = forms.CharField(
        label=_("购置的设备物资"), max_length=12, required=False, help_text=_("台账记录的编号，以 GC 开头")
    )
    fieldsets: ClassVar = [
        (
            _("支出"),
            ["division", "center_number", "spent_on", "amount", "category", "source", "equipment_number"],
        ),
        (_("凭证"), ["voucher_no", "supplier", "remarks", "change_reason"]),
    ]

    class Meta:
        model = Expenditure
        fields = ["division", "spent_on", "amount", "category", "source", "voucher_no", "supplier", "remarks"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _("一笔支出只用一个来源的钱；限定用途的不要和别的混在一起")
        if self.instance.pk and self.instance.equipment_id:
            self.fields["equipment_number"].initial = self.instance.equipment.number

    def clean_equipment_number(self) -> Equipment | None:
        number = self.cleaned_data["equipment_number"].strip().upper()
        self.instance.equipment = None
        if number:
            found = Equipment.objects.visible_to(self.user).in_force().filter(number=number).first()
            if found is None:
                raise forms.ValidationError(_("在您的范围内找不到这个编号的设备物资，请核对。"))
            self.instance.equipment = found
        return self.instance.equipment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        center, item = cleaned.get("center_number"), cleaned.get("equipment_number")
        if center and item and item.center_id != center.pk:
            self.add_error("equipment_number", _("这件物品不在所填的活动中心，请核对。"))
        elif item and not center:
            self.instance.center = item.center
        return cleaned
