"""Admin screens of the apps that stand below the pages: divisions, accounts, the trail, background jobs."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.managing import accounts_managed_by
from gansu_care.accounts.models import Grant, User
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division, DivisionName, Edition, ReportingUnit
from gansu_care.jobs.models import Job
from gansu_care.pages.admin_screens import RegistryAdmin, RegistryInline
from gansu_care.pages.screens.grants import REASONS
from gansu_care.pages.screens.jobs import NAMES
from gansu_care.trail.models import Event


class OpenTable:
    """A table of codes: every row is seen by whoever may open the screen; written elsewhere."""

    model: Any

    def rows(self, user: Any) -> QuerySet:
        return self.model._default_manager.all()


class DivisionNameInline(OpenTable, RegistryInline):
    see_right = Right.ADMIN_SITE
    model = DivisionName


@admin.register(Division)
class DivisionAdmin(OpenTable, RegistryAdmin):
    """Read-only: a list of divisions is loaded as a whole (screens/divisions.py)."""

    see_right = Right.ADMIN_SITE
    number_field = "code"
    list_display = ("code", "name", "name_en", "level", "parent", "valid_from", "valid_to", "successor")
    list_filter = ("level",)
    list_select_related = ("parent", "successor")
    search_fields = ("code", "name")
    search_help_text = _("区划代码或名称")
    ordering = ("code",)
    inlines = (DivisionNameInline,)

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(Q(code__prefix=text) | Q(name__contains=text))


@admin.register(ReportingUnit)
class ReportingUnitAdmin(OpenTable, RegistryAdmin):
    see_right = Right.ADMIN_SITE
    number_field = "code"
    list_display = ("code", "name", "name_en", "prefecture")
    search_fields = ("code",)
    search_help_text = _("代码")
    ordering = ("code",)


@admin.register(Edition)
class EditionAdmin(OpenTable, RegistryAdmin):
    see_right = Right.ADMIN_SITE
    number_field = "sha256"
    list_display = ("loaded_at", "edition", "source", "sha256")
    search_fields = ("sha256",)
    search_help_text = "SHA-256"

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(sha256=text.lower())


@admin.register(User)
class UserAdmin(RegistryAdmin):
    """Read-only: accounts are opened, moved and ended on their own pages, which give one-time passwords."""

    see_right = Right.MANAGE_ACCOUNTS
    number_field = "username"
    hidden: ClassVar = ("password", "is_superuser", "language", "email")
    list_display = ("username", "name", "role", "division", "unit", "is_active", "last_login")
    list_filter = ("role", "is_active")
    list_select_related = ("division",)
    search_fields = ("username",)
    search_help_text = _("用户名")
    ordering = ("username",)

    def rows(self, user: Any) -> QuerySet:
        return accounts_managed_by(user)

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(username__iexact=text)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, Right.MANAGE_ACCOUNTS)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return redirect("accounts:add")


@admin.register(Grant)
class GrantAdmin(RegistryAdmin):
    """Read-only: grants are given on the pages of accounts, approved on their own."""

    see_right = Right.MANAGE_ACCOUNTS
    number_field = "id"
    masks: ClassVar = {
        name: lambda code, user: str(REASONS.get(code, code)) for name in ("reason", "close_reason")
    }
    list_display = (
        "account",
        "role",
        "division",
        "valid_from",
        "valid_until",
        "given_by",
        "approved_by",
        "closed_at",
    )
    list_filter = ("role",)
    list_select_related = ("account", "division", "given_by", "approved_by")
    search_fields = ("account",)
    search_help_text = _("用户名")

    def rows(self, user: Any) -> QuerySet:
        return Grant.objects.filter(account__in=accounts_managed_by(user))

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(account__username__iexact=text)


@admin.register(Event)
class EventAdmin(OpenTable, RegistryAdmin):
    see_right = Right.SEE_TRAIL
    list_display = ("at", "action", "username", "role", "division_code", "kind", "number", "rows", "reason")
    list_filter = ("action",)
    search_help_text = _("记录编号")


@admin.register(Job)
class JobAdmin(OpenTable, RegistryAdmin):
    see_right = Right.SEE_JOBS
    number_field = "id"
    hidden: ClassVar = ("step", "object_id")
    masks: ClassVar = {"kind": lambda code, user: str(NAMES.get(code, code))}
    list_display = (
        "id",
        "kind",
        "user",
        "state",
        "done",
        "total",
        "attempts",
        "created_at",
        "ended_at",
        "failure",
    )
    list_filter = ("state",)
    list_select_related = ("user",)
    search_fields = ("id",)

    def rows(self, user: Any) -> QuerySet:
        """Without the result and the step, which may quote a file."""
        return super().rows(user).defer("result", "step")

    def search(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        return (
            rows.filter(pk=int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else rows.none()
        )
