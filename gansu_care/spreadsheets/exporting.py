"""Export exactly the list that is on the screen: same scope, same filter, through the one door; a long one as a job."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.allowances import EXPORT, take
from gansu_care.spreadsheets.export_jobs import ask_export, is_long
from gansu_care.spreadsheets.release import release


class ExportPage(View):
    """Subclasses name: right, list_page (the ListPage class), kind (of the workbook)."""

    right: ClassVar[str] = ""
    list_page: ClassVar[Any]
    kind: ClassVar[str] = ""

    def get(self, request: HttpRequest) -> HttpResponse | FileResponse:
        page = self.list_page()
        filterset = page.filtered(request)
        if not filterset.form.is_valid():
            # The list shows what is wrong with the conditions.
            here = request.resolver_match
            assert here is not None
            list_route = (here.view_name or "").replace("_export", "_list").replace(":export", ":list")
            return redirect(f"{reverse(list_route)}?{request.GET.urlencode()}")
        take(request, EXPORT)
        if is_long(filterset.qs):
            ask_export(request.user, self.kind, filterset.qs)
            messages.info(request, _("名单较长，已经放到后台制作。做好以后在这里下载。"))
            return redirect("spreadsheets:jobs")
        return release(request.user, self.kind, filterset.qs).response()
