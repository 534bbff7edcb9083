"""The base of every admin screen: rights from the table of roles, rows and choices from the scope, values masked.

    @admin.register(Center)
    class CenterAdmin(RegistryAdmin):
        see_right = Right.SEE_REGISTRY

Records are looked at here and edited on their own pages, which keep reasons and versions: a screen is read-only
unless it names a `write_right`. Nothing is deleted. What is done leaves events in the trail, no LogEntry.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import divisions_for
from gansu_care.pages.changes import history_entries
from gansu_care.pages.keyset import CAP, PER_PAGE
from gansu_care.pages.record_forms import shown
from gansu_care.pages.standing import places_below
from gansu_care.pages.templatetags.gc import moment
from gansu_care.sealed.fields import DigestField, SealedBlobField
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

Mask = Callable[[str, Any], str]
# Lookups that a filter of a list may ask for; anything else would search behind the masks, letter by letter.
PLAIN_LOOKUPS = {"", "exact", "in", "isnull", "gte", "lt", "lte"}


class CappedPaginator(Paginator):
    """Counts up to the cap and no further: behind it one filters instead of turning pages."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return len(rows.order_by().values_list("pk", flat=True)[:CAP])


class PlaceFilter(admin.SimpleListFilter):
    """The divisions right below the one where the user stands."""

    title = gettext_lazy("所在区划")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(division.code, division.label) for division in places_below(request)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        code = str(self.value()).replace("\0", "")[:12]
        division = divisions_for(request.user).filter(code=code).first()  # type: ignore[arg-type]
        return queryset.within(division) if division else queryset.none()


