"""The trail in numbers: events by day, user and kind, as csv. Single acts stay on the page; taking this leaves one."""

import io

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right, Role
from gansu_care.pages.screens.trail import KIND, EventList
from gansu_care.spreadsheets.file_names import dated, safe_name
from gansu_care.spreadsheets.release import attachment
from gansu_care.spreadsheets.writing.sheet_columns import DATE, ID, INT, SheetColumn
from gansu_care.spreadsheets.writing.text_files import write_csv
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

GROUPED = ("day", "username", "role", "division_code", "action", "kind")


def columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("日期"), DATE),
        SheetColumn(_("用户名")),
        SheetColumn(_("角色")),
        SheetColumn(_("区划代码"), ID),
        SheetColumn(_("操作")),
        SheetColumn(_("记录种类")),
        SheetColumn(_("次数"), INT),
        SheetColumn(_("行数"), INT),
    ]


def summary(events: QuerySet) -> list[list[object]]:
    """One row for each day, user, role, division, act and kind of record: how often, and how many rows."""
    grouped = events.order_by().annotate(day=TruncDate("at")).values_list(*GROUPED)
    counted = grouped.annotate(times=Count("pk"), total=Sum("rows")).order_by(*GROUPED)
    roles, actions = dict(Role.choices), dict(Action.choices)
    return [
        [
            day,
            username,
            str(roles.get(role, role)),
            code,
            str(actions.get(action, action)),
            kind,
            times,
            total,
        ]
        for day, username, role, code, action, kind, times, total in counted
    ]


class TrailExport(View):
    right = Right.SEE_TRAIL

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = EventList().filtered(request)
        conditions = request.GET.urlencode()
        if not filterset.form.is_valid():
            # The list shows what is wrong with the conditions.
            return redirect(f"{reverse('trail:list')}?{conditions}")
        rows, file = summary(filterset.qs), io.BytesIO()
        write_csv(file, columns(), rows)
        record_event(Action.EXPORT, request.user, kind=KIND, rows=len(rows), reason=conditions)
        return attachment(file.getvalue(), safe_name(dated(_("操作记录汇总")), "csv"))
