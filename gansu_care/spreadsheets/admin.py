"""Admin screen of uploads. What a file holds is sealed and stays on the pages of the upload itself."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.admin_screens import PlaceFilter, RegistryAdmin
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import ExportRequest, Upload


class KindFilter(admin.SimpleListFilter):
    title = _("表格种类")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.code, kind.title) for kind in KINDS.values() if not kind.export_only]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() in KINDS else queryset


def _title(code: str, user: Any) -> str:
    return str(KINDS[code].title) if code in KINDS else code


@admin.register(Upload)
class UploadAdmin(RegistryAdmin):
    see_right = Right.UPLOAD
    hidden: ClassVar = ("facts", "sheets", "chosen_sheets", "unreadable_params", "declared_consent_by")
    masks: ClassVar = {"kind": _title}
    list_display = (
        "number",
        "kind",
        "state",
        "division",
        "user",
        "received_at",
        "rows",
        "new",
        "changed",
        "refused",
    )
    list_filter = (PlaceFilter, "state", KindFilter)
    list_select_related = ("division", "user")
    search_help_text = "U-621124-20261123-001"


@admin.register(ExportRequest)
class ExportRequestAdmin(RegistryAdmin):
    """Who asked for files with children, and what became of it; the conditions, which may quote a name, stay sealed."""

    see_right = Right.APPROVE_EXPORT
    hidden: ClassVar = ("parts",)
    list_display = (
        "number",
        "state",
        "user",
        "division",
        "purpose",
        "rows_asked",
        "full",
        "asked_at",
        "decided_by",
    )
    list_filter = (PlaceFilter, "state", "full")
    list_select_related = ("division", "user", "decided_by")
    search_help_text = "E-621124-20261123-001"
