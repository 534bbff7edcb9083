"""Add or edit a child with her family, carer and consent: one page, one save, one transaction."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from children import resident_id, row_rules
from children.change_reasons import SETTLED
from children.code_tables import GRANDPARENTS
from children.facts import entrust_carer, settle, state_parent, write_name_keys
from children.field_classes import HIDDEN
from children.forms.cells import PHONE, read_as, sentence
from children.forms.parts import CarerForm, ConsentForm, GrandparentForm, ParentForm, PartForm
from children.minimum import MINIMUM
from children.models import Child, Episode
from children.models.family import ParentKind
from gansu_care.divisions.models import Division, Level
from gansu_care.pages.reasons import coded
from gansu_care.pages.record_forms import RegistryForm
from gansu_care.sealed.fields import Sealed
from gansu_care.sealed.masks import is_masked
from gansu_care.spreadsheets.columns import PartialDate

OF_THE_CHANGE = frozenset({"version", "change_reason"})
"""Fields of the form that are none of the child's."""


class ChildForm(RegistryForm):
    """The child's own columns; `parts` are the forms of parents, grandparents, carer and consent below it.

    Without a sufficient consent only the minimum is kept (children/minimum.py): no more is asked for, and `not_kept`
    names what was filled in beyond it.
    """

    fieldsets: ClassVar = [
        (_("身份"), ["name", "former_name", "sex", "ethnic_group", "birth_date", "document_type", "id_number",
                   "household_registered", "household_type", "household_division", "household_address"]),
        (_("现居住地"), ["division", "village", "address"]),
        (_("就学"), ["schooling", "school", "school_code", "grade", "school_class", "boarder", "entered_stage_on",
                   "school_roll"]),
        (_("健康情况"), ["health", "disability_types", "disability_grade", "disability_card", "disease"]),
        (_("家庭"), ["income_sources", "economic_status"]),
        (_("监护"), ["both_away", "one_away_other_unable", "unable_parent", "carer_entrusted", "guardianship_type",
                   "assessed_on", "assessed_by", "written_notice", "village_contact", "village_contact_phone",
                   "teacher_contact"]),
        (_("帮扶"), ["aid", "difficulty", "needs"]),
        (_("登记"), ["registered_on", "filled_by", "reviewed_by", "unit_head", "verified_on", "verified_how", "remarks",
                   "change_reason"]),
    ]  # fmt: skip

    class Meta:
        model = Child
        fields = [
            "name", "former_name", "sex", "ethnic_group", "birth_date", "document_type", "id_number",
            "household_registered", "household_type", "household_division", "household_address", "division", "village",
            "address", "schooling", "school", "school_code", "grade", "school_class", "boarder", "entered_stage_on",
            "school_roll", "health", "disability_types", "disability_grade", "disability_card", "disease",
            "income_sources", "economic_status", "both_away", "one_away_other_unable", "unable_parent",
            "carer_entrusted", "guardianship_type", "assessed_on", "assessed_by", "written_notice", "village_contact",
            "village_contact_phone", "teacher_contact", "aid", "difficulty", "needs", "registered_on", "filled_by",
            "reviewed_by", "unit_head", "verified_on", "verified_how", "remarks",
        ]  # fmt: skip

    def __init__(
        self, data: Any = None, *, instance: Child | None = None, user: Any, with_hidden: bool = True
    ) -> None:
        super().__init__(data, instance=instance, user=user)
        if not with_hidden:
            for name in HIDDEN:
                del self.fields[name]
        sex: Any = self.fields["sex"]
        sex.choices = [choice for choice in sex.choices if choice[0] in ("", "1", "2")]
        # An upload may know the township, or a division that has ended since: what is stored stays to be chosen.
        stored = Division.objects.filter(pk=self.instance.household_division_id)
        offered = Division.objects.in_force().filter(level__in=(Level.PREFECTURE, Level.COUNTY))
        self.fields["household_division"].queryset = offered | stored  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.fields["registered_on"].initial = timezone.localdate()
        self.father = ParentForm(data, kind=ParentKind.FATHER, child=self.instance)
        self.mother = ParentForm(data, kind=ParentKind.MOTHER, child=self.instance)
        self.grandparents = [
            GrandparentForm(data, relation=relation, child=self.instance) for relation in GRANDPARENTS
        ]
        self.carer = CarerForm(data, child=self.instance)
        self.consent = ConsentForm(data, child=self.instance)
        self.family: list[PartForm] = [self.father, self.mother, *self.grandparents, self.carer]
        self.parts = [*self.family, self.consent]
        self.not_kept: list[str] = []

    def is_valid(self) -> bool:
        # Consent first, by which more or less is asked; then the family: rules between fields look at the carer's name.
        if self.lacks_consent:
            for part in self.family:
                part.ask_nothing()
        parts = [part.is_valid() for part in self.parts]
        return all([super().is_valid(), *parts])

    @property
    def lacks_consent(self) -> bool:
        return self.consent.is_valid() and not self.consent.instance.suffices

    def clean_name(self) -> str:
        return self.cleaned_data["name"].strip()

    def clean_id_number(self) -> Any:
        value = (self.cleaned_data.get("id_number") or "").replace(" ", "").upper()
        if not value or "*" in value:
            return value
        checked = resident_id.check(value, on_date=timezone.localdate())
        if checked.code:
            raise ValidationError(sentence(checked.code, value))
        return checked.number

    def clean_village_contact_phone(self) -> str:
        value = self.cleaned_data.get("village_contact_phone") or ""
        return value if is_masked(value) else read_as(PHONE, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for field, code, params in self._broken_rules(cleaned):
            if code.startswith("E_") and field in self.fields and field not in self.errors:
                self.add_error(field, sentence(code, str(cleaned.get(field) or ""), params))
        self._refuse_known_id_number(cleaned.get("id_number") or "")
        if self.lacks_consent:
            self._keep_minimum(cleaned)
        return cleaned

    def _keep_minimum(self, cleaned: dict[str, Any]) -> None:
        """What was filled in beyond the minimum becomes again what the record holds; what was emptied is emptied."""
        for name in self.changed_data:
            field = self.fields[name]
            if name in MINIMUM | OF_THE_CHANGE or cleaned.get(name) in field.empty_values:
                continue
            held = getattr(self.instance, name)
            cleaned[name] = held.masked if isinstance(held, Sealed) else held
            self.not_kept.append(str(field.label))
        self.not_kept += [str(part.legend) for part in self.family if part.has_changed()]

    def _broken_rules(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The rules between fields, the same as an upload's row."""
        held = self.instance.id_number if self.instance.pk else None
        number = cleaned.get("id_number") or ""
        if held is not None and number == held.masked:
            number = held.open()
        born = PartialDate(cleaned["birth_date"], "day") if cleaned.get("birth_date") else None
        if "id_number" not in self.errors:
            if not self.lacks_consent:
                yield from row_rules.id_required(cleaned.get("household_registered"), number)
            yield from row_rules.sex_fits_id(cleaned.get("sex"), number)
            yield from row_rules.settle_birth_date(born, number)[1] if born else ()
        if self.instance.pk is None and cleaned.get("registered_on"):
            yield from row_rules.age_allows(born, cleaned["registered_on"], bool(cleaned.get("difficulty")))
        carer = self.carer.cleaned_data.get("name") if self.carer.is_bound else None
        yield from row_rules.guardianship_fits(
            cleaned.get("guardianship_type"), cleaned.get("carer_entrusted"), carer
        )
        yield from row_rules.away_flags_fit(
            cleaned.get("both_away"), cleaned.get("one_away_other_unable"), cleaned.get("unable_parent")
        )

    def _refuse_known_id_number(self, value: str) -> None:
        if not value or "*" in value or "id_number" in self.errors:
            return
        others = Child.objects.in_force().filter(id_number=value).exclude(pk=self.instance.pk)
        if others.exists():
            # One sentence, wherever the other record stands: it must not tell of another county's child.
            self.add_error("id_number", _("这个身份证号不能登记，请核对；确认无误的，请向上级妇联申请核查。"))

    def save(self, commit: bool = True) -> Child:
        is_new = self.instance.pk is None
        child = super().save()
        for part in self.parts:
            part.instance._change_reason = self.reason
        if not self.lacks_consent:
            self._save_family(child, child.registered_on if is_new else timezone.localdate())
        self.consent.save(child)
        if is_new:
            Episode.objects.create(child=child, registered_on=child.registered_on)
        write_name_keys(child)
        self._settle(child)
        return child

    def _save_family(self, child: Child, day: date) -> None:
        for part in (self.father, self.mother):
            parent = part.save(child)
            if part.cleaned_data.get("condition"):
                since = part.cleaned_data.get("since") or day
                state_parent(
                    parent, part.cleaned_data["condition"], since, part.cleaned_data.get("work_place", "")
                )
        for grandparent in self.grandparents:
            grandparent.save(child)
        if self.carer.has_changed() and self.carer.cleaned_data.get("name"):
            entrust_carer(child, day, **self.carer.facts())

    def _settle(self, child: Child) -> None:
        before = child.status, child.proof_due_on
        settle(child)
        if (child.status, child.proof_due_on) != before:
            child._change_reason = coded(SETTLED)
            child.save()

    def note_clash(self, current: Child) -> None:
        super().note_clash(current)
        theirs = ChildForm(instance=current, user=self.user)
        for mine, other in zip(self.parts, theirs.parts, strict=True):
            self.clashes += mine.differences(other)
