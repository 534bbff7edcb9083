"""Steps 3 and 4: what would change, the yes, the result with the number that can be cited."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.panels import panels_for
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.acknowledged import in_words
from gansu_care.spreadsheets.kinds import KINDS, kind_of_resource
from gansu_care.spreadsheets.marking.handing_back import offer
from gansu_care.spreadsheets.models import Outcome, Upload, UploadState
from gansu_care.spreadsheets.problem_lists import sees_cells, warning_groups
from gansu_care.spreadsheets.result_notes import Ended, done_notes, why_ended
from gansu_care.spreadsheets.sheet_notes import can_change, heading_notes, sheet_facts, sheet_notes
from gansu_care.spreadsheets.uploads import CannotApply, confirm, recheck
from gansu_care.spreadsheets.uploads.mending import can_be_mended
from gansu_care.spreadsheets.views.comparison import comparison
from gansu_care.spreadsheets.views.steps import (
    CHECK,
    CONFIRM,
    DONE,
    UploadPage,
    file_fact,
    page_of,
    story,
    whole_number,
)


class UploadPreview(UploadPage):
    """What confirming would write: old -> new for each changed row, the new rows, those left alone."""

    step = CONFIRM

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state != UploadState.CHECKED:
            return redirect(page_of(upload))
        return self.show(request, upload)

    def show(
        self, request: HttpRequest, upload: Upload, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        context = self.context(upload, _preview_heading(upload), form_error=error)
        context |= comparison(request, upload) | _confirmation(upload)
        context["ticked"] = request.POST.getlist("warning")
        context["may_mend"] = can_be_mended(upload) and sees_cells(request.user, upload)
        self.note_read(request, upload, len(context["rows"]))
        return render(request, "spreadsheets/preview.html", context, status=status)


def _preview_heading(upload: Upload) -> str:
    if not upload.good:
        return _("核对结果：和登记册完全相同，不用导入")
    return _("核对变更，再确认导入")


def _confirmation(upload: Upload) -> dict[str, Any]:
    """What the tick box says, and whether there is anything to confirm."""
    why_not = _("每一行都和登记册相同，没有要写入的内容。")
    if upload.bad:
        why_not = _("没有一行可以导入，请改好后重新上传。")
    return {
        "acknowledge": _acknowledge(upload),
        "warning_kinds": warning_groups(upload, with_cells=False),
        "may_apply": upload.can_apply_good_rows,
        "good_rows": bool(upload.bad),
        "why_not": why_not,
    }


def _acknowledge(upload: Upload) -> str:
    words = {name: number(getattr(upload, name)) for name in ("new", "changed", "bad")}
    if upload.bad:
        said = _("我已核对新增 %(new)s 行、变更 %(changed)s 行；另外 %(bad)s 行这次不导入")
    else:
        said = _("我已核对新增 %(new)s 行、变更 %(changed)s 行")
    return said % words


class UploadConfirm(UploadPreview):
    """The yes. Sent twice, it finds the same result; sent for an older check, it shows the newer one."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return redirect(page_of(self.upload(request, number)))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state == UploadState.CHECKED and request.POST.get("acknowledged") != "1":
            return self.show(request, upload, error=_("请先核对，再勾选这一项。"), status=422)
        try:
            confirm(
                upload,
                request.user,
                good_rows=request.POST.get("good_rows") == "1",
                acknowledged=request.POST.getlist("warning"),
                seen_check=whole_number(request.POST.get("check_no", "")),
            )
        except CannotApply as refused:
            return self.refused(request, number, refused)
        return redirect(page_of(upload))

    def refused(self, request: HttpRequest, number: str, refused: CannotApply) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state == UploadState.CHECKED:
            return self.show(request, upload, error=refused.message, status=409)
        context = ended_context(self, upload, title=refused.message)
        return render(request, "spreadsheets/ended.html", context, status=409)


