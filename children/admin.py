"""Admin screens of children and what hangs on a child. Names and birth dates are masked beyond one's own county."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from children.field_classes import HIDDEN
from children.models import (
    Carer,
    Child,
    ChildStatus,
    Consent,
    Episode,
    ErasedNumber,
    Erasure,
    Grandparent,
    Notice,
    Parent,
    ParentState,
    TransferRequest,
    UnmaskRequest,
)
from children.naming import sees_full_names, shown_name
from children.search import search_children
from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import Mask, PlaceFilter, RegistryAdmin, RegistryInline
from gansu_care.sealed.masks import mask_all, mask_birth_date
from gansu_care.spreadsheets.admin_export import RegistryExport


def shown_birth_date(text: str, user: Any) -> str:
    return text if sees_full_names(user) else mask_birth_date(text)


MASKS: dict[str, Mask] = {
    "name": shown_name,
    "former_name": shown_name,
    "given_by": shown_name,
    "village_contact": shown_name,
    "teacher_contact": shown_name,
    "birth_date": shown_birth_date,
    **{name: (lambda text, user: mask_all(text)) for name in HIDDEN},
}


class PersonInline(RegistryInline):
    see_right = Right.SEE_PERSONS
    masks = MASKS


class ParentInline(PersonInline):
    model = Parent


class CarerInline(PersonInline):
    model = Carer


class EpisodeInline(PersonInline):
    model = Episode


class ConsentInline(PersonInline):
    model = Consent


class GrandparentInline(PersonInline):
    model = Grandparent


@admin.register(Child)
class ChildAdmin(RegistryExport, RegistryAdmin):
    see_right = Right.SEE_PERSONS
    reads_persons = True
    kind = "children"
    masks = MASKS
    hidden: ClassVar = ("name_sort", "birth_precision")
    list_display = ("number", "name", "sex", "id_number", "division", "registered_on", "status", "voided_on")
    list_filter = (PlaceFilter, "status", "sex")
    list_select_related = ("division",)
    search_help_text = "GC0000000019"
    inlines = (ParentInline, CarerInline, EpisodeInline, ConsentInline, GrandparentInline)

    def rows(self, user: Any) -> QuerySet:
        return super().rows(user).unrestricted()  # type: ignore[attr-defined]

    def search(self, request: HttpRequest, rows: Any, text: str) -> QuerySet:
        return search_children(rows, text, request.user, anywhere=False)


class PersonPartAdmin(RegistryAdmin):
    """A part of a child's record, found by the child's number."""

    see_right = Right.SEE_PERSONS
    reads_persons = True
    masks = MASKS
    child_path: ClassVar[str] = "child"
    search_help_text = "GC0000000019"

    def rows(self, user: Any) -> QuerySet:
        return super().rows(user).exclude(**{f"{self.child_path}__status": ChildStatus.RESTRICTED})

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        return (self.child_path,)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return (f"{self.child_path}__number",)

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(**{f"{self.child_path}__number": text.upper()})

    def number_of(self, record: Any) -> str:
        for name in self.child_path.split("__"):
            record = getattr(record, name)
        return record.number


@admin.register(Parent)
class ParentAdmin(PersonPartAdmin):
    list_display = ("child", "kind", "name", "phone", "contact_frequency")
    list_filter = ("kind",)


@admin.register(ParentState)
class ParentStateAdmin(PersonPartAdmin):
    child_path = "parent__child"
    list_display = ("parent", "condition", "since", "until", "work_place")
    list_filter = ("condition",)


@admin.register(Carer)
class CarerAdmin(PersonPartAdmin):
    list_display = ("child", "name", "relation", "phone", "since", "until")


@admin.register(Episode)
class EpisodeAdmin(PersonPartAdmin):
    list_display = ("child", "episode_no", "registered_on", "ended_on", "reason")
    list_filter = ("reason",)


@admin.register(Consent)
class ConsentAdmin(PersonPartAdmin):
    list_display = ("child", "given", "given_by", "capacity", "given_on")
    list_filter = ("given", "capacity")


@admin.register(Grandparent)
class GrandparentAdmin(PersonPartAdmin):
    list_display = ("child", "relation", "name", "deceased")


@admin.register(UnmaskRequest)
class UnmaskRequestAdmin(RegistryAdmin):
    see_right = Right.APPROVE_UNMASK
    hidden: ClassVar = ("values",)
    number_field = "child_number"
    search_fields = ("child_number",)
    list_display = ("child_number", "state", "user", "reason", "asked_at", "decided_by", "until")
    list_filter = ("state",)
    list_select_related = ("division", "user", "decided_by")
    search_help_text = "GC0000000019"


@admin.register(Erasure)
class ErasureAdmin(PersonPartAdmin):
    """Restricted records among them: a proposal names nobody but the two who decide."""

    list_display = ("child", "ground", "state", "proposed_by", "proposed_at", "decided_by", "decided_at")
    list_filter = ("state", "ground")

    def rows(self, user: Any) -> QuerySet:
        return RegistryAdmin.rows(self, user)


@admin.register(Notice)
class NoticeAdmin(RegistryAdmin):
    """Read by all who are signed in, so by whoever comes in here; published on its own page."""

    see_right = Right.SEE_PERSONS
    number_field = "version"
    hidden: ClassVar = ("texts",)
    list_display = ("kind", "version", "valid_from", "published_by", "published_at")
    list_filter = ("kind",)
    search_fields = ("version",)

    def rows(self, user: Any) -> QuerySet:
        return Notice.objects.all()

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return (
            rows.filter(version=int(text))
            if text.isascii() and text.isdigit() and len(text) < 6
            else rows.none()
        )


@admin.register(ErasedNumber)
class ErasedNumberAdmin(RegistryAdmin):
    """Of the whole province: a number says nothing of a person or a place."""

    see_right = Right.CONFIRM_ERASURE
    list_display = ("number", "ground", "erased_on")
    list_filter = ("ground",)

    def rows(self, user: Any) -> QuerySet:
        return ErasedNumber.objects.all()


@admin.register(TransferRequest)
class TransferRequestAdmin(RegistryAdmin):
    see_right = Right.UPLOAD
    list_display = ("number", "division", "held_division", "why", "state", "created_at")
    list_filter = (PlaceFilter, "state", "why")
    list_select_related = ("division", "held_division")
    search_help_text = "GC0000000019"
