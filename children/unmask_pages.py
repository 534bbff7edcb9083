"""Pages of unmasking: the full value of one field, asking for values, and deciding on what somebody else asks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from children.forms import REASONS, AskToOpenForm, RefuseToOpenForm, UnmaskForm
from children.models import Child, UnmaskRequest, UnmaskState
from children.naming import shown_name
from children.restricted import Unrestricted
from children.unmasking import (
    VALUES,
    AlreadyDecided,
    agree_to_open,
    ask_to_open,
    may_be_opened,
    may_reach,
    opening,
    refuse_to_open,
    value_label,
)
from gansu_care.accounts.allowances import UNMASK, take
from gansu_care.accounts.roles import Right
from gansu_care.pages.panels import Todo
from gansu_care.pages.records import RecordPage
from gansu_care.pages.wording import moment
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KIND = "child"
SECONDS = 60
RECENT = 50
LEVELS = {"waiting": "warn", "approved": "ok", "refused": "bad", "withdrawn": "end"}


class ChildUnmask(Unrestricted, RecordPage):
    """The full value of one field, for who gives a reason. The event is written before the answer."""

    right = Right.SEE_PERSONS
    model = Child
    template = "children/unmask.html"

    def get(self, request: HttpRequest, number: str, value: str) -> HttpResponse:
        record = self.opened(request, number, value)
        return self.show(request, record, value)

    def post(self, request: HttpRequest, number: str, value: str) -> HttpResponse:
        record = self.opened(request, number, value)
        form = UnmaskForm(request.POST)
        wants_json = "application/json" in request.headers.get("Accept", "")
        if not form.is_valid():
            error = " ".join(message for errors in form.errors.values() for message in errors)
            return (
                JsonResponse({"error": error}, status=400)
                if wants_json
                else self.show(request, record, value, error=error)
            )
        take(request, UNMASK)
        record_event(
            Action.UNMASK, request.user, kind=f"{KIND}.{value}", number=record.number, rows=1, reason=form.why
        )
        clear = VALUES[value](record).open()
        if wants_json:
            return JsonResponse({"value": clear, "seconds": SECONDS})
        return self.show(request, record, value, clear=clear)

    def opened(self, request: HttpRequest, number: str, value: str) -> Child:
        """The child, if this value of hers may be opened by this user now: 404 out of scope, 403 without the right."""
        if not may_reach(request.user):
            raise PermissionDenied
        record = self.record(request, number)
        if not may_be_opened(record, value) or VALUES[value](record) is None:
            raise Http404
        if not opening(request.user, record).opens(value):
            raise PermissionDenied
        return record

    def show(self, request: HttpRequest, record: Child, value: str, **more: Any) -> HttpResponse:
        heading = shown_name(record.name, request.user)
        context = {
            "record": record,
            "heading": heading,
            "what": value_label(record, value),
            "reasons": REASONS,
            **more,
        }
        return render(request, self.template, context, status=400 if "error" in more else 200)


class AskToOpen(Unrestricted, RecordPage):
    """Asking for values of one child that the asker may not open alone."""

    right = Right.UNMASK_ASKED
    model = Child
    template = "children/unmask_ask.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        initial = {"values": request.GET.getlist("value")[:1]}
        return self.show(
            request, record, AskToOpenForm(child=record, choices=self.choices(record), initial=initial)
        )

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        form = AskToOpenForm(request.POST, child=record, choices=self.choices(record))
        if not form.is_valid():
            return self.show(request, record, form, status=422)
        ask_to_open(request.user, record, form.cleaned_data["values"], form.cleaned_data["reason"])
        messages.success(request, _("已提交，等另一个人同意。同意后 24 小时内可以查看。"))
        return redirect(record.get_absolute_url())

    def choices(self, record: Child) -> list[tuple[str, str]]:
        """The values that there are, masked ones all of them."""
        return [
            (name, value_label(record, name))
            for name, value in VALUES.items()
            if may_be_opened(record, name) and value(record) is not None
        ]

    def show(
        self, request: HttpRequest, record: Child, form: AskToOpenForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "record": record,
            "heading": _("申请查看：%(number)s") % {"number": record.number},
            "form": form,
            "cancel_url": record.get_absolute_url(),
        }
        return render(request, self.template, context, status=status)


class RequestList(View):
    """The latest requests: one's own, and those that one may agree to."""

    right = Right.UNMASK_ASKED

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = (
            UnmaskRequest.objects.visible_to(request.user)
            .select_related("user", "decided_by")
            .order_by("-id")
        )
        context = {
            "heading": _("查看申请"),
            "rows": [(one, LEVELS[one.state]) for one in rows[:RECENT]],
            "to_decide": UnmaskRequest.objects.to_be_decided_by(request.user).count(),
        }
        return render(request, "children/unmask_requests.html", context)


