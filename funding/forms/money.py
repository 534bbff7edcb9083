"""What the forms of money share: days, closed months, centers."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centers.center_field import CenterField
from centers.models import Center
from funding.closing import is_closed, said_closed
from gansu_care.divisions.scoping import covers
from gansu_care.pages.record_forms import RegistryForm, VoidForm


class MoneyForm(RegistryForm):
    """Days are not in the future, and neither the day that was nor the day that will be lies in a closed month."""

    day_field: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance if self.instance.pk else None
        self.held_place = (held.division, getattr(held, self.day_field)) if held else (None, None)

    def unit(self, cleaned: dict[str, Any]) -> Any:
        """Where the money stands."""
        return cleaned.get("division")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get(self.day_field)
        if day and day > timezone.localdate():
            self.add_error(self.day_field, _("日期还没有到。"))
        for place, at in {self.held_place, (self.unit(cleaned), day)}:
            if at and self.day_field not in self.errors and is_closed(place, at):
                self.add_error(self.day_field, said_closed(at))
        return cleaned


class CenterMoneyForm(MoneyForm):
    """Money that may be for one center."""

    center_number = CenterField(required=False, help_text=_("拨给或用于某个中心时填编号或全称"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center_number"].belong_to(self.user)  # type: ignore[attr-defined]
        if self.instance.pk and self.instance.center_id:
            self.fields["center_number"].initial = self.instance.center.number

    def clean_center_number(self) -> Center | None:
        self.instance.center = self.cleaned_data["center_number"]
        return self.instance.center

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        center, division = cleaned.get("center_number"), cleaned.get("division")
        if center and division and not covers(division, center.division):
            self.add_error("center_number", _("这个活动中心不在所选的接收单位。请改选接收单位或活动中心。"))
        return cleaned


class MoneyVoidForm(VoidForm):
    """Only what was entered by mistake: not in a closed month, and nothing else may build on the row."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        record = self.record
        day = record.day
        if is_closed(record.division, day):
            self.add_error(None, said_closed(day))
        elif record.reversals.in_force().exists():
            self.add_error(None, _("这条记录已经冲销过，不能作废；要恢复的，请先作废冲销的记录。"))
        elif record.net() != record.left():
            self.add_error(None, _("已经有分配或拨付出自这条记录，不能作废；请先作废它们，或者用“冲销”。"))
        elif record.is_reversal and self._is_needed():
            self.add_error(None, _("作废这笔冲销以后，支出去的会多于来的，不能作废。"))
        return cleaned

    def _is_needed(self) -> bool:
        """Without this entry more would be passed on than there is."""
        origin = getattr(self.record, "receipt", None) or getattr(self.record, "allocation", None)
        return origin is not None and origin.left() + self.record.amount < 0
