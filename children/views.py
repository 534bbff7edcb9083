"""Pages of children. Each view orders the steps; the rules stand in querysets, forms and facts."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from children.filters import ChildFilter
from children.forms import REASONS, ChildForm, ExitForm, MergeForm, ReturnForm
from children.left_behind import MCA2016
from children.models import Carer, Child, Consent, Episode, Grandparent, Parent, ParentState
from children.naming import masks_for, shown_name
from children.record_page import child_page
from children.restricted import Unrestricted, restricted_page
from children.side_by_side import compare
from children.tables import ChildTable
from children.unmasking import opens_alone
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Page, Sort, capped_count, keyset_page
from gansu_care.pages.lists import ListPage
from gansu_care.pages.panels import panels_for
from gansu_care.pages.record_forms import VoidForm
from gansu_care.pages.records import DetailPage, FormPage, HistoryPage, ReasonPage
from gansu_care.pages.standing import standing_of
from gansu_care.pages.wording import number
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action
from gansu_care.trail.registry import StaleRow

KIND = "child"


class ChildList(ListPage):
    right = Right.SEE_PERSONS
    model = Child
    filterset_class = ChildFilter
    table_class = ChildTable
    template = "children/list.html"
    sorts = (Sort("name", "name_sort"), Sort("age", "birth_date", descending=True), Sort("number", "id"))
    noun = "child"
    reads_persons = "children"
    caption = gettext_lazy("留守儿童名单")
    searches_persons = True

    def rows(self, request: HttpRequest) -> Any:
        division = standing_of(request).division
        rows = super().rows(request).in_force().unrestricted()
        # The indexes begin with the county: a township's rows are found inside it.
        return rows.around(division) if division else rows

    def with_related(self, rows: QuerySet) -> QuerySet:
        states = ParentState.objects.filter(until=None)
        carers = Carer.objects.filter(until=None)
        return rows.select_related("division").prefetch_related(
            "parents", Prefetch("parents__states", states), Prefetch("carers", carers)
        )

    def page(self, request: HttpRequest, filterset: Any, sort: Sort) -> Page:
        """Names are looked up in an index that has them in the list's own order, by name."""
        along = filterset.along if sort.column == "name_sort" else None
        if along is None:
            return super().page(request, filterset, sort)
        rows = self.with_related(filterset.beside_text)
        return keyset_page(rows, sort, request.GET, cap=self.cap(request), along=along)

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        rows, today = self.rows(request), timezone.localdate()
        cap = self.cap(request)
        registered, is_capped = capped_count(rows.active(), cap)
        drafts, _capped = capped_count(rows.drafts(), cap)
        facts = {"registered": f"{number(registered)}{'+' if is_capped else ''}", "drafts": drafts}
        context = super().context(request, filterset, page)
        return {
            **context,
            **facts,
            "rule": MCA2016,
            "today": today,
            "may_write": request.user.may(Right.WRITE_CHILDREN),  # type: ignore[union-attr]
            "asks_to_open": request.user.may(Right.UNMASK_ASKED),  # type: ignore[union-attr]
        }


class ChildDetail(DetailPage):
    right = Right.SEE_PERSONS
    model = Child
    template = "children/detail.html"
    kind = KIND
    reads_persons = True

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        if not record.is_restricted:
            return super().get(request, number)
        record_event(Action.READ, request.user, kind=KIND, number=record.number, rows=1)
        return render(request, "children/restricted.html", restricted_page(request, record))

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        page = child_page(record, request.user)
        panels = panels_for("child", request, record)
        heading = shown_name(record.name, request.user)
        return {"record": record, "heading": heading, **page, "panels": panels, "reasons": REASONS}


class ChildAdd(FormPage):
    right = Right.WRITE_CHILDREN
    model = Child
    form_class = ChildForm
    template = "children/form.html"
    kind = KIND
    reads_persons = True

    def add_heading(self) -> str:
        return _("登记儿童")

    def with_hidden(self, request: HttpRequest) -> bool:
        """A new record hides nothing: there is nothing to hide yet."""
        return True

    def form(self, request: HttpRequest, record: Child | None, data: Any = None) -> ChildForm:
        form = ChildForm(data, instance=record, user=request.user, with_hidden=self.with_hidden(request))
        division = standing_of(request).division
        if record is None and division is not None:
            form.fields["division"].initial = division.pk
        return form

    def form_context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        context = super().form_context(request, record)
        return {**context, "keeps_minimum": record is None or record.is_draft}

    def save(self, request: HttpRequest, form: Any, record: Any) -> Child:
        saved = super().save(request, form, record)
        if form.not_kept:
            words = {"fields": _("、").join(form.not_kept)}
            messages.warning(
                request,
                _("还没有监护人同意，只保存最低限度的内容；没有保存：%(fields)s。取得同意后请再填。") % words,
            )
        return saved


