"""Which sheets of a workbook are read: all of them with what they were recognised as, to be ticked differently."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gansu_care.spreadsheets.file_rows import REASONS
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import Outcome, Upload
from gansu_care.spreadsheets.sheet_notes import can_change
from gansu_care.spreadsheets.uploads import CannotApply, recheck
from gansu_care.spreadsheets.views.steps import UploadPage, page_of


class UploadSheets(UploadPage):
    """GET: every sheet. POST: the ticked ones are read, and no others; the file is checked anew."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_change(upload) or not upload.sheets:
            return redirect(page_of(upload))
        return self.show(request, upload)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_change(upload) or not upload.sheets:
            return redirect(page_of(upload))
        known = [sheet["name"] for sheet in upload.sheets]
        ticked = [name for name in known if name in set(request.POST.getlist("sheet"))]
        if not ticked:
            return self.show(request, upload, error=_("至少勾选一个工作表。"), status=422)
        if ticked != [sheet["name"] for sheet in upload.sheets if sheet["imported"]]:
            try:
                recheck(upload, request.user, sheets=ticked)
            except CannotApply as refused:
                messages.warning(request, refused.message)
        return redirect(page_of(upload))

    def show(
        self, request: HttpRequest, upload: Upload, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        titles = {resource.code: resource.title for resource in kind_of(upload.kind).resources}
        rows = [_row(sheet, titles) for sheet in upload.sheets]
        context = self.context(upload, _("读取哪些工作表"), rows=rows, error=error)
        return render(request, "spreadsheets/sheets.html", context, status=status)


def _row(sheet: dict[str, Any], titles: dict[str, Any]) -> dict[str, Any]:
    imported = sheet["imported"]
    return {
        "name": sheet["name"],
        "ticked": imported,
        "title": titles.get(sheet["resource"], "") if sheet["resource"] else "",
        "rows": sheet["rows"] if imported else sheet.get("held", 0),
        "bad": sum(sheet.get(name, 0) for name in (Outcome.DOUBTFUL, Outcome.REFUSED)),
        "reason": "" if imported else REASONS.get(sheet["reason"], ""),
    }
