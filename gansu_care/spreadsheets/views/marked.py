"""The officer's own workbook back, marked; and a workbook of only the rows that were not taken over."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gansu_care.spreadsheets.marking.handing_back import marked_workbook, offer
from gansu_care.spreadsheets.marking.orders import CannotMark
from gansu_care.spreadsheets.problem_lists import sees_cells
from gansu_care.spreadsheets.views.steps import UploadPage, page_of


class MarkedWorkbook(UploadPage):
    """For people of the unit that sent the file; others in whose scope it lies see no cells of it."""

    refused_only: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_cells(request.user, self.upload(request, kwargs["number"])):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        upload = self.upload(request, number)
        offered = offer(upload, request.user)
        if offered is None or not offered.is_kept or (self.refused_only and not offered.refused_rows):
            return redirect(page_of(upload))
        try:
            return marked_workbook(upload, request.user, refused_only=self.refused_only)
        except CannotMark:
            messages.error(request, _("这份表格标注不了。请下载问题清单，照着改。"))
            return redirect(page_of(upload, "problems"))


class RefusedRows(MarkedWorkbook):
    refused_only = True