class ScopedScreen:
    """What lists and inlines share: rights, rows, choices, masked values."""

    see_right: ClassVar[str] = ""
    write_right: ClassVar[str] = ""
    # field: how its text is shown to a user, where that is not the text itself
    masks: ClassVar[dict[str, Mask]] = {}
    hidden: ClassVar[tuple[str, ...]] = ()
    knows_our_rights = True
    model: Any
    opts: Any

    # --- rights

    def _may(self, request: HttpRequest, right: str) -> bool:
        user: Any = request.user
        return bool(right and user.is_authenticated and user.may(right))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, self.see_right)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.see_right)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.write_right)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.write_right)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- rows and choices

    def rows(self, user: Any) -> QuerySet:
        return self.model._default_manager.visible_to(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = self.rows(request.user)
        ordering = self.get_ordering(request)  # type: ignore[attr-defined]
        return rows.order_by(*ordering) if ordering else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = choices_for(db_field.remote_field.model, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = choices_for(db_field.remote_field.model, request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # --- values

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if self._is_written(request, obj):
            return list(super().get_fields(request, obj))
        return self.lines(self.values(request))

    def lines(self, values: list[Any]) -> list[Any]:
        """The values as they stand on the page: one a line."""
        return values

    def _is_written(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [] if self._is_written(request, obj) else self.values(request)

    def values(self, request: HttpRequest) -> list[Callable[[Any], str]]:
        """A function for each column, which shows its value to this user: labels of codes, masks."""
        held: dict[Any, list[Any]] = request.__dict__.setdefault("_admin_values", {})
        if self not in held:
            held[self] = [self._value(field, request.user) for field in self._fields()]
        return held[self]

    def _fields(self) -> list[models.Field]:
        passed_over = (DigestField, SealedBlobField, models.AutoField)
        return [
            field
            for field in self.opts.concrete_fields
            if not isinstance(field, passed_over) and field.name not in self.hidden and _has_name(field)
        ]

    def _value(self, field: models.Field, user: Any) -> Callable[[Any], str]:
        def value(record: Any) -> str:
            held = getattr(record, field.attname)
            text = moment(held) if isinstance(held, datetime) else shown(record, field.name)
            return self.masked(field.name, text, user) or "—"

        value.__name__ = field.name
        value.short_description = field.verbose_name  # type: ignore[attr-defined]
        return value

    def masked(self, name: str, text: str, user: Any) -> str:
        return self.masks[name](text, user) if name in self.masks and text else text


def _has_name(field: models.Field) -> bool:
    """Columns that were given no name are the program's own."""
    return field._verbose_name is not None  # type: ignore[attr-defined]


def choices_for(model: Any, user: Any) -> QuerySet:
    """What a form may offer of another model; nothing of one that names no rule."""
    if model is Division:
        return divisions_for(user).order_by("code")
    rows = model._default_manager.all()
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows.none()


class RegistryAdmin(ScopedScreen, admin.ModelAdmin):
    """A list and a page of one model. Subclasses name `see_right`, and more as needed."""

    # Reading one record leaves an event.
    reads_persons: ClassVar[bool] = False
    # The record's number in the trail.
    number_field: ClassVar[str] = "number"

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    list_per_page = list_max_show_all = PER_PAGE
    ordering = ("-id",)
    sortable_by = ()
    search_fields: Any = ("number",)
    search_help_text: Any = gettext_lazy("编号")
    object_history_template = "admin/record_history.html"

    # --- the list

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns of `list_display`, shown to this user: a name of a field, or a method of the screen."""
        values = {value.__name__: value for value in self.values(request)}
        return [values.get(name, name) if isinstance(name, str) else name for name in self.list_display]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        text = search_term.strip().replace("\0", "")[:60]
        return (self.search(request, queryset, text) if text else queryset), False

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        """Exactly, by an index: lists are long, and masks are not to be looked behind."""
        return rows.filter(**{self.number_field: text.upper()})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        declared = [str(getattr(one, "parameter_name", one)) for one in self.list_filter]
        name = next((one for one in declared if lookup == one or lookup.startswith(f"{one}__")), None)
        return name is not None and lookup[len(name) :].removeprefix("__") in PLAIN_LOOKUPS

    # --- one record

    def lines(self, values: list[Any]) -> list[Any]:
        """Two side by side: a child has fifty."""
        return [tuple(values[place : place + 2]) for place in range(0, len(values), 2)]

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        key = str(object_id)
        return (
            super().get_object(request, key, None)
            if key.isascii() and key.isdigit() and len(key) < 19
            else None
        )

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The record's own page, linked directly."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        record = getattr(answer, "context_data", {}).get("original") if self.reads_persons else None
        if record is not None:
            self._tell(Action.READ, request, record, rows=1)
        return answer

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        answer = super().changelist_view(request, extra_context)
        listed = getattr(answer, "context_data", {}).get("cl") if self.reads_persons else None
        if listed is not None:
            record_event(
                Action.READ,
                request.user,
                kind=str(self.opts.model_name),
                rows=len(listed.result_list),
                reason="admin",
            )
        return answer

    def number_of(self, record: Any) -> str:
        return str(getattr(record, self.number_field, record.pk))[:40]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not self.rows(request.user).filter(pk=obj.pk).exists():
            raise PermissionDenied

    # --- the trail

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._tell(Action.ADD, request, obj)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._tell(Action.CHANGE, request, obj)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        raise PermissionDenied

    def _tell(self, action: str, request: HttpRequest, record: Any, rows: int | None = None) -> Any:
        kind, number = str(self.opts.model_name), self.number_of(record)
        return record_event(action, request.user, kind=kind, number=number, rows=rows)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what, when, why and from which upload, as on the record's own page."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        if self.reads_persons:
            self._tell(Action.READ, request, record, rows=1)
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(record)s 的修改历史") % {"record": record},
            "entries": self.entries(record, request.user),
            "opts": self.opts,
            "object": record,
        }
        return TemplateResponse(request, self.object_history_template, context)

    def entries(self, record: Any, user: Any) -> list[dict[str, Any]]:
        if not hasattr(record, "history"):
            return []
        found = history_entries([record.history.all()])
        fields = (field for field in self.opts.concrete_fields if field.name in self.masks)
        masks = {str(field.verbose_name): self.masks[field.name] for field in fields}
        for change in (change for entry in found for change in entry["changes"]):
            mask = masks.get(change["label"])
            if mask:
                change["old"], change["new"] = mask(change["old"], user), mask(change["new"], user)
        return found


class RegistryInline(ScopedScreen, admin.TabularInline):
    """Rows that hang on a record, read-only, on the record's page."""

    extra = max_num = 0
    can_delete = False
    show_change_link = False
    view_on_site = False

    def _fields(self) -> list[models.Field]:
        """Without the record itself, whose page it is."""
        return [
            field
            for field in super()._fields()
            if getattr(field, "related_model", None) is not self.parent_model
        ]
