"""The forms of a center: its record, and a change of its status."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.center_field import CenterField
from centers.code_tables import CenterStatus
from centers.facts import amend_state, place_equipment, state_center
from centers.merging import counted, hand_over, same_numbers
from centers.models import Center
from centers.rules import FIRST_HOMES, gave_way
from gansu_care.pages.record_forms import DateInput, RegistryForm, VoidForm

COORDINATES = ("longitude", "latitude", "datum")


class CenterForm(RegistryForm):
    """Person in charge and telephone must be known of a center that operates: both are posted outside."""

    fieldsets: ClassVar = [
        (_("基本情况"), ["name", "type", "level", "division", "village", "village_code", "address", "host_type", "host",
                     "batch", "project_year"]),
        (_("建设与开放"), ["built_on", "opened_on", "indoor_area", "outdoor_area", "seats", "free_of_charge", "rooms",
                      "opening_hours"]),
        (_("人员与服务"), ["manager", "manager_phone", "full_time_staff", "part_time_staff", "volunteers",
                      "children_served", "left_behind_served"]),
        (_("管理"), ["rules_posted", "files_kept", "sign_shown", "checked_on", "safety_checked_on", *COORDINATES,
                   "remarks", "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = Center
        fields = [
            "name", "type", "level", "division", "village", "village_code", "address", "host_type", "host", "batch",
            "project_year", "built_on", "opened_on", "opening_hours", "free_of_charge", "indoor_area", "outdoor_area",
            "seats", "rooms", "manager", "manager_phone", "full_time_staff", "part_time_staff", "volunteers",
            "children_served", "left_behind_served", "rules_posted", "files_kept", "sign_shown", "checked_on",
            "safety_checked_on", *COORDINATES, "remarks",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operates = self.instance.pk is None or self.instance.status == CenterStatus.OPERATING
        for name in ("manager", "manager_phone"):
            self.fields[name].required = operates
        self.fields["free_of_charge"].help_text = _("儿童活动中心依法要对未成年人免费开放")

    def clean_built_on(self) -> Any:
        day = self.cleaned_data.get("built_on")
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("建成日期还没有到；在建的请先不填。"))
        if day and day < FIRST_HOMES:
            raise forms.ValidationError(_("第一批中心2008年12月才建成，请核对年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("opened_on", "checked_on", "safety_checked_on"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, _("日期还没有到。"))
        missing = [
            name for name in COORDINATES if cleaned.get(name) in (None, "") and name not in self.errors
        ]
        if 0 < len(missing) < len(COORDINATES):
            self.add_error(missing[0], _("经度、纬度和坐标系要一起填。"))
        return cleaned

    def save(self, commit: bool = True) -> Center:
        is_new = self.instance.pk is None
        center = super().save()
        if is_new:
            begun = center.opened_on or center.built_on or timezone.localdate()
            state_center(center, center.status, begun)
        elif "division" in self.changed_data:
            place_equipment(center, self.reason)
        return center


class StatusForm(forms.Form):
    """Another status from a day on. The same status again only corrects which center took over."""

    status = forms.ChoiceField(label=_("新状态"), choices=CenterStatus.choices)
    since = forms.DateField(label=_("自"), widget=DateInput())
    why = forms.CharField(label=_("原因"), max_length=200)
    successor = CenterField(
        label=_("并入的中心"),
        required=False,
        help_text=_("撤并、关闭后由另一个中心接收的填写：中心编号或全称"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Center, user: Any, **kwargs: Any) -> None:
        self.held = record.states.filter(until=None).select_related("successor").first()
        initial = {"version": record.version, "since": timezone.localdate(), "status": record.status}
        if self.held and self.held.successor:
            initial["successor"] = self.held.successor.number
        super().__init__(*args, initial=initial, **kwargs)
        self.record = record
        self.fields["successor"].belong_to(user)  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    @property
    def is_same(self) -> bool:
        return self.cleaned_data.get("status") == self.record.status

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        if self.held and day < self.held.since:
            raise forms.ValidationError(
                _("早于现状态的开始日期 %(day)s，请核对。") % {"day": self.held.since}
            )
        return day

    def clean_successor(self) -> Center | None:
        center = self.cleaned_data["successor"]
        if center is not None and center.pk == self.record.pk:
            raise forms.ValidationError(_("并入的中心不能是这个中心自己。"))
        return center

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        into, status = cleaned.get("successor"), cleaned.get("status")
        held_into = self.held.successor if self.held else None
        if self.is_same and into == held_into:
            self.add_error("status", _("和现在的状态相同。"))
        if into is not None and status and not gave_way(status):
            self.add_error("successor", _("只有撤并、关闭的中心才填并入的中心。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        status, since, into = (self.cleaned_data[name] for name in ("status", "since", "successor"))
        if self.is_same:
            amend_state(self.record, self.reason, into)
        else:
            state_center(self.record, status, since, self.reason, into)
        self.record.status = status
        self.record._change_reason = self.reason
        self.record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return str(_("状态已变更。"))


class CenterVoidForm(VoidForm):
    """A duplicate hands over what hangs on it; a center entered by mistake can only go when nothing does."""

    into = CenterField(
        label=_("保留的中心"),
        required=False,
        help_text=_("重复登记的填写：中心编号或全称；设备物资和资金会转到它名下"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["into"].belong_to(user)  # type: ignore[attr-defined]

    def clean_into(self) -> Center | None:
        center = self.cleaned_data["into"]
        if center is not None and center.pk == self.record.pk:
            raise forms.ValidationError(_("保留的中心不能是这个中心自己。"))
        taken = same_numbers(self.record, center) if center is not None else []
        if taken:
            listed = str(_("、")).join(taken[:5])
            raise forms.ValidationError(
                _("两个中心都有资产编号 %(numbers)s，请先改好其中一个。") % {"numbers": listed}
            )
        return center

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        held = counted(self.record)
        if held and not cleaned.get("into") and "into" not in self.errors:
            listed = str(_("、")).join(f"{name} {count}" for name, count in held)
            self.add_error(
                "into",
                _("名下还有：%(listed)s。重复登记的，请填保留的中心；误登记的，请先把这些作废。")
                % {"listed": listed},
            )
        return cleaned

    def act(self) -> None:
        if self.cleaned_data["into"] is not None:
            hand_over(self.record, self.cleaned_data["into"], self.reason)
        super().act()
