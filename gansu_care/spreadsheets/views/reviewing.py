"""The second person's page: the same comparison, rows kept out with a reason, her yes, or the whole file sent back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gansu_care.accounts.roles import Right
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.models import SecondPerson, Upload, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, accept, keep_out, send_back
from gansu_care.spreadsheets.uploads.reviewing import may_review
from gansu_care.spreadsheets.views.comparison import GOOD, comparison
from gansu_care.spreadsheets.views.steps import CONFIRM, UploadPage, page_of, whole_number

LONGEST_REASON = 200
MOST_ROWS = 1_000


class UploadReview(UploadPage):
    """For everybody in whose scope the upload lies; the buttons for whoever may be the second person."""

    step = CONFIRM

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state != UploadState.REVIEWING:
            return redirect(page_of(upload))
        return self.show(request, upload)

    def show(
        self, request: HttpRequest, upload: Upload, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        context = self.context(upload, _("等待复核：核对新增和变更"), error=error)
        context |= comparison(request, upload) | self.decision(request, upload)
        context["ticks"] = context["is_second"] and context["outcome"] in GOOD
        self.note_read(request, upload, len(context["rows"]))
        return render(request, "spreadsheets/review.html", context, status=status)

    def decision(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        is_second = may_review(upload, request.user)
        kept_out = upload.staged.filter(kept_out__isnull=False).count()
        return {
            "is_second": is_second,
            "waits_for": _waits_for(upload, request.user),
            "kept_out": kept_out,
            "left": upload.good - kept_out,
            "query": request.GET.urlencode(),
        }


def _waits_for(upload: Upload, user: Any) -> str:
    """Why this page is only looked at, for whoever cannot decide on it."""
    asking = SecondPerson.objects.asked_at(upload.division)
    words = {
        "who": upload.applied_by.label if upload.applied_by else "",
        "time": moment(upload.confirmed_at),
        "place": asking.label if asking else upload.division.label,
    }
    said = _("%(who)s 已在 %(time)s 确认。%(place)s要求两人复核：要由另一个人同意，才写入登记册。") % words
    if user.pk in (upload.user_id, upload.applied_by_id):
        return said + _("您上传或确认了这份表格，不能自己复核。")
    return said


class ReviewAct(UploadReview):
    """What the second person does; looked at, it is the page itself."""

    right = Right.ACCEPT_UPLOAD

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return redirect(page_of(self.upload(request, number)))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        try:
            return self.act(request, upload)
        except CannotApply as refused:
            return self.refused(request, number, refused.message)

    def act(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        raise NotImplementedError

    def refused(self, request: HttpRequest, number: str, message: str) -> HttpResponse:
        upload = self.upload(request, number)
        if upload.state == UploadState.REVIEWING:
            return self.show(request, upload, error=message, status=409)
        messages.warning(request, message)
        return redirect(page_of(upload))


class ReviewRows(ReviewAct):
    """Keep ticked rows out, or let them in again."""

    def act(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        rows = [pk for text in request.POST.getlist("rows")[:MOST_ROWS] if (pk := whole_number(text)) > 0]
        reason = request.POST.get("why", "").strip()[:LONGEST_REASON]
        lets_in = request.POST.get("act") == "let_in"
        if not rows:
            return self.show(request, upload, error=_("请先勾选要退回的行。"), status=422)
        if not reason and not lets_in:
            return self.show(request, upload, error=_("请写明为什么退回，填报员要照着改。"), status=422)
        count = keep_out(upload, request.user, rows, "" if lets_in else reason)
        said = _("%(n)s 行重新列入导入。") if lets_in else _("已退回 %(n)s 行，其余的还没有导入。")
        messages.success(request, said % {"n": number(count)})
        query = request.GET.urlencode()
        return redirect(page_of(upload, "review") + (f"?{query}" if query else ""))


class ReviewAccept(ReviewAct):
    """Her yes to all rows that she does not keep out."""

    def act(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        if upload.state == UploadState.REVIEWING and request.POST.get("acknowledged") != "1":
            return self.show(request, upload, error=_("请先核对，再勾选“我已核对”。"), status=422)
        accept(upload, request.user, seen_check=whole_number(request.POST.get("check_no", "")))
        return redirect(page_of(upload))


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("会留在批次和操作记录里，不要写儿童的姓名和证件号码"),
        error_messages={"required": gettext_lazy("请写明原因。")},
    )


class ReviewSendBack(ReviewAct):
    """The whole file back to the uploader, with the reason."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        upload = self.upload(request, number)
        if not may_review(upload, request.user):
            return redirect(page_of(upload))
        return self.ask(request, upload, ReasonForm())

    def act(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.ask(request, upload, form, status=422)
        send_back(upload, request.user, form.cleaned_data["why"])
        messages.success(request, _("已退回给上传人。"))
        return redirect(page_of(upload))

    def ask(self, request: HttpRequest, upload: Upload, form: ReasonForm, status: int = 200) -> HttpResponse:
        heading = _("整批退回：%(number)s") % {"number": upload.number}
        note = _("退回以后登记册没有任何改动，上传人会看到您写的原因。")
        context = {**self.context(upload, heading), "form": form, "note": note}
        context["cancel_url"] = page_of(upload, "review")
        return render(request, "spreadsheets/ask_reason.html", context, status=status)
