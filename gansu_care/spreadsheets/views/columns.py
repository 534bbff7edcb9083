"""Columns that nobody is sure of: the officer says what each is, and her county's later uploads know it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import npgettext
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import standing
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.form_columns import path_of
from gansu_care.spreadsheets.heading_forms import HeadingsForm
from gansu_care.spreadsheets.kinds import resources_by_code
from gansu_care.spreadsheets.models import HeadingChoice, Upload, UploadState
from gansu_care.spreadsheets.problem_lists import sees_cells
from gansu_care.spreadsheets.sheet_notes import can_change
from gansu_care.spreadsheets.uploads import CannotApply, forget, recheck, remember
from gansu_care.spreadsheets.views.steps import UploadPage, page_of


class UploadColumns(UploadPage):
    """GET: each doubtful heading with cells below it. POST: what they mean; the file is checked with it."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        asked = list(upload.asked.all()) if can_change(upload) else []
        if not asked:
            return redirect(page_of(upload))
        return self.show(request, upload, HeadingsForm(upload=upload, asked=asked))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        asked = list(upload.asked.all()) if can_change(upload) else []
        if not asked:
            return redirect(page_of(upload))
        form = HeadingsForm(request.POST, upload=upload, asked=asked)
        if not form.is_valid():
            return self.show(request, upload, form, status=422)
        return answered(request, upload, form)

    def show(
        self, request: HttpRequest, upload: Upload, form: HeadingsForm, status: int = 200
    ) -> HttpResponse:
        with_cells = sees_cells(request.user, upload)
        rows = list(form.rows(with_cells=with_cells))
        context = self.context(upload, _heading(upload, form), form=form, rows=rows)
        context["several"] = len({one.resource for one in form.asked}) > 1
        if with_cells:
            self.note_read(request, upload, len(rows))
        return render(request, "spreadsheets/columns.html", context, status=status)


def answered(request: HttpRequest, upload: Upload, form: HeadingsForm) -> HttpResponse:
    changed = remember(upload, request.user, form.answers)
    if changed or upload.state == UploadState.ASKING:
        try:
            recheck(upload, request.user)
        except CannotApply as refused:
            messages.warning(request, refused.message)
    return redirect(page_of(upload))


def _heading(upload: Upload, form: HeadingsForm) -> str:
    if upload.state != UploadState.ASKING:
        return _("认不准的栏目")
    n = sum(1 for one in form.asked if one.is_open)
    said = npgettext("标题", "%(n)s 个栏目认不准，请您选定", "%(n)s 个栏目认不准，请您选定", n)
    return said % {"n": number(n)}


class RememberedHeadings(View):
    """What the offices of one's scope mean by their own headings. POST: take one back."""

    right = Right.UPLOAD

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [_row(choice) for choice in self.choices(request)]
        own = standing(request.user)  # type: ignore[arg-type]
        context = {
            "heading": _("记住的栏目"),
            "rows": rows,
            "several": own is not None and not own.is_county,
        }
        return render(request, "spreadsheets/headings.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("choice", "")
        choice = get_object_or_404(
            self.choices(request), pk=int(key) if key.isdecimal() and len(key) < 19 else 0
        )
        forget([choice], request.user)
        said = _("不再记住“%(heading)s”，下次上传时再问。")
        messages.success(request, said % {"heading": choice.heading})
        return redirect("spreadsheets:headings")

    def choices(self, request: HttpRequest) -> QuerySet[HeadingChoice]:
        visible = HeadingChoice.objects.visible_to(request.user).select_related("set_by", "division")
        return visible.order_by("division__code", "resource", "path")


def _row(choice: HeadingChoice) -> dict[str, Any]:
    resource = resources_by_code().get(choice.resource)
    column = resource.fields.get(choice.field) if resource and choice.field else None
    return {
        "choice": choice,
        "title": resource.title if resource else choice.resource,
        "label": (path_of(column) if column else choice.field) if choice.field else _("不读取"),
        "set": f"{choice.set_by.label}　{moment(choice.set_at)}",
    }
