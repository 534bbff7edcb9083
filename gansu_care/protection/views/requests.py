"""Pages of persons' requests: the register, the answer, what is handed to the person who asks."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gansu_care.accounts.allowances import EXPORT, take
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.records import ReasonPage, RecordPage
from gansu_care.protection.code_tables import RequestKind
from gansu_care.protection.filters import PersonRequestFilter
from gansu_care.protection.forms import AnswerForm, PersonRequestForm
from gansu_care.protection.models import PersonRequest
from gansu_care.protection.printout import printout
from gansu_care.protection.tables import PersonRequestTable
from gansu_care.protection.views.register_pages import (
    RegisterDetail,
    RegisterForm,
    RegisterHistory,
    RegisterList,
    RegisterVoid,
)
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

KIND = "request"


class RequestList(RegisterList):
    model = PersonRequest
    register = KIND
    reads_persons = KIND
    filterset_class = PersonRequestFilter
    table_class = PersonRequestTable
    sorts = (Sort("number", "id", descending=True), Sort("due", "due_on"))
    caption = pgettext_lazy("名单", "个人信息请求")
    about = gettext_lazy("本人或监护人要求查阅、复制、更正、删除的，在期限内答复；不予办理的，书面说明理由。")

    def with_related(self, rows: Any) -> Any:
        return rows.select_related("division", "child")


class RequestDetail(RegisterDetail):
    model = PersonRequest
    kind = KIND
    template = "protection/request.html"
    shows = (
        "kind", "received_on", "due_on", "about", "asked_by", "capacity", "verified_how", "phone", "state",
        "answered_on", "answer",
    )  # fmt: skip
    sealed = ("about", "answer", "asked_by")
    wide = ("about", "answer")

    def context(self, request: HttpRequest, record: PersonRequest) -> dict[str, Any]:
        may_print = record.is_open and record.kind in (RequestKind.LOOK, RequestKind.COPY)
        user: Any = request.user
        return {
            **super().context(request, record),
            "may_print": may_print and user.may(Right.UNMASK) and user.may(Right.EXPORT),
            "may_erase": record.is_open
            and record.kind == RequestKind.DELETE
            and user.may(Right.PROPOSE_ERASURE),
        }


class RequestAdd(RegisterForm):
    model = PersonRequest
    kind = KIND
    form_class = PersonRequestForm

    def form(self, request: HttpRequest, record: Any, data: Any = None) -> Any:
        form = super().form(request, record, data)
        if record is None:
            form.fields["child_number"].initial = request.GET.get("child", "")[:12]
        return form


class RequestEdit(RequestAdd):
    """An answered request is not written over."""

    def record(self, request: HttpRequest, number: str) -> Any:
        record = super().record(request, number)
        if not record.is_open:
            raise Http404
        return record


class RequestHistory(RegisterHistory):
    model = PersonRequest
    kind = KIND


class RequestVoid(RegisterVoid):
    model = PersonRequest
    kind = KIND


class RequestAnswer(ReasonPage):
    right = Right.KEEP_REGISTERS
    model = PersonRequest
    form_class = AnswerForm
    submit = gettext_lazy("保存答复")
    kind = KIND
    action = Action.CHANGE

    def context(self, request: HttpRequest, record: PersonRequest) -> dict[str, Any]:
        return {"record": record, "heading": _("答复：%(number)s") % {"number": record.number}}


class RequestLetter(RecordPage):
    """The answer on paper; a refusal with its reasons (PIPL Art. 50)."""

    right = Right.KEEP_REGISTERS
    model = PersonRequest
    template = "protection/letter.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        if record.is_open:
            raise Http404
        record_event(Action.PRINT, request.user, kind=f"{KIND}.letter", number=record.number, rows=1)
        names = ("asked_by", "about", "answer")
        texts = {name: value.open() if (value := getattr(record, name)) else "" for name in names}
        return render(request, self.template, {"record": record, "heading": _("书面答复"), **texts})


class RequestPrintout(RecordPage):
    """All that is kept of one child, for the person who may ask for it."""

    right = Right.KEEP_REGISTERS
    model = PersonRequest

    def post(self, request: HttpRequest, number: str) -> FileResponse:
        record = self.record(request, number)
        if not record.is_open or record.kind not in (RequestKind.LOOK, RequestKind.COPY):
            raise Http404
        if not request.user.may(Right.UNMASK):  # type: ignore[union-attr]
            raise PermissionDenied
        take(request, EXPORT)
        return printout(record, request.user).response()
