"""Background work: what waits, runs, ended, and why something did not end well. Nothing here names a child."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.pages.keyset import CAP, Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.templatetags.gc import moment, number

LEVELS = {
    JobState.WAITING: "",
    JobState.RUNNING: "is-info",
    JobState.DONE: "is-ok",
    JobState.FAILED: "is-bad",
    JobState.CANCELLED: "is-end",
}
NAMES = {
    "check_upload": _("检查上传的表格"),
    "apply_upload": _("导入上传的表格"),
    "undo_upload": _("撤销导入"),
    "export_list": _("导出名单"),
    "make_export": _("生成导出文件"),
}


class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=JobState.choices, empty_label=_("全部"))

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()


class JobTable(RegistryTable):
    """The step and the result are left out: they may quote a file."""

    id = tables.Column(_("编号"), attrs=cell("num"))
    kind = tables.Column(_("任务"), attrs=cell("name"))
    user = tables.Column(_("发起人"), accessor="user__username", attrs=cell("nowrap"))
    state = tables.Column(_("状态"), attrs=cell("nowrap top-sm"))
    progress = tables.Column(_("进度"), accessor="done", attrs=cell("num"))
    attempts = tables.Column(_("次数"), attrs=cell("num drop-sm"))
    created_at = tables.Column(_("提交时间"), attrs=cell("nowrap"))
    heartbeat = tables.Column(_("最近进展"), attrs=cell("nowrap drop-sm drop-md"))
    ended_at = tables.Column(_("结束时间"), default="—", attrs=cell("nowrap drop-sm"))
    failure = tables.Column(_("未完成原因"), default="—", attrs=cell("all-sm"))

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()

    def render_kind(self, value: str) -> Any:
        return NAMES.get(value, value)

    def render_state(self, record: Job) -> str:
        level = LEVELS[JobState(record.state)]
        return format_html('<span class="gc-st {}">{}</span>', level, record.get_state_display())

    def render_progress(self, record: Job) -> str:
        return f"{number(record.done)} / {number(record.total)}" if record.total else "—"

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    render_heartbeat = render_ended_at = render_created_at

    def render_failure(self, value: str) -> str:
        return gettext(value)


class JobList(ListPage):
    right = Right.SEE_JOBS
    model = Job
    filterset_class = JobFilter
    table_class = JobTable
    template = "jobs/list.html"
    sorts = (Sort("number", "id", descending=True),)
    noun = "task"
    caption = _("后台任务，最近的在前")

    def rows(self, request: HttpRequest) -> QuerySet:
        """Every job of the service: they belong to no division."""
        return Job.objects.defer("result", "step")

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("user")

    def cap(self, request: HttpRequest) -> int:
        return CAP

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        held = Job.objects.order_by()
        told = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)
        counts = {state: held.filter(state=state).count() for state in told}
        return {**super().context(request, filterset, page), "counts": counts}
