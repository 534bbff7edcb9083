"""Step 2: the check under way, and what it found."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gansu_care.pages.keyset import Sort, keyset_page
from gansu_care.pages.wording import number
from gansu_care.spreadsheets.job_words import left_in_words, may_cancel, spent_in_words
from gansu_care.spreadsheets.marking.handing_back import offer
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.problem_lists import (
    chosen,
    groups,
    lines,
    problem_columns,
    problem_rows,
    sees_cells,
)
from gansu_care.spreadsheets.problems import CODES
from gansu_care.spreadsheets.problems_by_row import by_row, of_whole_sheets, rows_with_problems
from gansu_care.spreadsheets.release import release_rows
from gansu_care.spreadsheets.result_notes import result_notes
from gansu_care.spreadsheets.uploads.mending import can_be_mended
from gansu_care.spreadsheets.uploads.refusals import Refusal
from gansu_care.spreadsheets.uploads.undoing import WRITING
from gansu_care.spreadsheets.views.own_jobs import cancelling
from gansu_care.spreadsheets.views.steps import CHECK, CONFIRM, DONE, UploadPage, page_of, sums_note

# What must be mended first, each in the order of the file (rows are written in it).
BY_LEVEL = Sort("level", "level")
IN_FILE_ORDER = Sort("place", "id")
TABS = ("all", "must", "may", "kinds", "rows")
# Where an upload of these states is looked at.
OWN_PAGE = {
    UploadState.ASKING: "columns",
    UploadState.REVIEWING: "review",
    UploadState.APPLIED: "done",
    UploadState.UNDONE: "undone",
    UploadState.EXPIRED: "ended",
}
STEP = {UploadState.APPLYING: CONFIRM, UploadState.UNDOING: DONE}


class UploadDetail(UploadPage):
    """The one address of an upload: leads to where it stands now."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not upload.is_over:
            return redirect(page_of(upload, "progress"))
        if upload.refusal == Refusal.APPLIED_BEFORE and upload.same_as:
            messages.info(request, _("这份表格您的单位已经导入过，只是行的顺序不同。下面是那一次的结果。"))
            return redirect(page_of(upload.same_as))
        if upload.state in OWN_PAGE:
            return redirect(page_of(upload, OWN_PAGE[UploadState(upload.state)]))
        if upload.state == UploadState.CHECKED:
            return redirect(page_of(upload, "problems" if upload.bad or upload.warnings else "preview"))
        listed = upload.rows and upload.errors and upload.refusal != Refusal.SENT_BACK
        return redirect(page_of(upload, "problems" if listed else "ended"))


