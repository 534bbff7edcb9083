"""Pages of erasing: what is due, propose, what waits, decide; the numbers of what was erased."""

from typing import Any

import django_tables2 as tables
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from children.code_tables import ErasureGround
from children.erasure_proposals import CannotErase, may_decide
from children.models import Child, Erasure
from children.naming import shown_name
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import known
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.records import ReasonPage
from gansu_care.protection.filters import DueFilter, PlaceFilter
from gansu_care.protection.forms import DecideForm, ProposeForm
from gansu_care.protection.tables import DueTable
from gansu_care.protection.waiting import due_key
from gansu_care.trail.models import Action


class DueList(ListPage):
    """Records whose time is over, computed; each is proposed by one person and confirmed by another."""

    reads_persons = "children"
    right = Right.PROPOSE_ERASURE
    model = Child
    filterset_class = DueFilter
    table_class = DueTable
    template = "protection/due.html"
    noun = "child"
    caption = gettext_lazy("到期的档案")

    def rows(self, request: HttpRequest) -> Any:
        return super().rows(request).due_for_erasure(timezone.localdate())

    def with_related(self, rows: Any) -> Any:
        return rows.select_related("division").prefetch_related("erasures")

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        user: Any = request.user
        opened = Erasure.objects.visible_to(user).open().count()
        return {**super().context(request, filterset, page), "opened": opened}


class ErasureTable(RegistryTable):
    position = tables.Column(gettext_lazy("序号"), empty_values=(), attrs=cell("no drop-sm"))
    number = tables.Column(gettext_lazy("档案编号"), accessor="child__number", attrs=cell("name"))
    place = tables.Column(gettext_lazy("所在区划"), accessor="child__division", attrs=cell("all-sm cut"))
    ground = tables.Column(gettext_lazy("依据"), accessor="pk", attrs=cell("all-sm"))
    proposed = tables.Column(gettext_lazy("提出"), accessor="proposed_by", attrs=cell("drop-sm"))
    decided = tables.Column(gettext_lazy("确认"), accessor="decided_by", attrs=cell("drop-sm"), default="—")
    state = tables.Column(gettext_lazy("状态"), accessor="pk", attrs=cell("nowrap top-sm"))
    acts = tables.Column(gettext_lazy("操作"), accessor="pk", attrs=cell("row-acts"))

    class Meta:
        model = Erasure
        fields: tuple[str, ...] = ()

    def render_number(self, record: Erasure) -> str:
        return format_html('<a href="{}">{}</a>', record.child.get_absolute_url(), record.child.number)

    def render_place(self, record: Erasure) -> str:
        return record.child.division.label

    def render_ground(self, record: Erasure) -> str:
        return record.get_ground_display()

    def render_proposed(self, record: Erasure) -> str:
        return f"{record.proposed_by.label} {timezone.localdate(record.proposed_at)}"

    def render_decided(self, record: Erasure) -> str:
        when = timezone.localdate(record.decided_at) if record.decided_at else ""
        return f"{record.decided_by.label} {when}" if record.decided_by else "—"

    def render_state(self, record: Erasure) -> str:
        return record.get_state_display()

    def render_acts(self, record: Erasure) -> str:
        if record.state != "proposed" or not may_decide(record, self.request.user):
            return "—"
        return format_html('<a href="{}">{}</a>', decide_url(record.child), _("确认或不同意"))


def decide_url(child: Child) -> str:
    return reverse("protection:erasure_decide", args=[child.number])


class ErasureList(ListPage):
    """Proposals that wait, and what became of those before."""

    right = Right.PROPOSE_ERASURE
    model = Erasure
    filterset_class = PlaceFilter
    table_class = ErasureTable
    template = "protection/erasures.html"
    noun = "record"
    caption = pgettext_lazy("名单", "删除申请")

    def with_related(self, rows: Any) -> Any:
        return rows.select_related("child__division", "proposed_by", "decided_by")


class ErasureAct(ReasonPage):
    """An act that may be refused with a sentence; nothing was written then."""

    model = Child
    kind = "child.erasure"
    reads_persons = True
    action = Action.CHANGE

    def record(self, request: HttpRequest, number: str) -> Child:
        rows = Child.objects.visible_to(request.user).filter(erased_on=None)
        return get_object_or_404(rows, number=number)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        try:
            answer = super().post(request, number)
        except CannotErase as refused:
            record = self.record(request, number)
            form = self.form_class(request.POST, record=record, user=request.user)
            form.add_error(None, str(refused))
            return self.show(request, record, form, status=409)
        own = getattr(request.user, "division", None)
        cache.delete(due_key(known(own).current) if own else "")
        return answer

    def name(self, request: HttpRequest, record: Child) -> str:
        return record.number if record.is_restricted else shown_name(record.name, request.user)


class Propose(ErasureAct):
    right = Right.PROPOSE_ERASURE
    form_class = ProposeForm
    submit = gettext_lazy("提出删除")

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("提出删除：%(name)s") % {"name": self.name(request, record)}
        note = _(
            "删除后只留下看不出是谁的统计项，姓名、证件、电话、住址、文字和历史都不再有，不能恢复。要另一个人确认。"
        )
        return {"record": record, "heading": heading, "note": note}

    def show(self, request: HttpRequest, record: Any, form: Any, status: int = 200) -> HttpResponse:
        asked = request.GET.get("ground", "")
        if not form.is_bound and asked in ErasureGround.values:
            form.fields["ground"].initial = asked
        return super().show(request, record, form, status)


class Decide(ErasureAct):
    right = Right.CONFIRM_ERASURE
    form_class = DecideForm
    template = "protection/decide.html"

    def record(self, request: HttpRequest, number: str) -> Child:
        """Only where a proposal waits that this user may decide."""
        record = super().record(request, number)
        opened = record.erasures.open().first()
        if opened is None or not may_decide(opened, request.user):
            raise Http404
        return record

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("删除个人信息：%(name)s") % {"name": self.name(request, record)}
        opened: Any = record.erasures.open().select_related("proposed_by").first()
        facts = [
            {"label": _("档案编号"), "value": record.number},
            {"label": _("依据"), "value": opened.get_ground_display()},
            {"label": _("提出人"), "value": f"{opened.proposed_by.unit_label} {opened.proposed_by.label}"},
            {"label": _("说明"), "value": opened.note},
        ]
        return {"record": record, "heading": heading, "facts": facts}
