"""Step 1: which kind, which file. The web process only keeps the file; a job opens it."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.allowances import EXPORT, UPLOAD, take
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import standing
from gansu_care.pages.wording import number, recent
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.blanks import blank_workbook
from gansu_care.spreadsheets.exports.sources import source_of_kind
from gansu_care.spreadsheets.forms import FORMATS, UploadForm
from gansu_care.spreadsheets.kinds import kinds_for
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.release import attachment, release
from gansu_care.spreadsheets.upload_list import STATE_LEVELS
from gansu_care.spreadsheets.uploads import receive
from gansu_care.spreadsheets.uploads.receiving import Declaration
from gansu_care.spreadsheets.views.steps import CHOOSE, page_of, steps

MEGABYTE = 1024 * 1024
# What the form's other fields and the frame of a multipart request may add.
FRAME_BYTES = 64 * 1024
RECENT = 3
SHEET = "sheet"


class ChooseFile(View):
    right = Right.UPLOAD

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"kind": request.GET.get("kind", "")[:20], "replaces": request.GET.get("replaces", "")[:40]}
        return self.show(request, UploadForm(user=request.user, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        if too_large(request):
            return page_413(request)
        form = UploadForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.show(request, form, status=422)
        take(request, UPLOAD)
        received = self.receive(request, form.cleaned_data)
        if received.is_known:
            messages.info(request, _("这个文件您的单位已经导入过，下面是那一次的结果。"))
        return redirect(page_of(received.upload))

    def receive(self, request: HttpRequest, chosen: dict[str, Any]) -> Any:
        return receive(
            chosen["file"].read(),
            chosen["file"].name,
            chosen["kind"],
            request.user,
            consent=Declaration(chosen["consent_by"], chosen["consent_on"]),
            replaces=self.replaced(request, chosen["replaces"]),
        )

    def replaced(self, request: HttpRequest, number: str) -> Upload | None:
        """The upload that this file is the mended version of, when it is the user's to see."""
        return Upload.objects.visible_to(request.user).filter(number=number[:40]).first() if number else None

    def show(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        chosen = form["kind"].value() or (form.kinds[0].code if form.kinds else "")
        context = {
            "heading": _("上传表格"),
            "facts_line": _("第 1 步，共 4 步。检查完成、您确认之前，登记册不会有任何改动。"),
            "steps": steps(),
            "current_step": CHOOSE,
            "form": form,
            "kinds": [_card(kind, chosen) for kind in form.kinds],
            "may_export": request.user.may(Right.EXPORT),  # type: ignore[union-attr]
            "asks_consent": any(kind.asks_consent for kind in form.kinds),
            "place": standing(request.user),  # type: ignore[arg-type]
            "unit": request.user.unit_label,  # type: ignore[union-attr]
            "replaced": self.replaced(request, str(form["replaces"].value() or "")),
            "recent": _recent(request),
            "limits": _limits(),
            "largest": _size(limits.FILE_BYTES),
            "formats": _("、").join(FORMATS),
        }
        return render(request, "spreadsheets/choose.html", context, status=status)


def too_large(request: HttpRequest) -> bool:
    """Whether the request is larger than a file may be; such a body is read past and kept nowhere."""
    if _length(request) > limits.FILE_BYTES + FRAME_BYTES:
        return True
    file = _sent_file(request)
    return file is not None and (file.size or 0) > limits.FILE_BYTES


def _sent_file(request: HttpRequest) -> UploadedFile | None:
    file = request.FILES.get("file")
    return file if isinstance(file, UploadedFile) else None


def _length(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def page_413(request: HttpRequest) -> HttpResponse:
    is_small = _length(request) <= limits.FILE_BYTES + FRAME_BYTES
    file = _sent_file(request) if is_small else None
    size, name = (file.size or 0, file.name) if file else (_length(request), "")
    context = {"limit": _size(limits.FILE_BYTES), "size": _size(size), "file_name": name}
    return render(request, "413.html", context, status=413)


def _size(amount: int) -> str:
    return f"{amount / MEGABYTE:.0f} MB" if amount % MEGABYTE == 0 else f"{amount / MEGABYTE:.1f} MB"


def _card(kind: Any, chosen: str) -> dict[str, Any]:
    filled_url = reverse("spreadsheets:filled", args=[kind.code])
    return {
        "name": kind.code,
        "title": kind.title,
        "subtitle": kind.subtitle,
        "is_chosen": kind.code == chosen,
        "blank_url": reverse("spreadsheets:blank", args=[kind.code]),
        "leaves_on_request": source_of_kind(kind.code) is not None,
        "filled": [
            {"title": resource.title, "url": f"{filled_url}?{SHEET}={resource.code}"}
            for resource in (() if kind.is_whole else kind.resources)
        ],
    }


def _recent(request: HttpRequest) -> list[dict[str, Any]]:
    uploads = Upload.objects.visible_to(request.user).select_related("user").order_by("-id")[:RECENT]
    return [
        {
            "time": f"{recent(upload.received_at)}　{upload.user.label}",
            "text": upload.file_name,
            "url": page_of(upload),
            "key": upload.state == UploadState.APPLIED,
            "state": _state(upload),
            "state_level": STATE_LEVELS[UploadState(upload.state)],
        }
        for upload in uploads
    ]


def _state(upload: Upload) -> str:
    if upload.state == UploadState.APPLIED:
        return _("已导入 %(n)s 行") % {"n": number(upload.written)}
    return upload.get_state_display()


def _limits() -> list[dict[str, str]]:
    """The one table of limits, as far as an officer can run into them."""
    reading = {"n": number(limits.READING_SECONDS), "size": _size(limits.READING_BYTES)}
    rows = {"n": number(limits.DATA_ROWS), "all": number(limits.ALL_DATA_ROWS)}
    return [
        {"label": _("文件"), "value": _size(limits.FILE_BYTES)},
        {"label": _("解开以后"), "value": _size(limits.INFLATED_BYTES)},
        {"label": _("数据行"), "value": _("每个工作表 %(n)s 行，一共 %(all)s 行") % rows},
        {"label": _("列数"), "value": _("%(n)s 列") % {"n": number(limits.COLUMNS)}},
        {"label": _("工作表数"), "value": _("%(n)s 个") % {"n": number(limits.SHEETS)}},
        {"label": _("格子数"), "value": _("%(n)s 格") % {"n": number(limits.CELLS)}},
        {"label": _("合并单元格"), "value": _("%(n)s 处") % {"n": number(limits.MERGES)}},
        {"label": _("一格文字"), "value": _("%(n)s 字") % {"n": number(limits.CELL_CHARACTERS)}},
        {"label": _("备注等长文字"), "value": _("%(n)s 字") % {"n": number(limits.FREE_TEXT_CHARACTERS)}},
        {"label": _("全部文字"), "value": _("%(n)s 字") % {"n": number(limits.TEXT_CHARACTERS)}},
        {"label": _("读取"), "value": _("%(n)s 秒、%(size)s 内存") % reading},
    ]


class BlankForm(View):
    """The empty workbook of a kind, for who may upload that kind. It holds nobody's data."""

    right = Right.UPLOAD

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = next((one for one in kinds_for(request.user) if one.code == kind), None)
        if found is None:
            raise Http404
        made = blank_workbook(found, standing(request.user))  # type: ignore[arg-type]
        return attachment(made.content, made.name)


class FilledForm(View):
    """The form of a kind with the unit's own records in it, to be mended and sent back: it leaves by the one door.

    `?sheet=` is the code of a resource, where the kind has several; the first by default. Children leave on request.
    """

    right = Right.UPLOAD

    def get(self, request: HttpRequest, kind: str) -> Any:
        found = next((one for one in kinds_for(request.user) if one.code == kind), None)
        wanted = request.GET.get(SHEET, "")
        all_sheets = found.resources if found and not found.is_whole else ()
        resources = [one for one in all_sheets if wanted in ("", one.code)]
        if not resources:
            raise Http404
        if source := source_of_kind(kind):
            return redirect("exports:ask", source.code)
        take(request, EXPORT)
        records = resources[0]._meta.model.objects.visible_to(request.user).in_force()
        return release(request.user, kind, records, purpose="form").response()
