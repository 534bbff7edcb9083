"""The forms of centers and equipment."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.code_tables import GONE, CenterStatus
from centers.facts import state_center
from centers.models import Center, Equipment
from gansu_care.pages.record_forms import DateInput, RegistryForm


class CenterForm(RegistryForm):
    fieldsets: ClassVar = [
        (_("基本情况"), ["name", "type", "level", "division", "village", "address", "host_type", "host", "batch",
                     "project_year"]),
        (_("建设与开放"), ["built_on", "opened_on", "opening_hours", "free_of_charge", "indoor_area", "outdoor_area",
                      "seats", "rooms"]),
        (_("人员与服务"), ["manager", "manager_phone", "full_time_staff", "part_time_staff", "volunteers",
                      "children_served", "left_behind_served"]),
        (_("管理"), ["rules_posted", "files_kept", "sign_shown", "safety_checked_on", "longitude", "latitude", "datum",
                   "remarks", "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = Center
        fields = [
            "name", "type", "level", "division", "village", "address", "host_type", "host", "batch", "project_year",
            "built_on", "opened_on", "opening_hours", "free_of_charge", "indoor_area", "outdoor_area", "seats", "rooms",
            "manager", "manager_phone", "full_time_staff", "part_time_staff", "volunteers", "children_served",
            "left_behind_served", "rules_posted", "files_kept", "sign_shown", "safety_checked_on", "longitude",
            "latitude", "datum", "remarks",
        ]  # fmt: skip

    def clean_built_on(self) -> Any:
        day = self.cleaned_data.get("built_on")
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("建成日期还没有到；在建的请先不填。"))
        return day

    def save(self, commit: bool = True) -> Center:
        is_new = self.instance.pk is None
        center = super().save()
        if is_new:
            begun = center.opened_on or center.built_on or timezone.localdate()
            state_center(center, center.status, begun)
        return center


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("新状态"), choices=CenterStatus.choices)
    since = forms.DateField(label=_("自"), widget=DateInput())
    why = forms.CharField(label=_("原因"), max_length=200)
    successor = forms.CharField(
        label=_("并入中心的编号"),
        max_length=12,
        required=False,
        help_text=_("撤并到另一个中心时填写，以 GC 开头"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Center, user: Any, **kwargs: Any) -> None:
        initial = {"version": record.version, "since": timezone.localdate(), "status": record.status}
        super().__init__(*args, initial=initial, **kwargs)
        self.record, self.user = record, user
        self.into: Center | None = None

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean_since(self) -> Any:
        day, held = self.cleaned_data["since"], self.record.states.filter(until=None).first()
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if held and day < held.since:
            raise forms.ValidationError(_("早于现状态的开始日期 %(day)s，请核对。") % {"day": held.since})
        return day

    def clean_successor(self) -> str:
        number = self.cleaned_data["successor"].strip().upper()
        if number:
            self.into = Center.objects.visible_to(self.user).in_force().filter(number=number).first()
            if self.into is None or self.into.pk == self.record.pk:
                raise forms.ValidationError(_("在您的范围内找不到这个编号的活动中心，请核对。"))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == self.record.status:
            self.add_error("status", _("和现在的状态相同。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        status, since = self.cleaned_data["status"], self.cleaned_data["since"]
        state_center(self.record, status, since, self.reason, self.into)
        self.record.status = status
        self.record._change_reason = self.reason
        self.record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return str(_("状态已变更。"))


class EquipmentForm(RegistryForm):
    center_number = forms.CharField(
        label=_("活动中心编号"), max_length=12, help_text=_("以 GC 开头，可在活动中心页面上找到")
    )
    fieldsets: ClassVar = [
        (_("物品"), ["center_number", "asset_no", "category", "item", "model", "serial_no", "quantity", "unit",
                   "unit_price", "amount"]),
        (_("来源"), ["obtained", "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on"]),
        (_("保管"), ["place", "keeper", "condition", "disposed_on", "remarks", "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = Equipment
        fields = [
            "asset_no", "category", "item", "model", "serial_no", "quantity", "unit", "unit_price", "amount",
            "obtained", "obtained_on", "source_kind", "donor", "accepted_by", "accepted_on", "place", "keeper",
            "condition", "disposed_on", "remarks",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["center_number"].initial = self.instance.center.number

    def _get_validation_exclusions(self) -> set[str]:
        # One asset number once a center: asked for as soon as the center is known.
        return super()._get_validation_exclusions() - ({"center"} if self.instance.center_id else set())

    def clean_center_number(self) -> str:
        number = self.cleaned_data["center_number"].strip().upper()
        center = Center.objects.visible_to(self.user).in_force().filter(number=number).first()
        if center is None:
            raise forms.ValidationError(_("在您的范围内找不到这个编号的活动中心，请核对。"))
        self.instance.center = center
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        quantity, price, amount = (cleaned.get(name) for name in ("quantity", "unit_price", "amount"))
        if quantity is not None and price is not None:
            product = (quantity * price).quantize(Decimal("0.01"))
            if amount is None:
                cleaned["amount"] = product
            elif abs(amount - product) > Decimal("0.01"):
                self.add_error("amount", _("金额应等于数量乘单价：%(product)s 元。") % {"product": product})
        if cleaned.get("condition") in GONE and not cleaned.get("disposed_on"):
            self.add_error("disposed_on", _("丢失、报废、调出的，请填处置日期。"))
        return cleaned