class UploadRecheck(UploadPage):
    """Check a kept file anew: after a job that broke off, or because the register has changed since."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return redirect(page_of(self.upload(request, number)))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        try:
            recheck(upload, request.user)
        except CannotApply as refused:
            context = ended_context(self, self.upload(request, number), title=refused.message)
            return render(request, "spreadsheets/ended.html", context, status=409)
        return redirect(page_of(upload))


class UploadDone(UploadPage):
    """The result, with the number to be cited, and what to do next."""

    step = DONE

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state != UploadState.APPLIED:
            return redirect(page_of(upload))
        context = self.context(upload, _("导入完成"), **_result(upload))
        context["notes"] = done_notes(upload)
        context["may_undo"] = bool(upload.written) and request.user.may(Right.ACCEPT_UPLOAD)  # type: ignore[union-attr]
        context["facts_line"] = _("%(file)s　%(time)s　%(who)s") % _applied_words(upload)
        context["panels"] = panels_for("upload_done", request, upload)
        context["marked"] = offer(upload, request.user)
        return render(request, "spreadsheets/done.html", context)


def _applied_words(upload: Upload) -> dict[str, str]:
    who = upload.applied_by.label if upload.applied_by else upload.user.label
    return {"file": upload.file_name, "time": moment(upload.applied_at), "who": who}


def _result(upload: Upload) -> dict[str, Any]:
    words = {"new": number(upload.new), "changed": number(upload.changed), "written": number(upload.written)}
    said = _("已写入登记册：新增 %(new)s 行，变更 %(changed)s 行") % words
    lists = _lists(upload)
    return {
        "said": said if upload.good else _("没有要写入的内容：每一行都和登记册相同"),
        "facts": _result_facts(upload),
        "story": story(upload),
        "lists": lists if len(lists) > 1 else [],
        "rows_url": lists[0]["url"] if len(lists) == 1 else "",
        "rows_label": _("查看这 %(written)s 条记录") % words,
    }


def _result_facts(upload: Upload) -> list[dict[str, Any]]:
    parts = {
        name: number(getattr(upload, name))
        for name in ("rows", "new", "changed", "same", "doubtful", "refused")
    }
    sums = _(
        "%(rows)s 行 = 新增 %(new)s + 变更 %(changed)s + 相同 %(same)s + 存疑 %(doubtful)s + 拒绝 %(refused)s"
    )
    agreed = upload.written == upload.good
    checked = _("写入 %(n)s 行，一致") if agreed else _("写入 %(n)s 行，与检查时不同，请核对")
    facts: list[dict[str, Any]] = [
        {"label": _("表中数据行"), "value": sums % parts},
        {
            "label": _("写入后核对"),
            "value": checked % {"n": number(upload.written)},
            "state": "ok" if agreed else "warn",
        },
        {"label": _("上传、确认"), "value": "{who}　{time}".format(**_applied_words(upload))},
        file_fact(upload),
    ]
    if upload.accepted_by:
        second = f"{upload.accepted_by.label}　{moment(upload.accepted_at)}"
        facts.insert(3, {"label": _("复核"), "value": second})
    if upload.bad:
        left = _("%(n)s 行没有导入，改好后可以再上传") % {"n": number(upload.bad)}
        facts.insert(2, {"label": _("留待以后"), "value": left, "state": "warn"})
    if upload.acknowledged:
        facts.append({"label": _("确认过的提醒"), "value": in_words(upload.acknowledged), "wide": True})
    if upload.declared_consent_by:
        words = {"who": upload.declared_consent_by, "day": upload.declared_consent_on}
        facts.append({"label": _("同意声明"), "value": "{who}　{day}".format(**words)})
    return [*facts, *sheet_facts(upload)]


def _lists(upload: Upload) -> list[dict[str, str]]:
    """The lists of the rows that this upload wrote, one a kind of record, where it has one."""
    kind = KINDS.get(upload.kind)
    if kind is None or not upload.written:
        return []
    found = []
    for resource in kind.resources:
        n, route = (
            _written(upload, resource.code),
            resource.list_route or kind_of_resource(resource.code).list_route,
        )
        if n and route:
            words = {"title": resource.title, "n": number(n)}
            found.append(
                {
                    "url": f"{reverse(route)}?batch={upload.number}",
                    "label": _("查看这 %(n)s 条：%(title)s") % words,
                }
            )
    return found


def _written(upload: Upload, resource: str) -> int:
    own = (sheet for sheet in upload.sheets if sheet.get("imported") and sheet["resource"] == resource)
    return sum(sheet.get(outcome, 0) for sheet in own for outcome in (Outcome.NEW, Outcome.CHANGED))


# They have pages of their own.
ELSEWHERE = (
    UploadState.ASKING,
    UploadState.APPLIED,
    UploadState.CHECKED,
    UploadState.REVIEWING,
    UploadState.UNDONE,
)


class UploadEnded(UploadPage):
    """It ended without an import: why, and what to do next."""

    step = CHECK

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state in ELSEWHERE:
            return redirect(page_of(upload))
        return render(request, "spreadsheets/ended.html", ended_context(self, upload))


def ended_context(page: UploadPage, upload: Upload, *, title: str = "") -> dict[str, Any]:
    why = why_ended(upload)
    return page.context(
        upload,
        why.heading,
        reason=title or why.reason,
        advice="" if title else why.advice,
        level=why.level,
        notes=[*heading_notes(upload), *sheet_notes(upload)] if can_change(upload) else [],
        story=story(upload),
        facts=[
            {"label": _("文件"), "value": upload.file_name},
            {"label": _("上传人"), "value": upload.user.label, "sub": moment(upload.received_at)},
            {"label": _("状态"), "value": upload.get_state_display()},
            {"label": _("登记册"), "value": _("没有任何改动"), "state": "ok"},
            file_fact(upload),
        ],
        actions=_ended_actions(upload, why),
    )


def _ended_actions(upload: Upload, why: Ended) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = [{"label": _("返回"), "url": reverse("spreadsheets:list")}]
    if why.can_recheck and upload.cleared_at is None:
        actions.append({"label": _("重新检查"), "url": page_of(upload, "recheck"), "post": True})
    if upload.same_as:
        seen = {"label": _("看那一次的结果"), "url": page_of(upload.same_as), "kind": "primary"}
        return [*actions, seen]
    again = f"{reverse('spreadsheets:choose')}?kind={upload.kind}&replaces={upload.number}"
    actions.append({"label": why.mended, "url": again, "kind": "primary", "icon": "cloud-arrow-up"})
    return actions
