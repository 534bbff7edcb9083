"""Reconciling a month, and closing it."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funding.models import Reconciliation
from gansu_care.divisions.models import Level
from gansu_care.divisions.scoping import standing
from gansu_care.pages.record_forms import RegistryForm, VoidForm


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m", **kwargs)


class ReconciliationForm(RegistryForm):
    """Only a unit with books of its own: a county, a prefecture, the province."""

    month = forms.DateField(
        label=_("对账月份"), input_formats=["%Y-%m", "%Y-%m-%d"], widget=MonthInput(), help_text=_("如 2026-03"),
        error_messages={"invalid": _("月份填成 2026-03 这样。")},
    )  # fmt: skip
    fieldsets: ClassVar = [
        (_("对账"), ["division", "month", "book", "vouchers", "explanation", "remarks", "change_reason"])
    ]

    class Meta:
        model = Reconciliation
        fields = ["division", "month", "book", "vouchers", "explanation", "remarks"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        divisions: Any = self.fields["division"]
        divisions.queryset = divisions.queryset.exclude(level=Level.TOWNSHIP)
        if self.instance.pk:
            self.initial["month"] = f"{self.instance.month:%Y-%m}"
        else:
            self.initial["division"] = getattr(standing(self.user), "pk", None)

    def _scope(self, name: str, field: forms.Field) -> None:
        if name != "month":
            super()._scope(name, field)

    def clean_month(self) -> date:
        month = self.cleaned_data["month"].replace(day=1)
        if month > timezone.localdate().replace(day=1):
            raise forms.ValidationError(_("这个月还没有到。"))
        return month

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        book, vouchers = cleaned.get("book"), cleaned.get("vouchers")
        if book is not None and vouchers is not None and book != vouchers and not cleaned.get("explanation"):
            self.add_error("explanation", _("账面数和凭证合计不同，请写明差异的原因。"))
        if self.instance.closed_on:
            self.add_error(None, _("这个月已经结账，不能再改。"))
        return cleaned

    def save(self, commit: bool = True) -> Reconciliation:
        if self.instance.pk is None:
            self.instance.reconciled_by = self.user
        return super().save()


class CloseForm(forms.Form):
    """The second person looks it through and closes the month."""

    why = forms.CharField(label=_("复核意见"), max_length=200, initial=_("账证相符"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Reconciliation, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": record.version}, **kwargs)
        self.record, self.user = record, user

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.record.reconciled_by_id == self.user.pk:
            self.add_error(None, _("对账人和复核人不能是同一个人，请由另一个人复核结账。"))
        if self.record.last_day >= timezone.localdate():
            self.add_error(None, _("这个月还没有过完，过完再结账。"))
        if self.record.closed_on or self.record.voided_on:
            self.add_error(None, _("已经结账或作废，不能再结账。"))
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        self.record.reviewed_by, self.record.closed_on = self.user, timezone.localdate()
        self.record._change_reason = self.reason
        self.record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return _("%(month)s 已结账。") % {"month": f"{self.record.month:%Y-%m}"}


class ReconciliationVoidForm(VoidForm):
    """A closed month is opened again by the unit above; the province opens its own."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        own, unit = standing(self.user), self.record.division
        above = own is not None and (own.pk != unit.pk or own.level == Level.PROVINCE)
        if self.record.closed_on and not above:
            self.add_error(None, _("已经结账的月份，要由上级妇联作废这次对账才能重新打开。"))
        return cleaned
