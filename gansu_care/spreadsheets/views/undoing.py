"""Taking an applied upload back: what it would come to, the reason, and the three lists afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort, keyset_page
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.models import UndoOutcome, Upload, UploadState
from gansu_care.spreadsheets.undo_words import undo_rows
from gansu_care.spreadsheets.undoing.course import Incomplete
from gansu_care.spreadsheets.uploads import REFUSALS, CannotApply, ask_undo
from gansu_care.spreadsheets.uploads.refusals import Refusal
from gansu_care.spreadsheets.uploads.undoing import survey
from gansu_care.spreadsheets.views.reviewing import ReasonForm
from gansu_care.spreadsheets.views.steps import DONE, UploadPage, file_fact, page_of, story

IN_ORDER = Sort("place", "id")
# Beyond so many records the look ahead would keep the page waiting: the lists come with the undo.
LOOKED_AHEAD = 2_000
SHOWN = 50


class UploadUndo(UploadPage):
    """GET looks ahead and asks for a reason; POST has it done."""

    right = Right.ACCEPT_UPLOAD
    step = DONE

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state != UploadState.APPLIED or not upload.written:
            return redirect(page_of(upload))
        return self.ask(request, upload, ReasonForm())

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        form = ReasonForm(request.POST)
        if upload.state == UploadState.APPLIED and not form.is_valid():
            return self.ask(request, upload, form, status=422)
        try:
            ask_undo(upload, request.user, form.data.get("why", "").strip())
        except CannotApply:
            return redirect(page_of(upload))
        return redirect(page_of(upload))

    def ask(self, request: HttpRequest, upload: Upload, form: ReasonForm, status: int = 200) -> HttpResponse:
        heading = _("撤销这次导入：%(number)s") % {"number": upload.number}
        context = {**self.context(upload, heading), "form": form, "cancel_url": page_of(upload)}
        context |= _look_ahead(upload, request.user)
        return render(request, "spreadsheets/undo.html", context, status=status)


def _look_ahead(upload: Upload, user: Any) -> dict[str, Any]:
    """What an undo would come to now."""
    if upload.written > LOOKED_AHEAD:
        return {"too_many": upload.written}
    try:
        found = survey(upload, user)
    except Incomplete:
        return {"why_not": str(REFUSALS[Refusal.NO_TRACE])}
    return {
        "removed": found.removed,
        "restored": found.restored,
        "left": len(found.left),
        "left_rows": undo_rows(upload, found.left[:SHOWN], user),
        "left_out": max(0, len(found.left) - SHOWN),
    }


class UploadUndone(UploadPage):
    """Who took it back, when and why; what was undone, what is kept, what failed."""

    step = DONE

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state != UploadState.UNDONE:
            return redirect(page_of(upload))
        counts = {one: upload.undo_lines.filter(outcome=one).count() for one in UndoOutcome.values}
        show = self.shown(request, counts)
        page = keyset_page(upload.undo_lines.filter(outcome=show), IN_ORDER, request.GET, cap=None)
        context = self.context(
            upload,
            _("这一批已经撤销"),
            page=page,
            rows=undo_rows(upload, page.rows, request.user, first=page.first),
            show=show,
            tabs=_tabs(counts, show),
            facts=_facts(upload, counts),
            story=story(upload),
            actions=_actions(upload),
        )
        return render(request, "spreadsheets/undone.html", context)

    def shown(self, request: HttpRequest, counts: dict[str, int]) -> str:
        """The list asked for, else what somebody may have to see to."""
        asked = request.GET.get("show", "")
        if asked in counts:
            return asked
        return next((one for one in ("failed", "kept") if counts[one]), "undone")


def _tabs(counts: dict[str, int], show: str) -> list[tuple[str, str, bool]]:
    words = {
        UndoOutcome.UNDONE: _("已撤销 %(n)s"),
        UndoOutcome.KEPT: _("保留 %(n)s"),
        UndoOutcome.FAILED: _("未能撤销 %(n)s"),
    }
    return [(words[one] % {"n": number(counts[one])}, f"?show={one}", one == show) for one in UndoOutcome]


def _facts(upload: Upload, counts: dict[str, int]) -> list[dict[str, Any]]:
    who = upload.undone_by.label if upload.undone_by else ""
    left = counts[UndoOutcome.KEPT] + counts[UndoOutcome.FAILED]
    words = {"n": number(left)}
    all_back = _("导入写入的内容都已恢复原样")
    return [
        {"label": _("撤销"), "value": f"{who}　{moment(upload.undone_at)}"},
        {"label": _("原因"), "value": upload.undo_reason},
        {"label": _("导入时写入"), "value": _("%(n)s 行") % {"n": number(upload.written)}},
        {
            "label": _("登记册"),
            "value": _("%(n)s 处没有撤销，见下面的清单") % words if left else all_back,
            "state": "warn" if left else "ok",
        },
        file_fact(upload),
    ]


def _actions(upload: Upload) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = [{"label": _("返回"), "url": reverse("spreadsheets:list")}]
    if upload.cleared_at is None:
        again = {"label": _("重新核对这份表格"), "url": page_of(upload, "recheck"), "post": True}
        return [*actions, again | {"kind": "primary", "icon": "arrow-repeat"}]
    url = f"{reverse('spreadsheets:choose')}?kind={upload.kind}"
    return [*actions, {"label": _("重新上传"), "url": url, "kind": "primary", "icon": "cloud-arrow-up"}]
