"""A row of the file opened on a page: its cells typed anew, and checked again at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gansu_care.spreadsheets.models import MendedRow, Outcome, StagedRow, Upload
from gansu_care.spreadsheets.preview_rows import preview_row
from gansu_care.spreadsheets.problem_lists import sees_cells
from gansu_care.spreadsheets.problems_by_row import STATES, row_url
from gansu_care.spreadsheets.row_form import RowForm, row_form
from gansu_care.spreadsheets.uploads import CannotApply, mend
from gansu_care.spreadsheets.uploads.mending import can_be_mended
from gansu_care.spreadsheets.views.steps import UploadPage, page_of, whole_number

LAST_ROW = 2**31 - 1


class RowPage(UploadPage):
    """A page of one row. Its cells are for people of the unit that sent the file, as the marked workbook is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_cells(request.user, self.upload(request, kwargs["number"])):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def staged(self, upload: Upload, sheet_no: int, row: int) -> StagedRow:
        if sheet_no > LAST_ROW or row > LAST_ROW:
            raise Http404
        return get_object_or_404(upload.staged, sheet_no=sheet_no, row=row)

    def moved_on(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        """The upload is not to be mended any more: confirmed, replaced, expired."""
        messages.info(request, _("这一批现在不能改：还没有检查完，或者已经处理过。"))
        return redirect(page_of(upload))


class MendRow(RowPage):
    def get(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        staged = self.staged(upload, sheet_no, row)
        self.note_read(request, upload, 1)
        return self.show(request, upload, staged, _form(upload, staged))

    def post(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        staged = self.staged(upload, sheet_no, row)
        form = _form(upload, staged)
        typed = form.typed(request.POST)
        seen = whole_number(request.POST.get("check_no", ""))
        if not typed and seen == upload.check_no:
            messages.info(request, _("没有改动，没有重新检查。"))
            return redirect(request.path)
        try:
            checked = mend(upload, request.user, (sheet_no, row), typed, seen_check=seen)
        except CannotApply as refused:
            return self.refused(request, upload, staged, refused)
        return _onward(request, checked, sheet_no, row)

    def refused(
        self, request: HttpRequest, upload: Upload, staged: StagedRow, refused: CannotApply
    ) -> HttpResponse:
        """The check moved on meanwhile: the row as it is now, with what was typed here."""
        upload = self.upload(request, upload.number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        form = _form(upload, staged)
        form.keep(request.POST)
        return self.show(request, upload, staged, form, error=refused.message, status=409)

    def show(
        self,
        request: HttpRequest,
        upload: Upload,
        staged: StagedRow,
        form: RowForm,
        *,
        error: str = "",
        status: int = 200,
    ) -> HttpResponse:
        words = {"row": staged.row, "name": preview_row(upload, staged, request.user).name}
        context = self.context(
            upload,
            _("第 %(row)s 行：%(name)s") % words,
            staged=staged,
            form=form,
            error=error,
            outcome=Outcome(staged.outcome).label,
            outcome_state=STATES.get(Outcome(staged.outcome), "idle"),
            back=page_of(upload, "problems") + "?show=rows",
        )
        return render(request, "spreadsheets/mend.html", context, status=status)


def _form(upload: Upload, staged: StagedRow) -> RowForm:
    mended = MendedRow.objects.filter(upload=upload, sheet_no=staged.sheet_no, row=staged.row).first()
    return row_form(upload, staged, mended.cells if mended else {})


def _onward(request: HttpRequest, upload: Upload, sheet_no: int, row: int) -> HttpResponse:
    """To the row while something is wrong in it, else back to the list."""
    if not can_be_mended(upload):
        return redirect(page_of(upload))
    staged = upload.staged.filter(sheet_no=sheet_no, row=row).first()
    if staged is None:
        return redirect(page_of(upload))
    words = {"row": row, "outcome": Outcome(staged.outcome).label}
    if staged.outcome in (Outcome.REFUSED, Outcome.DOUBTFUL):
        messages.warning(request, _("已保存并重新检查：第 %(row)s 行还不能导入。") % words)
        return redirect(row_url(upload, staged) or page_of(upload))
    messages.success(request, _("已保存并重新检查：第 %(row)s 行可以导入（%(outcome)s）。") % words)
    left = upload.errors or upload.warnings
    return redirect(page_of(upload, "problems") + "?show=rows" if left else page_of(upload))
