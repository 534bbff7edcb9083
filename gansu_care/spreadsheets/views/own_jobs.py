"""The user's own background jobs: left, found again, cancelled; the files of long lists."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import cancel
from gansu_care.pages.keyset import CAP, Page, Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.screens.jobs import LEVELS, NAMES
from gansu_care.pages.wording import moment
from gansu_care.spreadsheets.export_jobs import handed_out, kept_until, may_fetch
from gansu_care.spreadsheets.job_words import (
    address_of,
    done_in_words,
    is_second_person,
    left_in_words,
    may_cancel,
    title_of,
    with_things,
)
from gansu_care.spreadsheets.models import ListExport, Upload


class OwnJobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=JobState.choices, empty_label=_("全部"))

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()


class OwnJobTable(RegistryTable):
    kind = tables.Column(_("任务"), attrs=cell("name"))
    thing = tables.Column(_("内容"), empty_values=(), attrs=cell("all-sm"))
    state = tables.Column(_("状态"), attrs=cell("nowrap top-sm"))
    progress = tables.Column(_("进度"), accessor="done", attrs=cell("num"))
    created_at = tables.Column(_("提交时间"), attrs=cell("nowrap"))
    ended_at = tables.Column(_("结束时间"), default="—", attrs=cell("nowrap drop-sm"))
    acts = tables.Column(_("操作"), empty_values=(), attrs=cell("row-acts"))

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()

    def render_kind(self, value: str) -> Any:
        return NAMES.get(value, value)

    def render_thing(self, record: Any) -> str:
        title, url = title_of(record.thing) or "—", address_of(record.thing)
        return format_html('<a href="{}">{}</a>', url, title) if isinstance(record.thing, Upload) else title

    def render_state(self, record: Job) -> str:
        asked = record.cancel_asked_at and not record.is_over
        said = gettext("正在取消") if asked else record.get_state_display()
        return format_html('<span class="gc-st {}">{}</span>', LEVELS[JobState(record.state)], said)

    def render_progress(self, record: Job) -> str:
        done, left = done_in_words(record), left_in_words(record)
        return format_html('{}<br><span class="muted small">{}</span>', done, left) if left else done

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    render_ended_at = render_created_at

    def render_acts(self, record: Any) -> str:
        action = self.action(record)
        return render_to_string("components/action.html", {"action": action}, self.request) if action else ""

    def action(self, job: Any) -> dict[str, Any] | None:
        if may_cancel(job, self.request.user):
            return cancelling(job) | {"small": True}
        if isinstance(job.thing, ListExport) and job.thing.is_ready:
            return {"label": gettext("下载"), "url": address_of(job.thing), "icon": "download", "small": True}
        if isinstance(job.thing, Upload):
            return {"label": gettext("去看"), "url": address_of(job.thing), "small": True}
        return None


def cancelling(job: Job) -> dict[str, Any]:
    """The button that has a job stopped."""
    return {
        "label": gettext("取消任务"),
        "url": reverse("spreadsheets:cancel", args=[job.pk]),
        "post": True,
        "confirm": gettext("取消这个任务吗？还没有写入的不会写入。"),
    }


class OwnJobs(ListPage):
    right = Right.UPLOAD
    model = Job
    filterset_class = OwnJobFilter
    table_class = OwnJobTable
    template = "spreadsheets/own_jobs.html"
    sorts = (Sort("number", "id", descending=True),)
    noun = "task"
    caption = _("我的后台任务，最近的在前")

    def rows(self, request: HttpRequest) -> QuerySet:
        """Her own, wherever she stands."""
        return Job.objects.filter(user=request.user).defer("result")

    def page(self, request: HttpRequest, filterset: Any, sort: Sort) -> Page:
        page = super().page(request, filterset, sort)
        with_things(page.rows)
        return page

    def cap(self, request: HttpRequest) -> int:
        return CAP

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        own = self.rows(request).order_by()
        counts = {state: own.filter(state=state).count() for state in (JobState.WAITING, JobState.RUNNING)}
        empty = gettext("还没有后台任务") if not request.GET else ""
        return {
            **super().context(request, filterset, page),
            "counts": counts,
            "empty_title": empty,
            "kept_hours": settings.EXPORT_KEPT_HOURS,
        }


class JobCancel(View):
    """Whoever began a job, or a second person of the scope, has it stopped at its next step."""

    right = Right.UPLOAD

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.found(request, pk)
        return redirect("spreadsheets:jobs")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = self.found(request, pk)
        try:
            said = may_cancel(job, request.user) and cancel(job, request.user)
        except OperationalError:  # SQLite: the job is writing, and nobody else can
            said = False
        if said:
            messages.success(request, gettext("已要求取消。"))
        else:
            messages.warning(request, gettext("来不及取消：任务已经结束，或者正在写入登记册。"))
        [job] = with_things([job])
        on = address_of(job.thing) if isinstance(job.thing, Upload) else ""  # type: ignore[attr-defined]
        return redirect(on or "spreadsheets:jobs")

    def found(self, request: HttpRequest, pk: int) -> Job:
        job = get_object_or_404(Job.objects.defer("result"), pk=pk)
        if job.user_id != request.user.pk and not is_second_person(job, request.user):
            raise Http404
        return job


class ExportFile(View):
    """The file of a long list, for whoever asked for it, as long as all of it is hers to see."""

    right = Right.EXPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
        export = get_object_or_404(ListExport.objects.asked_by(request.user), pk=pk)
        if not export.is_ready or kept_until(export) is None:
            messages.info(request, gettext("文件还没有做好，或者已经到期删除。"))
        elif not may_fetch(export, request.user):
            messages.warning(request, gettext("名单里有的记录现在不归您的单位了，请重新导出。"))
        else:
            return handed_out(export, request.user)
        return redirect("spreadsheets:jobs")