class ChildEdit(Unrestricted, ChildAdd):
    """Looking at the form is a look at the child. Health and difficulty stand in it only when they were asked for."""

    def get(self, request: HttpRequest, number: str = "") -> HttpResponse:
        record = self.record(request, number)
        if self.with_hidden(request):
            record_event(
                Action.UNMASK,
                request.user,
                kind=f"{KIND}.health",
                number=record.number,
                rows=1,
                reason=_("修改健康和困境情况"),
            )
        return super().get(request, number)

    def with_hidden(self, request: HttpRequest) -> bool:
        return request.GET.get("with") == "hidden" and opens_alone(request.user, "health")

    def form_context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        context = super().form_context(request, record)
        return {**context, "heading": _("编辑 %(name)s") % {"name": shown_name(record.name, request.user)}}


class ChildHistory(Unrestricted, HistoryPage):
    right = Right.SEE_PERSONS
    model = Child
    kind = KIND
    reads_persons = True

    def masks(self, request: HttpRequest) -> Any:
        return masks_for(request.user)

    def histories(self, record: Child) -> list[Any]:
        parts: tuple[Any, ...] = (Parent, Carer, Episode, Grandparent, Consent)
        states = ParentState.history.filter(parent__child_id=record.pk)
        return [record.history.all(), *(part.history.filter(child_id=record.pk) for part in parts), states]


class ChildExit(Unrestricted, ReasonPage):
    right = Right.WRITE_CHILDREN
    model = Child
    form_class = ExitForm
    submit = gettext_lazy("办理退出")
    kind = KIND
    reads_persons = True

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("办理退出：%(name)s") % {"name": shown_name(record.name, request.user)}
        return {"record": record, "heading": heading, "note": _("退出后不再计入在册人数，记录和历史都保留。")}


class ChildReturn(Unrestricted, ReasonPage):
    right = Right.WRITE_CHILDREN
    model = Child
    form_class = ReturnForm
    submit = gettext_lazy("重新登记")
    kind = KIND
    reads_persons = True
    action = Action.CHANGE

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("重新登记：%(name)s") % {"name": shown_name(record.name, request.user)}
        return {
            "record": record,
            "heading": heading,
            "note": _("同一个孩子，同一个编号；以前的在册经历都保留。"),
        }


class ChildVoid(Unrestricted, ReasonPage):
    right = Right.WRITE_CHILDREN
    model = Child
    form_class = VoidForm
    kind = KIND
    reads_persons = True

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("作废：%(name)s") % {"name": shown_name(record.name, request.user)}
        return {
            "record": record,
            "heading": heading,
            "note": _("只用于误登记和重复登记；作废后不进任何名单和数字，历史保留。"),
        }


class ChildMerge(Unrestricted, ReasonPage):
    """First both records side by side; then, confirmed, the merger. Who confirms what was changed meanwhile sees both
    again, with what she typed."""

    right = Right.WRITE_CHILDREN
    model = Child
    form_class = MergeForm
    template = "children/merge_into.html"
    comparison_template = "children/merge.html"
    kind = KIND
    reads_persons = True

    def context(self, request: HttpRequest, record: Child) -> dict[str, Any]:
        heading = _("合并档案：%(name)s") % {"name": shown_name(record.name, request.user)}
        note = _(
            "同一个孩子登记了两次时用。%(number)s 会作废，另一条档案保留。下一步先对照两条档案，再确认。"
        )
        return {"record": record, "heading": heading, "note": note % {"number": record.number}}

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        if record.voided_on:
            messages.error(request, _("这条档案已经作废，不能再合并。"))
            return redirect(record.get_absolute_url())
        return super().get(request, number)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        form = self.form(request, number)
        if not form.is_valid():
            return self.show(request, form.record, form, status=422)
        if not form.is_confirmed:
            return self.show_both(request, form)
        try:
            self.act(request, form)
        except StaleRow:
            return self.look_again(request, number)
        messages.success(request, form.done_message())
        return redirect(form.record.get_absolute_url())

    def form(self, request: HttpRequest, number: str) -> MergeForm:
        return MergeForm(request.POST, record=self.record(request, number), user=request.user)

    def act(self, request: HttpRequest, form: MergeForm) -> None:
        with transaction.atomic():
            form.act()
            for action, child in ((Action.END, form.record), (Action.CHANGE, form.staying)):
                record_event(action, request.user, kind=KIND, number=child.number, reason=form.trail_reason)

    def look_again(self, request: HttpRequest, number: str) -> HttpResponse:
        form = self.form(request, number)
        if not form.is_valid():
            return self.show(request, form.record, form, status=409)
        return self.show_both(request, form, is_stale=True, status=409)

    def show_both(
        self, request: HttpRequest, form: MergeForm, status: int = 200, **more: Any
    ) -> HttpResponse:
        form.show_versions()
        for child in (form.record, form.staying):
            record_event(Action.READ, request.user, kind=KIND, number=child.number, rows=1)
        both = compare(form.record, form.staying, request.user)
        context = {**self.context(request, form.record), "form": form, "both": both, **more}
        return render(request, self.comparison_template, context, status=status)
