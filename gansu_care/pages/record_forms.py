"""Forms of registry records: scoped choices, the version seen, the reason, masks, and clashes of two editors."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import divisions_for
from gansu_care.sealed.fields import Sealed, SealedFormField
from gansu_care.sealed.masks import is_masked


def label_of(instance: models.Model, name: str) -> str:
    """What a field is called."""
    field: Any = instance._meta.get_field(name)
    return str(field.verbose_name)


def shown(instance: models.Model, name: str) -> str:
    """A field's value as a page shows it: labels of codes, masks of sealed values."""
    field: Any = instance._meta.get_field(name)
    value = getattr(instance, name)
    if hasattr(field, "labels"):
        return str(_("、")).join(field.labels(value or []))
    if field.choices:
        return str(getattr(instance, f"get_{name}_display")())
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return "" if value is None else str(value)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DivisionChoice(forms.ModelChoiceField):
    """A division by name, grouped under its parent; only the user's own and those below."""

    def label_from_instance(self, division: Division) -> str:
        return division.label


class RegistryForm(forms.ModelForm):
    """A model form of the register. `save()` raises StaleRow when somebody saved the row meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_reason = forms.CharField(label=_("修改原因"), max_length=100, required=False)
    columns: ClassVar[int] = 3

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.clashes: list[tuple[str, str, str]] = []
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["change_reason"]
        for name, field in self.fields.items():
            self._scope(name, field)

    def _scope(self, name: str, field: forms.Field) -> None:
        if isinstance(field, forms.DateField):
            field.widget = DateInput()
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        queryset = getattr(field, "queryset", None)
        if queryset is not None and queryset.model is Division and name == "division":
            field.queryset = divisions_for(self.user).order_by("code")  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        # Constraints of rows in force ask for voided_on, which no form shows: without it they would be passed over.
        return super()._get_validation_exclusions() - {"voided_on"}

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("change_reason", "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, SealedFormField):
                self._refuse_foreign_mask(name, cleaned.get(name) or "")
        return cleaned

    def _refuse_foreign_mask(self, name: str, value: str) -> None:
        held = self.initial.get(name)
        if is_masked(value) and not (isinstance(held, Sealed) and held.masked == value):
            self.add_error(name, _("带星号的内容不能保存。要改就填完整的，不改就保留原样。"))

    def save(self, commit: bool = True) -> Any:
        self.instance._change_reason = self.reason
        seen = self.cleaned_data.get("version")
        if self.instance.pk:
            self.instance.save_version(seen or 0)
        else:
            self.instance.save()
        self._save_m2m()  # type: ignore[attr-defined]
        return self.instance

    def note_clash(self, current: Any) -> None:
        """After StaleRow: keep what was typed, take the new version, list the fields where the two differ."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(current.version)
        self.data = data
        for name in self._meta.fields or ():
            mine, theirs = shown(self.instance, name), shown(current, name)
            if mine != theirs and name in self.fields:
                self.clashes.append((str(self.fields[name].label), theirs, mine))


class VoidForm(forms.Form):
    """Take a record out of lists and figures without deleting it."""

    why = forms.CharField(label=_("作废原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": record.version}, **kwargs)
        self.record = record

    @property
    def reason(self) -> str:
        return self.cleaned_data["why"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("version") != self.record.version:
            self.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
        return cleaned

    def act(self) -> None:
        record = self.record
        record.voided_on, record.void_reason = timezone.localdate(), self.reason
        record._change_reason = self.reason
        record.save_version(self.cleaned_data["version"])

    def done_message(self) -> str:
        return _("%(number)s 已作废。") % {"number": self.record.number}
