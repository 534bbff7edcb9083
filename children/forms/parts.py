"""The parts of a child's form that stand in tables of their own."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children.code_tables import ConsentCapacity, ParentCondition, Relation
from children.columns import DECEASED, NamedDeceased
from children.forms.cells import ADULT_ID_NUMBER, PHONE, RELATIVE_NAME, read_as, sentence
from children.models import Carer, Child, Consent, Grandparent, Parent, ParentState
from children.models.family import ParentKind
from gansu_care.pages.record_forms import DateInput, shown
from gansu_care.sealed.fields import Sealed, SealedFormField
from gansu_care.sealed.masks import is_masked
from gansu_care.spreadsheets.columns import Column


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

    def ask_nothing(self) -> None:
        """No field of it must be filled in."""
        for field in self.fields.values():
            field.required = False

    def clean_birth_date(self) -> Any:
        born = self.cleaned_data["birth_date"]
        if born and born > timezone.localdate():
            raise ValidationError(sentence("E_DATE_FUTURE", born.isoformat()))
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, SealedFormField):
                self._clean_sealed(name, cleaned)
        return cleaned

    def _clean_sealed(self, name: str, cleaned: dict[str, Any]) -> None:
        value, held = cleaned.get(name) or "", self.initial.get(name)
        if isinstance(held, Sealed) and held.masked == value:
            return
        if is_masked(value):
            self.add_error(name, _("带星号的内容不能保存。要改就填完整的，不改就保留原样。"))
        elif column := {"phone": PHONE, "id_number": ADULT_ID_NUMBER}.get(name):
            self._read(name, column, cleaned)

    def _read(self, name: str, column: Column, cleaned: dict[str, Any]) -> None:
        """Put what the column makes of the text in its place."""
        try:
            cleaned[name] = read_as(column, cleaned.get(name) or "")
        except ValidationError as error:
            self.add_error(name, error)

    def save(self, child: Child | None = None, commit: bool = True) -> Any:  # type: ignore[override]
        """What was not changed is not written again: it would be a line of history that tells nothing."""
        if self.instance.pk and not self.has_changed():
            return self.instance
        if child is not None:
            self.instance.child = child
        return super().save()

    def label(self, name: str) -> str:
        """父亲：联系电话, where the field does not stand in its own card."""
        return _("%(part)s：%(field)s") % {"part": self.legend, "field": self.fields[name].label}

    def holder(self, name: str) -> models.Model:
        """The row that holds the value of a field: the part itself, or a fact that hangs on it."""
        return self.instance

    def differences(self, other: Self) -> Iterator[tuple[str, str, str]]:
        """(label, the other's value, our own) of each field in which two forms of one part differ."""
        for name in self.fields:
            theirs, mine = (shown(part.holder(name), name) for part in (other, self))
            if theirs != mine:
                yield self.label(name), theirs, mine


class ParentForm(PartForm):
    condition = forms.ChoiceField(label=_("状态"), choices=[("", "---------"), *ParentCondition.choices])
    since = forms.DateField(label=_("自"), required=False, help_text=_("外出的，填外出起始日期"))
    work_place = forms.CharField(label=_("务工地点（省、市）"), max_length=100, required=False)
    STATE = ("condition", "since", "work_place")

    class Meta:
        model = Parent
        fields = ("name", "birth_date", "id_number", "phone", "return_frequency", "contact_frequency")

    def __init__(self, data: Any, *, kind: str, child: Child) -> None:
        parent = child.parents.filter(kind=kind).first() if child.pk else None
        super().__init__(data, prefix=kind, instance=parent or Parent(kind=kind))
        self.legend = ParentKind(kind).label
        state = parent.states.filter(until=None).first() if parent else None
        self.state = state or ParentState()
        if state:
            self.initial.update({name: getattr(state, name) for name in self.STATE})
        self.fields["name"].required = True

    def holder(self, name: str) -> models.Model:
        if name not in self.STATE:
            return super().holder(name)
        typed = {one: self.cleaned_data.get(one) for one in self.STATE} if self.is_bound else {}
        return ParentState(**typed) if typed else self.state


class GrandparentForm(PartForm):
    """One of the four of the official form. An emptied one stays as a row that says nothing, and keeps its history."""

    class Meta:
        model = Grandparent
        fields = ("name", "birth_date", "deceased")

    def __init__(self, data: Any, *, relation: Relation, child: Child) -> None:
        held = child.grandparents.filter(relation=relation).first() if child.pk else None
        super().__init__(data, prefix=relation.name.lower(), instance=held or Grandparent(relation=relation))
        self.legend = relation.label
        for name, field in self.fields.items():
            field.label = super().label(name)

    def label(self, name: str) -> str:
        """The four stand in one card: each field says whose it is."""
        return str(self.fields[name].label)

    def clean(self) -> dict[str, Any]:
        """As in the paper form a dash for a name, or 已故 beside it, says that she is dead."""
        cleaned = super().clean()
        self._read("name", RELATIVE_NAME, cleaned)
        said = cleaned.get("name")
        if said is DECEASED or isinstance(said, NamedDeceased):
            cleaned.update(name=said.name if isinstance(said, NamedDeceased) else "", deceased=True)
        return cleaned

    def save(self, child: Child | None = None, commit: bool = True) -> Any:  # type: ignore[override]
        return super().save(child) if self.has_changed() else self.instance


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

    def holder(self, name: str) -> models.Model:
        return Carer(**self.facts()) if self.is_bound else self.instance

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
        held = child.consent
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
