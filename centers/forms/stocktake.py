"""The yearly stocktake of one center: for every record on hand the number in the ledger and the one that is there."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centers.models import Center, Equipment, Stocktake
from gansu_care.pages.record_forms import DateInput


class CountForm(forms.Form):
    """One line. `book` is the number that the ledger showed when the page was opened."""

    book = forms.DecimalField(widget=forms.HiddenInput, max_digits=12, decimal_places=2)
    counted = forms.DecimalField(
        label=gettext_lazy("实盘数"), max_digits=12, decimal_places=2, min_value=Decimal(0), required=False
    )
    explanation = forms.CharField(label=gettext_lazy("差异说明"), max_length=200, required=False)

    def __init__(self, *args: Any, record: Equipment, **kwargs: Any) -> None:
        number = f"{record.quantity.normalize():f}"
        super().__init__(*args, prefix=record.number, initial={"book": number}, **kwargs)
        self.record = record
        for name in ("counted", "explanation"):
            self.fields[name].widget.attrs["aria-label"] = f"{record.item}：{self.fields[name].label}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        counted, book = cleaned.get("counted"), cleaned.get("book")
        if book != self.record.quantity:
            self.add_error(None, _("账面数刚刚变了，请按新的账面数核对。"))
        elif counted is not None and counted != book and not cleaned.get("explanation"):
            self.add_error("explanation", _("实盘数和账面数不同，请写明原因。"))
        return cleaned


class StocktakeForm(forms.Form):
    """The day and who counted; `lines` are the records. Lines left empty were not counted."""

    counted_on = forms.DateField(label=gettext_lazy("盘点日期"), widget=DateInput())
    counted_by = forms.CharField(label=gettext_lazy("盘点人"), max_length=100)

    def __init__(self, data: Any = None, files: Any = None, *, record: Center, user: Any) -> None:
        today = timezone.localdate()
        super().__init__(data, files, initial={"counted_on": today, "counted_by": record.manager})
        self.record = record
        on_hand = record.equipment.on_hand_on(today).order_by("category", "item", "pk")
        self.lines = [CountForm(data, record=one) for one in on_hand]

    @property
    def reason(self) -> str:
        return _("盘点 %(day)s") % {"day": self.cleaned_data["counted_on"]}

    def is_valid(self) -> bool:
        lines = [line.is_valid() for line in self.lines]
        return all([super().is_valid(), *lines])

    def clean_counted_on(self) -> date:
        day = self.cleaned_data["counted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("日期还没有到。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        valid = (line for line in self.lines if line.is_valid())
        if self.lines and not any(line.cleaned_data.get("counted") is not None for line in valid):
            self.add_error(None, _("一个实盘数也没有填。"))
        return cleaned

    def act(self) -> None:
        """One stocktake a record and day: the same day again corrects it."""
        for line in self.lines:
            if line.cleaned_data.get("counted") is not None:
                self._keep(line)

    def _keep(self, line: CountForm) -> None:
        day = self.cleaned_data["counted_on"]
        held = Stocktake.objects.filter(equipment=line.record, counted_on=day).first()
        stocktake = held or Stocktake(equipment=line.record, counted_on=day)
        stocktake.book, stocktake.counted = line.record.quantity, line.cleaned_data["counted"]
        stocktake.explanation = line.cleaned_data["explanation"]
        stocktake.counted_by = self.cleaned_data["counted_by"]
        stocktake.save()

    def done_message(self) -> str:
        return _("盘点已保存。")
