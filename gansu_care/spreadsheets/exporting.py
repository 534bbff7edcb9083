"""Export exactly the list that is on the screen: the same scope, the same filter, through the one door."""

from typing import Any, ClassVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from gansu_care.accounts.allowances import EXPORT, take
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
        return release(request.user, self.kind, filterset.qs).response()
