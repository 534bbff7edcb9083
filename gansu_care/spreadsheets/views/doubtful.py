"""Rows that may mean a record of the register: beside it, and decided by an officer, one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.pages.keyset import Sort, keyset_page
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.by_hand import Decision
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Outcome, RowAnswer, StagedRow, Upload
from gansu_care.spreadsheets.preview_rows import preview_rows, row_headings
from gansu_care.spreadsheets.side_by_side import Beside, beside
from gansu_care.spreadsheets.uploads import CannotApply, decide, take_back
from gansu_care.spreadsheets.uploads.mending import can_be_mended, doubtful_rows
from gansu_care.spreadsheets.views.mending import RowPage
from gansu_care.spreadsheets.views.steps import page_of, whole_number
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

IN_FILE_ORDER = Sort("place", "id")
MOST_DECIDED = 200


class DoubtfulRows(RowPage):
    """What waits for a decision, and what was decided, by whom."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        page = keyset_page(
            upload.staged.filter(outcome=Outcome.DOUBTFUL), IN_FILE_ORDER, request.GET, cap=None
        )
        rows = preview_rows(upload, page, request.user)
        self.note_read(request, upload, len(rows))
        context = self.context(
            upload,
            _heading(upload),
            page=page,
            rows=[(row, _url(upload, staged)) for row, staged in zip(rows, page.rows, strict=True)],
            decided=_decided(upload),
            sums=upload,
            **row_headings(upload),
        )
        return render(request, "spreadsheets/doubtful.html", context)


def _heading(upload: Upload) -> str:
    if not upload.doubtful:
        return _("存疑的行都已决定")
    return _("%(n)s 行存疑，等您决定") % {"n": number(upload.doubtful)}


def _url(upload: Upload, spot: StagedRow | RowAnswer) -> str:
    return reverse("spreadsheets:doubtful_row", args=[upload.number, spot.sheet_no, spot.row])


def _decided(upload: Upload) -> list[dict[str, Any]]:
    sheets = {place: sheet["name"] for place, sheet in enumerate(upload.sheets)}
    answers = RowAnswer.objects.filter(upload=upload).select_related("user")[:MOST_DECIDED]
    targets = _numbers(upload, [answer.target_id for answer in answers if answer.target_id])
    return [
        {
            "sheet": sheets.get(answer.sheet_no, ""),
            "row": answer.row,
            "decision": answer.get_decision_display(),
            "number": targets.get(answer.target_id, ""),
            "who": answer.user.label,
            "at": moment(answer.at),
            "url": _url(upload, answer),
        }
        for answer in answers
    ]


def _numbers(upload: Upload, ids: list[int]) -> dict[int | None, str]:
    """The record numbers of these records, whichever resource of the kind they belong to."""
    found: dict[int | None, str] = {}
    for resource in KINDS[upload.kind].resources if ids else ():
        found |= dict(resource()._meta.model.objects.filter(pk__in=ids).values_list("pk", "number"))
    return found


class DoubtfulRow(RowPage):
    """One row beside its candidates: the same, another, or not taken over."""

    def get(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        return self.show(request, upload, self.staged(upload, sheet_no, row))

    def post(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload = self.upload(request, number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        staged = self.staged(upload, sheet_no, row)
        sent, spot = request.POST.get("decision", ""), (sheet_no, row)
        if not sent:
            return self.show(request, upload, staged, error=_("请先选一项。"), status=422)
        try:
            checked = self.act(request, upload, spot, sent)
        except CannotApply as refused:
            return self.refused(request, upload, spot, refused)
        return _onward(request, checked, row)

    def act(self, request: HttpRequest, upload: Upload, spot: tuple[int, int], sent: str) -> Upload:
        """`sent`: another, leave_out, reopen, or same-KEY."""
        seen = whole_number(request.POST.get("check_no", ""))
        if sent == "reopen":
            return take_back(upload, request.user, spot, seen_check=seen)
        decision, _dash, key = sent.partition("-")
        target = whole_number(key) if key else None
        return decide(upload, request.user, spot, decision, target, seen_check=seen)

    def refused(
        self, request: HttpRequest, upload: Upload, spot: tuple[int, int], refused: CannotApply
    ) -> HttpResponse:
        upload = self.upload(request, upload.number)
        if not can_be_mended(upload):
            return self.moved_on(request, upload)
        return self.show(request, upload, self.staged(upload, *spot), error=refused.message, status=409)

    def show(
        self, request: HttpRequest, upload: Upload, staged: StagedRow, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        answers = RowAnswer.objects.filter(upload=upload).select_related("user")
        answer = answers.filter(sheet_no=staged.sheet_no, row=staged.row).first()
        candidates = staged.candidates or (answer.candidates if answer else [])
        both = beside(upload, staged, candidates, request.user)
        self.note_read(request, upload, 1)
        for record in both.records:
            record_event(Action.READ, request.user, kind=both.resource.code, number=record.number, rows=1)
        words = {"row": staged.row, "question": both.resource.same_question}
        context = self.context(
            upload,
            _("第 %(row)s 行：%(question)s") % words,
            staged=staged,
            both=both,
            choices=_choices(both),
            answer=answer if staged.outcome != Outcome.DOUBTFUL else None,
            error=error,
            back=page_of(upload, "doubtful"),
        )
        return render(request, "spreadsheets/doubtful_row.html", context, status=status)


def _choices(both: Beside) -> list[tuple[str, str]]:
    """(what is sent, what is said)"""
    same = [
        (f"{Decision.SAME}-{record.pk}", str(both.resource.same_answer) % {"number": record.number})
        for record in both.records
    ]
    another = [(str(Decision.ANOTHER), str(both.resource.another_answer))] if both.records else []
    return [*same, *another, (str(Decision.LEAVE_OUT), _("这一行这次不导入"))]


def _onward(request: HttpRequest, upload: Upload, row: int) -> HttpResponse:
    """To the next row that waits."""
    if not can_be_mended(upload):
        return redirect(page_of(upload))
    messages.success(request, _("第 %(row)s 行已记下您的决定，并重新核对。") % {"row": row})
    following = doubtful_rows(upload).first()
    return redirect(_url(upload, following) if following else page_of(upload, "doubtful"))
