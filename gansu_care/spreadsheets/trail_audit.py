"""The yearly audit: a year of the trail as a workbook, for the report to the cyberspace office by the end of January.

Counts by act and month, role and unit; each unmasking, each file that left, refused access by user; and whether the
chain of the trail holds. It names records by their numbers and holds no personal value.
"""

import io
from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractMonth
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right, Role
from gansu_care.divisions.book import book
from gansu_care.pages.screens.trail_words import kind_in_words, reason_in_words
from gansu_care.pages.standing import FIRST_YEAR
from gansu_care.pages.wording import moment
from gansu_care.spreadsheets.file_names import dated, safe_name
from gansu_care.spreadsheets.release import CONTENT_TYPES, XLSX
from gansu_care.spreadsheets.tables import TEXT, Cell, Column, Row, Table
from gansu_care.spreadsheets.writing.reports import write_report
from gansu_care.trail.chain import faults
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event, EventSeal

MONTHS = range(1, 13)
# A list of single acts goes so far; the counts hold all of them.
MOST_ROWS = 20_000
MOST_FAULTS = 100


class TrailAudit(View):
    right = Right.SEE_TRAIL

    def get(self, request: HttpRequest, year: int) -> FileResponse:
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise Http404
        user: Any = request.user
        file, found = io.BytesIO(), tables(year)
        footer = f"{user.unit_label} {user.label}　{timezone.localtime():%Y-%m-%d %H:%M}"
        write_report(file, found, footer=footer)
        file.seek(0)
        record_event(
            Action.EXPORT, user, kind="audit", number=str(year), rows=sum(len(one.rows) for one in found)
        )
        name = safe_name(dated(_("%(year)s年操作记录审计") % {"year": year}), XLSX)
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[XLSX])
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def events_of(year: int) -> QuerySet[Event]:
    """The events of a calendar year of the province."""
    first, next_first = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))
    return Event.objects.filter(at__gte=first, at__lt=next_first)


def tables(year: int) -> list[Table]:
    events = events_of(year).order_by()
    return [
        _by_month(events, year),
        _by(
            events, "T2", _("按角色"), "role", _("角色"), lambda role: str(dict(Role.choices).get(role, role))
        ),
        _by(events, "T3", _("按单位"), "division_code", _("行政区划"), _place),
        _listed(events.filter(action=Action.UNMASK), "T4", _("查看完整信息")),
        _listed(
            events.filter(action__in=(Action.EXPORT, Action.DOWNLOAD, Action.PRINT)),
            "T5",
            _("导出、下载和打印"),
        ),
        _by(
            events.filter(action__in=(Action.REFUSED, Action.SIGN_IN_FAILED)),
            "T6",
            _("被拒绝的访问和失败的登录"),
            "username",
            _("用户名"),
            str,
        ),
        _chain(),
    ]


def _by_month(events: QuerySet[Event], year: int) -> Table:
    counts: dict[str, Counter[int]] = {action: Counter() for action in Action.values}
    for action, month, times in (
        events.annotate(month=ExtractMonth("at")).values_list("action", "month").annotate(Count("pk"))
    ):
        counts.setdefault(action, Counter())[month] += times
    labels = dict(Action.choices)
    rows = [
        Row(labels.get(action, action), [Cell(months[month]) for month in MONTHS] + [Cell(months.total())])
        for action, months in counts.items()
    ]
    columns = [Column(f"m{month}", (_("%(n)s月") % {"n": month},)) for month in MONTHS]
    title = _("%(year)s年各类操作") % {"year": year}
    return Table("T1", title, [*columns, Column("year", (_("全年"),))], rows, stub=_("操作"), unit=_("次"))


def _by(events: QuerySet[Event], number: str, title: str, field: str, stub: str, name: Any) -> Table:
    found: dict[str, Counter[str]] = {}
    for key, action, times in events.values_list(field, "action").annotate(Count("pk")).order_by(field):
        found.setdefault(key, Counter())[action] += times
    labels = dict(Action.choices)
    used = [action for action in Action.values if any(counts[action] for counts in found.values())]
    rows = [
        Row(name(key) or "—", [Cell(counts[action]) for action in used] + [Cell(counts.total())])
        for key, counts in found.items()
    ]
    columns = [Column(action, (str(labels[action]),)) for action in used]
    return Table(number, title, [*columns, Column("all", (_("合计"),))], rows, stub=stub, unit=_("次"))


def _listed(events: QuerySet[Event], number: str, title: str) -> Table:
    columns = [
        Column("user", (_("用户名"),), TEXT),
        Column("place", (_("行政区划"),), TEXT),
        Column("action", (_("操作"),), TEXT),
        Column("kind", (_("内容"),), TEXT),
        Column("number", (_("编号"),), TEXT),
        Column("rows", (_("行数"),)),
        Column("reason", (_("原因"),), TEXT),
    ]
    rows = [
        Row(
            moment(one.at),
            [
                Cell(one.username or "—"),
                Cell(_place(one.division_code) or "—"),
                Cell(str(one.get_action_display())),
                Cell(str(kind_in_words(one.kind))),
                Cell(one.number or "—"),
                Cell(one.rows),
                Cell(reason_in_words(one.reason, one.action) or "—"),
            ],
        )
        for one in events.order_by("pk")[:MOST_ROWS]
    ]
    told = events.aggregate(times=Count("pk"), rows=Sum("rows"))
    note = _("共 %(times)s 次，%(rows)s 行。") % {
        "times": f"{told['times']:,}",
        "rows": f"{told['rows'] or 0:,}",
    }
    return Table(number, title, columns, rows, stub=_("时间"), notes=[note])


def _chain() -> Table:
    """The state of the chain on the day of the export, over the whole trail."""
    found = [fault.what for fault, _place in zip(faults(), range(MOST_FAULTS), strict=False)]
    last = EventSeal.objects.order_by("number").last()
    rows = [
        Row(_("盖有印记的操作记录"), [Cell(f"{last.number:,}" if last else "0")]),
        Row(_("最后一个印记"), [Cell(last.digest if last else "—")]),
        Row(_("结论"), [Cell(_("有问题，见下") if found else _("首尾相连，没有改动"))]),
        *(Row(_("问题"), [Cell(what)]) for what in found),
    ]
    return Table("T7", _("操作记录的完整性"), [Column("value", (_("情况"),), TEXT)], rows, stub=_("项目"))


def _place(code: str) -> str:
    division = book().by_code.get(code)
    return division.full_label if division else code