class RequestDetail(View):
    """One request. POST: agree, or refuse with a reason."""

    right = Right.UNMASK_ASKED

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.found(request, pk), RefuseToOpenForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        one, form = self.found(request, pk), RefuseToOpenForm(request.POST)
        agrees = request.POST.get("act") == "agree"
        if not agrees and not form.is_valid():
            return self.show(request, one, form, status=422)
        try:
            if agrees:
                agree_to_open(one, request.user)
            else:
                refuse_to_open(one, request.user, form.cleaned_data["why"])
        except AlreadyDecided:
            messages.warning(request, _("这份申请刚刚有了结果，没有再改。"))
        else:
            messages.success(request, _("已同意，24 小时内有效。") if agrees else _("已告诉申请人没有批准。"))
        return redirect("children:unmask_requests")

    def found(self, request: HttpRequest, pk: int) -> UnmaskRequest:
        rows = UnmaskRequest.objects.visible_to(request.user).select_related("user", "decided_by")
        return get_object_or_404(rows, pk=pk)

    def show(
        self, request: HttpRequest, one: UnmaskRequest, form: RefuseToOpenForm, status: int = 200
    ) -> HttpResponse:
        child = Child.objects.visible_to(request.user).filter(number=one.child_number).first()
        context = {
            "heading": _("查看申请：%(number)s") % {"number": one.child_number},
            "one": one,
            "child": child,
            "level": LEVELS[one.state],
            "what": [value_label(child or Child(), name) for name in one.values if name in VALUES],
            "may_decide": UnmaskRequest.objects.to_be_decided_by(request.user).filter(pk=one.pk).exists(),
            "form": form,
        }
        return render(request, "children/unmask_request.html", context, status=status)


def unmask_todos(request: HttpRequest) -> list[Todo]:
    """What waits for this user's yes, and her own requests that somebody has agreed to."""
    user: Any = request.user
    if not user.may(Right.UNMASK_ASKED):
        return []
    decide = UnmaskRequest.objects.to_be_decided_by(user).select_related("user").order_by("-id")[:5]
    good = UnmaskRequest.objects.filter(
        user=user, state=UnmaskState.APPROVED, until__gt=timezone.now()
    ).order_by("-id")[:5]
    return [*map(_to_decide, decide), *map(_to_look, good)]


def _to_decide(one: UnmaskRequest) -> Todo:
    title = _("%(who)s 申请查看 %(number)s 的完整信息") % {"who": one.user.label, "number": one.child_number}
    url = reverse("children:unmask_request", args=[one.pk])
    return Todo(title, one.reason, _("去审批"), url, tag=_("查看"), level="info")


def _to_look(one: UnmaskRequest) -> Todo:
    title = _("%(number)s：申请查看的内容已经同意") % {"number": one.child_number}
    note = _("%(time)s 前有效，每次查看仍要写原因") % {"time": moment(one.until)}
    url = reverse("children:detail", args=[one.child_number])
    return Todo(title, note, _("去查看"), url, tag=_("查看"), level="info")