class UploadProgress(UploadPage):
    """How far the job is. Asked by htmx every two seconds; a page without script says “refresh”."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.is_over or _gave_up(upload):
            return _onward(request, upload)
        self.step = STEP.get(UploadState(upload.state), CHECK)
        context = self.context(upload, _headline(upload), **_progress(upload))
        job = upload.job
        context["cancel"] = cancelling(job) if job and may_cancel(job, request.user) else None
        lines_only = getattr(request, "htmx", False)
        return render(
            request, "components/progress_lines.html" if lines_only else "spreadsheets/progress.html", context
        )


def _gave_up(upload: Upload) -> bool:
    return upload.job is not None and upload.job.is_over and upload.job.state == "failed"


def _onward(request: HttpRequest, upload: Upload) -> HttpResponse:
    target = page_of(upload) if upload.is_over else page_of(upload, "ended")
    if not getattr(request, "htmx", False):
        return redirect(target)
    answer = HttpResponse(status=200)
    answer.headers["HX-Redirect"] = target
    return answer


def _headline(upload: Upload) -> str:
    if upload.state == UploadState.APPLYING:
        return _("正在导入")
    if upload.state == UploadState.UNDOING:
        return _("正在撤销")
    return _("正在检查") if upload.state == UploadState.CHECKING else _("等待检查")


def _progress(upload: Upload) -> dict[str, Any]:
    job = upload.job
    done, total = (job.done, job.total) if job else (0, 0)
    return {
        "job": {"done": done, "total": total, "message": ""},
        "headline": _job_says(upload, done, total),
        "facts": spent_in_words(job),
        "left": left_in_words(job),
        "poll_url": page_of(upload, "progress"),
        "stay_note": _("可以离开本页，后台会继续；随时从“我的任务”或首页的待办回来。"),
    }


def _job_says(upload: Upload, done: int, total: int) -> str:
    words = {"done": number(done), "total": number(total)}
    job = upload.job
    if job is not None and job.cancel_asked_at is not None:
        return _("正在取消，做到下一步就停下")
    if job is None or not job.step:
        return _("还没有开始")
    if upload.state == UploadState.APPLYING:
        preparing = _("正在和登记册核对第 %(done)s 行，共 %(total)s 行") % words
        return preparing if total else _("正在写入登记册，共 %(n)s 行") % {"n": number(upload.good)}
    if upload.state == UploadState.UNDOING:
        if job.step == WRITING:
            return _("正在恢复登记册，第 %(done)s 条，共 %(total)s 条") % words
        return _("正在核对第 %(done)s 条，共 %(total)s 条") % words
    return _("正在逐格检查第 %(done)s 行，共 %(total)s 行") % words if total else _("正在读取文件")


class UploadProblems(UploadPage):
    """Every problem at once, what must be mended before what wants a look."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not upload.checked_at or not upload.is_over or upload.state == UploadState.ASKING:
            return redirect(page_of(upload))
        show, code = request.GET.get("show", "all"), request.GET.get("code", "")
        code = code if code in CODES else ""
        context = self.context(upload, heading(upload), **_summary(upload))
        context.update(self.listed(request, upload, show if show in TABS else "all", code))
        context["marked"] = offer(upload, request.user)
        context["may_mend"] = can_be_mended(upload) and sees_cells(request.user, upload)
        self.note_read(request, upload, len(context.get("problems") or context.get("by_row") or ()))
        return render(request, "spreadsheets/problems.html", context)

    def listed(self, request: HttpRequest, upload: Upload, show: str, code: str) -> dict[str, Any]:
        with_cells = sees_cells(request.user, upload)
        if show == "kinds" and not code:
            return {"groups": groups(upload, with_cells=with_cells), "tabs": _tabs(upload, show, code)}
        if show == "rows" and not code:
            page = keyset_page(rows_with_problems(upload), IN_FILE_ORDER, request.GET, cap=None)
            by_rows = {"by_row": by_row(upload, page, request.user), "page": page}
            of_sheets = of_whole_sheets(upload, with_cells=with_cells)
            return {**by_rows, "of_sheets": of_sheets, "groups": None, "tabs": _tabs(upload, show, code)}
        page = keyset_page(chosen(upload, show, code), BY_LEVEL, request.GET, cap=None)
        listed = lines(page.rows, with_cells=with_cells)
        return {"groups": None, "problems": listed, "page": page, "tabs": _tabs(upload, show, code)}


def heading(upload: Upload) -> str:
    """The result, not the step."""
    if upload.bad:
        return _("检查结果：%(n)s 行需要修改") % {"n": number(upload.bad)}
    if upload.warnings:
        return _("检查结果：没有错误，%(n)s 处需要确认") % {"n": number(upload.warnings)}
    return _("检查结果：没有问题")


def _summary(upload: Upload) -> dict[str, Any]:
    return {
        "sums": upload,
        "sums_note": sums_note(upload),
        "notes": result_notes(upload),
        "may_apply": upload.can_apply_good_rows,
    }


def _tabs(upload: Upload, show: str, code: str) -> list[tuple[str, str, bool]]:
    counts = {"all": upload.errors + upload.warnings, "must": upload.errors, "may": upload.warnings}
    words = {"all": _("全部 %(n)s"), "must": _("必须改 %(n)s"), "may": _("要确认 %(n)s")}
    tabs = [
        (words[tab] % {"n": number(counts[tab])}, f"?show={tab}", tab == show and not code) for tab in counts
    ]
    tabs.append((_("按种类看"), "?show=kinds", show == "kinds" and not code))
    tabs.append((_("按行看"), "?show=rows", show == "rows" and not code))
    if code:
        tabs.append((code, f"?code={code}", True))
    return tabs if counts["all"] else []


class ProblemFile(UploadPage):
    """The problems as a workbook. It quotes cells: it leaves through the one door."""

    def get(self, request: HttpRequest, number: str) -> FileResponse:
        upload = self.upload(request, number)
        rows = problem_rows(upload, with_cells=sees_cells(request.user, upload))
        released = release_rows(
            request.user,
            upload.kind,
            problem_columns(),
            rows,
            name=_("%(number)s问题清单") % {"number": upload.number},
            purpose="problems",
            number=upload.number,
        )
        return released.response()
