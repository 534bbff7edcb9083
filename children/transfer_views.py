"""Pages of transfers: ask for a child of a held row, the requests of both sides, the answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from children.models import TransferRequest
from children.models.transfers import TransferReason, TransferRefusal, TransferState
from children.naming import shown_name
from children.transfers import CannotAsk, agree, ask, can_be_asked_for, holds, may_decide, place_of, refuse
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import user_covers
from gansu_care.pages.keyset import Sort, keyset_page
from gansu_care.pages.standing import standing_of
from gansu_care.pages.wording import day, moment
from gansu_care.spreadsheets.preview_rows import preview_row
from gansu_care.spreadsheets.views.mending import RowPage
from gansu_care.spreadsheets.views.steps import page_of, whole_number
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action
from gansu_care.trail.registry import StaleRow

LEVELS = {TransferState.WAITING: "info", TransferState.AGREED: "ok", TransferState.REFUSED: "end"}
NEWEST = Sort("number", "id", descending=True)
WHY_NOT = {
    CannotAsk.MOVED_ON: gettext_lazy("登记情况有变化，不用申请。请重新检查这份表格。"),
    CannotAsk.NO_PLACE: gettext_lazy("这一行没有写清孩子住在哪个乡镇。请先改好，再申请。"),
    CannotAsk.TOO_MANY: gettext_lazy("您的县区今天提出的申请太多。请明天再申请，或者请上级妇联协助。"),
}


class AskForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("申请原因"),
        choices=[("", "---------"), *TransferReason.choices],
        error_messages={"required": gettext_lazy("请选择申请原因。")},
    )


class AskTransfer(RowPage):
    """From a held row of an upload, for people of the unit that sent it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.may(Right.SEE_PERSONS):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload, staged = self.row(request, number, sheet_no, row)
        return self.ask(request, upload, staged, AskForm())

    def post(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> HttpResponse:
        upload, staged = self.row(request, number, sheet_no, row)
        form = AskForm(request.POST)
        if not form.is_valid():
            return self.ask(request, upload, staged, form, status=422)
        try:
            made = ask(upload, staged, request.user, form.cleaned_data["why"])
        except CannotAsk as refused:
            form.add_error(None, str(WHY_NOT[refused.why]))
            return self.ask(request, upload, staged, form, status=409)
        messages.success(request, _("已提出转入申请，答复后会在首页的待办里告诉您。"))
        return redirect(made.get_absolute_url())

    def row(self, request: HttpRequest, number: str, sheet_no: int, row: int) -> tuple[Any, Any]:
        upload = self.upload(request, number)
        staged = self.staged(upload, sheet_no, row)
        if not can_be_asked_for(upload, staged):
            raise Http404
        return upload, staged

    def ask(
        self, request: HttpRequest, upload: Any, staged: Any, form: AskForm, status: int = 200
    ) -> HttpResponse:
        shown, place = preview_row(upload, staged, request.user), place_of(staged)
        self.note_read(request, upload, 1)
        context = self.context(
            upload,
            _("申请转入：第 %(row)s 行") % {"row": staged.row},
            form=form,
            facts=[
                {"label": _("姓名"), "value": shown.name},
                {"label": _("身份证号"), "value": shown.identity},
                {"label": _("转到"), "value": place.full_label if place else "", "wide": True},
            ],
            cancel_url=page_of(upload, "problems") + "?show=rows",
        )
        return render(request, "children/ask_transfer.html", context, status=status)


class TransferList(View):
    """Requests that wait for an answer of this side, then all that it made or answered."""

    right = Right.UPLOAD

    def get(self, request: HttpRequest) -> HttpResponse:
        division = standing_of(request).division
        rows = TransferRequest.objects.visible_to(request.user)
        rows = rows.within(division) if division else rows.none()
        page = keyset_page(
            rows.select_related("division", "held_division", "child", "asked_by"),
            NEWEST,
            request.GET,
            cap=None,
        )
        context = {
            "heading": _("转入申请"),
            "page": page,
            "rows": [_listed(one, request.user) for one in page.rows],
        }
        return render(request, "children/transfers.html", context)


def _listed(one: TransferRequest, user: Any) -> dict[str, Any]:
    """What this side may know of a request."""
    holding = holds(user, one)
    agreed = one.state == TransferState.AGREED and user_covers(user, one.division)
    return {
        "number": one.number,
        "url": one.get_absolute_url(),
        "to": one.division.full_label,
        "why": one.get_why_display(),
        "from_row": f"{one.asked_from}　{one.asked_row}" if user_covers(user, one.division) else "",
        "child": one.child.number if holding or agreed else "",
        "asked": day(one.created_at),
        "state": one.get_state_display(),
        "level": LEVELS[TransferState(one.state)],
        "waits": one.is_waiting and may_decide(user, one),
    }


class TransferPage(View):
    right = Right.UPLOAD

    def found(self, request: HttpRequest, number: str) -> TransferRequest:
        rows = TransferRequest.objects.visible_to(request.user)
        rows = rows.select_related("division", "held_division", "child", "asked_by", "decided_by")
        return get_object_or_404(rows, number=number)


class TransferDetail(TransferPage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self.show(request, self.found(request, number))

    def show(
        self, request: HttpRequest, one: TransferRequest, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        user: Any = request.user
        sees_child = holds(user, one) or (
            one.state == TransferState.AGREED and user_covers(user, one.division)
        )
        if sees_child:
            record_event(Action.READ, user, kind="child", number=one.child.number, rows=1)
        context = {
            "heading": _("转入申请 %(number)s") % {"number": one.number},
            "record": one,
            "level": LEVELS[TransferState(one.state)],
            "facts": _facts(one, user, sees_child),
            "may_decide": one.is_waiting and may_decide(user, one),
            "refusals": TransferRefusal.choices,
            "error": error,
        }
        return render(request, "children/transfer.html", context, status=status)


def _facts(one: TransferRequest, user: Any, sees_child: bool) -> list[dict[str, Any]]:
    asks = user_covers(user, one.division)
    facts: list[dict[str, Any]] = [
        {"label": _("转到"), "value": one.division.full_label},
        {"label": _("申请原因"), "value": one.get_why_display()},
        {"label": _("申请"), "value": f"{one.asked_by.unit_label}　{moment(one.created_at)}"},
    ]
    if asks:
        url = reverse("spreadsheets:detail", args=[one.asked_from])
        facts.append({"label": _("申请的行"), "value": f"{one.asked_from}　{one.asked_row}", "url": url})
    if sees_child:
        url = one.child.get_absolute_url() if user_covers(user, one.child.division) else ""
        facts.append({"label": _("档案编号"), "value": one.child.number, "url": url})
        facts.append({"label": _("姓名"), "value": shown_name(one.child.name, user)})
    if holds(user, one):
        facts.append({"label": _("原登记地"), "value": one.held_division.full_label})
    if one.decided_at:
        facts.append({"label": _("答复时间"), "value": moment(one.decided_at)})
    if one.refusal:
        facts.append({"label": _("不同意的原因"), "value": one.get_refusal_display(), "wide": True})
    return facts


class TransferDecide(TransferDetail):
    """The answer of the holding side, or of whoever stands above both."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return redirect(self.found(request, number).get_absolute_url())

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        one = self.found(request, number)
        if not may_decide(request.user, one):
            raise PermissionDenied
        act, why = request.POST.get("act", ""), request.POST.get("refusal", "")
        if act not in ("agree", "refuse"):
            return self.show(request, one, error=_("请选择同意或者不同意。"), status=422)
        if act == "refuse" and why not in TransferRefusal.values:
            return self.show(request, one, error=_("请选择不同意的原因。"), status=422)
        version = whole_number(request.POST.get("version", ""))
        try:
            if act == "agree":
                agree(one, request.user, version=version)
            else:
                refuse(one, request.user, why, version=version)
        except StaleRow:
            said = _("这份申请已经答复过，或者孩子的登记有变化。下面是现在的情况。")
            return self.show(request, self.found(request, number), error=said, status=409)
        messages.success(request, _("已答复，申请的县区会在首页的待办里看到。"))
        return redirect("children:transfers")
