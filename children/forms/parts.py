"""The parts of a child's form that stand in tables of their own."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from children.code_tables import ConsentCapacity, ParentCondition
from children.models import Carer, Child, Consent, Parent
from children.models.family import ParentKind
from gansu_care.pages.record_forms import DateInput
from gansu_care.sealed.fields import Sealed, SealedFormField
from gansu_care.sealed.masks import is_masked


class PartForm(forms.ModelForm):
    """A part of the child's form: masks mean unchanged, dates are date inputs."""

    columns: ClassVar[int] = 3
    legend: Any = ""

    def __init__(self, data: Any, *, prefix: str, instance: Any) -> None:
        super().__init__(data, prefix=prefix, instance=instance)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DateInput()

    @property
    def fieldsets(self) -> list[tuple[Any, list[str]]]:
        return [(self.legend, list(self.fields))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            value, held = cleaned.get(name) or "", self.initial.get(name)
            kept = isinstance(held, Sealed) and held.masked == value
            if isinstance(field, SealedFormField) and is_masked(value) and not kept:
                self.add_error(name, _("带星号的内容不能保存。要改就填完整的，不改就保留原样。"))
        return cleaned


class ParentForm(PartForm):
    condition = forms.ChoiceField(label=_("状态"), choices=[("", "---------"), *ParentCondition.choices])
    since = forms.DateField(label=_("自"), required=False, help_text=_("外出的，填外出起始日期"))
    work_place = forms.CharField(label=_("务工地点（省、市）"), max_length=100, required=False)

    class Meta:
        model = Parent
        fields = ("name", "birth_date", "id_number", "phone", "return_frequency", "contact_frequency")

    def __init__(self, data: Any, *, kind: str, child: Child) -> None:
        parent = child.parents.filter(kind=kind).first() if child.pk else None
        super().__init__(data, prefix=kind, instance=parent or Parent(kind=kind))
        self.legend = ParentKind(kind).label
        state = parent.states.filter(until=None).first() if parent else None
        if state:
            self.initial.update(condition=state.condition, since=state.since, work_place=state.work_place)
        self.fields["name"].required = True

    def save(self, child: Child | None = None, commit: bool = True) -> Parent:  # type: ignore[override]
        if child is not None:
            self.instance.child = child
        return super().save()


class CarerForm(PartForm):
    legend = _("受委托照护人")

    class Meta:
        model = Carer
        fields = ("name", "relation", "phone", "id_number", "address")

    def __init__(self, data: Any, *, child: Child) -> None:
        held = child.carers.filter(until=None).first() if child.pk else None
        super().__init__(data, prefix="carer", instance=held or Carer())
        self.fields["name"].required = False
        # A new person is a new entrustment: the form never writes over the former carer's row.
        self.held = held

    def _post_clean(self) -> None:
        """Nothing is put on the instance: `facts()` goes to entrust_carer, which ends and begins entrustments."""

    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        for name in ("phone", "id_number", "address"):
            value, kept = facts.get(name), getattr(self.held, name, None)
            if kept is not None and value == kept.masked:
                facts[name] = kept
            elif not value:
                facts[name] = None
        return facts


class ConsentForm(PartForm):
    legend = _("监护人同意")

    class Meta:
        model = Consent
        fields = ("given", "given_by", "capacity", "given_on", "paper_place")

    def __init__(self, data: Any, *, child: Child) -> None:
        held = Consent.objects.filter(child=child).first() if child.pk else None
        super().__init__(data, prefix="consent", instance=held or Consent(given=False))
        if not held or held.capacity != ConsentCapacity.DECLARED:  # a declaration is made with an upload only
            self.fields["capacity"].choices = [("", "---------"), *ConsentCapacity.for_entry()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("given"):
            for name in ("given_by", "capacity", "given_on"):
                if not cleaned.get(name):
                    self.add_error(name, _("已取得同意的，这一项必须填。"))
        return cleaned

    def save(self, child: Child | None = None, commit: bool = True) -> Consent:  # type: ignore[override]
        if child is not None:
            self.instance.child = child
        return super().save()
