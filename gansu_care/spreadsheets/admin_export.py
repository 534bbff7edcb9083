"""Export from an admin list: django-import-export's screen, and the one door of release.py behind it."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm

from gansu_care.accounts.allowances import EXPORT, take
from gansu_care.accounts.roles import Right
from gansu_care.spreadsheets.exports.sources import source_of_kind
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.release import CSV, XLSX, release


class ReleasedXlsx(base_formats.XLSX):
    name = XLSX

    def get_title(self) -> str:
        return str(_("Excel 工作簿（.xlsx）"))


class ReleasedCsv(base_formats.CSV):
    name = CSV

    def get_title(self) -> str:
        return str(_("CSV 文本（.csv）"))


class RegistryExport(ExportMixin):
    """Before RegistryAdmin in the bases. `kind`: the kind of workbook that the list leaves as (kinds.py)."""

    kind: ClassVar[str] = ""
    export_form_class = ExportForm
    model: Any

    def has_export_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.may(Right.EXPORT) and user.may(self.see_right)

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Children leave on request: the screen leads to the form, with those of its conditions that the list knows."""
        source = source_of_kind(self.kind)
        if source is None:
            return super().export_action(request)
        if not self.has_export_permission(request):
            raise PermissionDenied
        known = source.list_page.filterset_class.base_filters
        asked = {name.removesuffix("__exact"): value for name, value in request.GET.dict().items()}
        query = urlencode({name: value for name, value in asked.items() if name in known})
        return redirect(f"{reverse('exports:ask', args=[source.code])}?{query}")

    def get_export_formats(self) -> list[type]:
        return [ReleasedXlsx, ReleasedCsv]

    def get_export_resource_classes(self, request: HttpRequest) -> list[type]:
        return [one for one in kind_of(self.kind).resources if one._meta.model is self.model]

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet, export_form: Any = None
    ) -> FileResponse:
        if not self.has_export_permission(request):
            raise PermissionDenied
        take(request, EXPORT)
        released = release(request.user, self.kind, queryset, purpose="admin", file_format=file_format.name)
        return released.response()
