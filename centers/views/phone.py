"""The full telephone of who is in charge of a center: for a reason, logged."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from gansu_care.accounts.allowances import UNMASK, take
from gansu_care.accounts.roles import Right
from gansu_care.pages.records import RecordPage
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

OTHER = "other"
CALL_REASONS = [
    ("work", _("联系工作")),
    ("check", _("核对登记信息")),
    (OTHER, _("其他")),
]


class CallForm(forms.Form):
    reason = forms.ChoiceField(label=_("原因"), choices=CALL_REASONS)
    note = forms.CharField(label=_("说明"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note"):
            self.add_error("note", _("选“其他”时请写明原因。"))
        return cleaned

    @property
    def why(self) -> str:
        label = dict(CALL_REASONS)[self.cleaned_data["reason"]]
        return f"{label} {self.cleaned_data['note']}".strip()

    @property
    def fault(self) -> str:
        return " ".join(message for errors in self.errors.values() for message in errors)


class CenterPhone(RecordPage):
    """The event is written before the answer."""

    right = Right.UNMASK
    model = Center
    template = "centers/phone.html"

    def record(self, request: HttpRequest, number: str) -> Center:
        center = super().record(request, number)
        if center.manager_phone is None:
            raise Http404
        return center

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self.show(request, self.record(request, number))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        center, form = self.record(request, number), CallForm(request.POST)
        wants_json = "application/json" in request.headers.get("Accept", "")
        if not form.is_valid():
            if wants_json:
                return JsonResponse({"error": form.fault}, status=400)
            return self.show(request, center, error=form.fault)
        kind = "center.manager_phone"
        take(request, UNMASK)
        record_event(Action.UNMASK, request.user, kind=kind, number=number, rows=1, reason=form.why)
        sealed: Any = center.manager_phone
        clear = sealed.open()
        if wants_json:
            return JsonResponse({"value": clear, "seconds": 60})
        return self.show(request, center, clear=clear)

    def show(self, request: HttpRequest, center: Center, **more: Any) -> HttpResponse:
        context = {"record": center, "heading": center.name, "reasons": CALL_REASONS, **more}
        return render(request, self.template, context, status=400 if "error" in more else 200)
