"""Asking for a file with children, deciding on it, fetching it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.allowances import EXPORT, take
from gansu_care.accounts.roles import Right
from gansu_care.divisions.book import book
from gansu_care.pages.standing import standing_of
from gansu_care.spreadsheets.exports.asking import approvers_for, ask, conditions, words_of
from gansu_care.spreadsheets.exports.deciding import AlreadyDecided, approve, may_decide, refuse, withdraw
from gansu_care.spreadsheets.exports.forms import AskForm, RefuseForm
from gansu_care.spreadsheets.exports.handing_out import NotToBeHad, hand_out
from gansu_care.spreadsheets.exports.listing import STATE_LEVELS
from gansu_care.spreadsheets.exports.sources import SOURCES, ExportSource
from gansu_care.spreadsheets.models import ExportRequest, ExportState


class AskPage(View):
    """What is filtered, how many rows, and the form. The conditions stand in the address, as in the list's own."""

    right = Right.EXPORT

    def get(self, request: HttpRequest, source: str) -> HttpResponse:
        found = self.source(request, source)
        filterset = self.filtered(request, found)
        if not filterset.form.is_valid():
            # The list shows what is wrong with the conditions.
            return redirect(f"{reverse(found.list_route)}?{request.GET.urlencode()}")
        return self.show(request, found, filterset, AskForm(source=found))

    def post(self, request: HttpRequest, source: str) -> HttpResponse:
        found = self.source(request, source)
        filterset, form = self.filtered(request, found), AskForm(request.POST, source=found)
        if not filterset.form.is_valid():
            raise Http404
        if not form.is_valid():
            return self.show(request, found, filterset, form, status=422)
        take(request, EXPORT)
        asked = ask(request.user, found, place=_place(request), query=conditions(request.GET), **form.asked)
        messages.success(
            request, _("已提交，申请号 %(number)s。批准后请回到这里下载。") % {"number": asked.number}
        )
        return redirect("exports:detail", asked.number)

    def source(self, request: HttpRequest, code: str) -> ExportSource:
        found = SOURCES.get(code)
        if found is None or not request.user.may(found.list_page.right):  # type: ignore[union-attr]
            raise Http404
        return found

    def filtered(self, request: HttpRequest, source: ExportSource) -> Any:
        return source.filtered(request.user, _place(request), conditions(request.GET))

    def show(
        self, request: HttpRequest, source: ExportSource, filterset: Any, form: AskForm, status: int = 200
    ) -> HttpResponse:
        division = standing_of(request).division
        context = {
            "heading": _("申请导出：%(what)s") % {"what": source.title},
            "form": form,
            "rows": filterset.qs.order_by().count(),
            "place": division,
            "words": words_of(filterset),
            "approvers": approvers_for(request.user),
            "cancel_url": f"{reverse(source.list_route)}?{request.GET.urlencode()}",
        }
        return render(request, "exports/ask.html", context, status=status)


def _place(request: HttpRequest) -> str:
    division = standing_of(request).division
    return division.code if division else ""


class RequestPage(View):
    """One request, found by its number in the reader's scope."""

    right = Right.EXPORT

    def found(self, request: HttpRequest, number: str) -> ExportRequest:
        rows = ExportRequest.objects.visible_to(request.user).select_related("user", "division", "decided_by")
        return get_object_or_404(rows, number=number)

    def show(self, request: HttpRequest, one: ExportRequest, status: int = 200, **more: Any) -> HttpResponse:
        source, place = SOURCES.get(one.source), book().by_code.get(one.filter.place)
        context = {
            "heading": one.number,
            "one": one,
            "title": source.title if source else one.source,
            "level": STATE_LEVELS[ExportState(one.state)].removeprefix("is-"),
            "place": place,
            "fields": source.labels(one.parts) if source else [],
            "may_decide": may_decide(one, request.user),
            "is_mine": one.user_id == request.user.pk,
            "is_ready": one.state == ExportState.READY and one.is_in_time,
            "approvers": approvers_for(one.user) if one.state == ExportState.WAITING else [],
            **more,
        }
        return render(request, "exports/detail.html", context, status=status)


class ExportDetail(RequestPage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self.show(request, self.found(request, number))


class ExportAct(RequestPage):
    """A decision; looked at, it is the page of the request."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return redirect("exports:detail", self.found(request, number).number)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        one = self.found(request, number)
        try:
            return self.act(request, one)
        except AlreadyDecided:
            messages.warning(request, _("这份申请刚刚有了结果，没有再改。"))
        except NotToBeHad:
            messages.warning(request, _("文件已经下载过，或者已经过期。需要的话请重新申请。"))
        return redirect("exports:detail", one.number)

    def act(self, request: HttpRequest, one: ExportRequest) -> Any:
        raise NotImplementedError


class ExportApprove(ExportAct):
    """Her yes. The answer shows the password, this once."""

    right = Right.APPROVE_EXPORT

    def act(self, request: HttpRequest, one: ExportRequest) -> HttpResponse:
        if request.POST.get("looked") != "1":
            return self.show(request, one, status=422, error=_("请先核对，再勾选“我已核对”。"))
        password = approve(one, request.user)
        answer = render(
            request, "exports/password.html", {"heading": one.number, "one": one, "password": password}
        )
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


class ExportRefuse(ExportAct):
    right = Right.APPROVE_EXPORT

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        one = self.found(request, number)
        return (
            self.ask(request, one, RefuseForm())
            if may_decide(one, request.user)
            else super().get(request, number)
        )

    def act(self, request: HttpRequest, one: ExportRequest) -> HttpResponse:
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return self.ask(request, one, form, status=422)
        refuse(one, request.user, form.cleaned_data["why"])
        messages.success(request, _("已告诉申请人没有批准。"))
        return redirect("exports:list")

    def ask(
        self, request: HttpRequest, one: ExportRequest, form: RefuseForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "heading": _("不批准：%(number)s") % {"number": one.number},
            "form": form,
            "cancel_url": reverse("exports:detail", args=[one.number]),
        }
        return render(request, "record_reason.html", context, status=status)


class ExportWithdraw(ExportAct):
    def act(self, request: HttpRequest, one: ExportRequest) -> HttpResponse:
        withdraw(one, request.user)
        messages.success(request, _("申请已撤回。"))
        return redirect("exports:list")


class ExportFile(ExportAct):
    """The one download: a POST, so that no link checker or preview uses it up."""

    def act(self, request: HttpRequest, one: ExportRequest) -> FileResponse:
        return hand_out(one, request.user)
