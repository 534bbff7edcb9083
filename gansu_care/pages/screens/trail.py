"""The trail: who did what and when. Whoever reads it leaves an event too."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Right, Role
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level
from gansu_care.pages.keyset import CAP, Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.record_forms import DateInput
from gansu_care.pages.screens.trail_words import kind_in_words, number_in_words, reason_in_words
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action, Event

KIND = "trail"
UNUSUAL = {
    Action.SIGN_IN_FAILED: "is-warn",
    Action.UNMASK: "is-warn",
    Action.REFUSED: "is-warn",
    Action.EXPORT: "is-info",
    Action.DOWNLOAD: "is-info",
}


class EventFilter(django_filters.FilterSet):
    user = django_filters.CharFilter(label=_("用户名"), method="by_user", max_length=60)
    place = django_filters.ModelChoiceFilter(
        label=_("行政区划"),
        queryset=lambda request: Division.objects.in_force().exclude(level=Level.TOWNSHIP).order_by("code"),
        method="by_place",
        to_field_name="code",
        empty_label=_("全部"),
    )
    action = django_filters.ChoiceFilter(label=_("操作"), choices=Action.choices, empty_label=_("全部"))
    number = django_filters.CharFilter(label=_("记录编号"), method="by_number", max_length=40)
    since = django_filters.DateFilter(label=_("从"), method="from_day", widget=DateInput())
    until = django_filters.DateFilter(label=_("到"), method="to_day", widget=DateInput())

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def by_user(self, rows: Any, name: str, value: str) -> Any:
        """By the number of the account, which has an index; a name that has none is looked for as it was written."""
        username = value.strip().replace("\0", "")
        account = User.objects.filter(username__iexact=username).first()
        return rows.filter(user_id=account.pk) if account else rows.filter(username=username)

    def by_place(self, rows: Any, name: str, value: Division) -> Any:
        """Acts of the people of a division, and of all below it."""
        codes = Division.objects.filter(
            Q(pk=value.pk) | Q(parent=value.pk) | Q(parent__parent=value.pk)
        ).values_list("code", flat=True)
        return rows if value.level == Level.PROVINCE else rows.filter(division_code__in=list(codes))

    def by_number(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        return rows.filter(Q(number=text) | Q(number=text.upper()))

    def from_day(self, rows: Any, name: str, value: Any) -> Any:
        since = _midnight(value)
        return rows.filter(at__gte=since, pk__gte=first_after(since))

    def to_day(self, rows: Any, name: str, value: Any) -> Any:
        until = _midnight(value + timedelta(days=1))
        return rows.filter(at__lt=until, pk__lt=first_after(until) + 2 * AT_MOST_LATE)


# An event may get its number this many events before another that says an earlier time.
AT_MOST_LATE = 100_000


def first_after(moment: datetime) -> int:
    """A number that no event from this moment on lies below: millions of events are then read from the right place."""
    found = Event.objects.filter(at__gte=moment).order_by("at").values_list("pk", flat=True).first()
    if found is None:
        found = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return max(0, found - AT_MOST_LATE)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def conditions_in_words(query: str) -> str:
    """`action=read&user=officer` as the filter of this page calls it: 操作：查看，用户名：officer."""
    actions = dict(Action.choices)
    told = (
        _("%(label)s：%(value)s")
        % {"label": EventFilter.base_filters[name].label, "value": actions.get(value, value)}
        for name, value in parse_qsl(query)
        if name in EventFilter.base_filters
    )
    return str(_("，")).join(map(str, told))


class EventTable(RegistryTable):
    at = tables.Column(_("时间"), attrs=cell("nowrap"))
    username = tables.Column(_("用户名"), empty_values=(), attrs=cell("name"))
    role = tables.Column(_("角色"), default="—", attrs=cell("nowrap drop-md drop-sm"))
    division_code = tables.Column(_("行政区划"), default="—", attrs=cell("nowrap drop-sm"))
    action = tables.Column(_("操作"), attrs=cell("nowrap top-sm"))
    kind = tables.Column(_("记录种类"), default="—", attrs=cell("nowrap drop-sm"))
    number = tables.Column(_("记录编号"), default="—", attrs=cell("nowrap all-sm"))
    rows = tables.Column(_("行数"), default="—", attrs=cell("num"))
    reason = tables.Column(_("原因"), default="—", attrs=cell("all-sm"))
    address = tables.Column(_("网络地址、请求编号"), default="—", attrs=cell("nowrap drop-md drop-sm"))

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def render_at(self, value: datetime) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"

    def render_username(self, record: Event) -> Any:
        if record.system_user:
            words = {"user": record.username or "—", "system_user": record.system_user}
            return _("%(user)s（命令行：%(system_user)s）") % words
        return record.username or "—"

    def render_role(self, value: str) -> Any:
        return dict(Role.choices).get(value, value)

    def render_division_code(self, value: str) -> str:
        division = book().by_code.get(value)
        return division.label if division else value

    def render_action(self, record: Event) -> Any:
        level = UNUSUAL.get(Action(record.action)) if record.action in Action.values else None
        label = record.get_action_display()
        return format_html('<span class="gc-st {}">{}</span>', level, label) if level else label

    def render_kind(self, value: str) -> Any:
        return kind_in_words(value)

    def render_number(self, record: Event) -> str:
        return number_in_words(record.number, record.action)

    def render_reason(self, record: Event) -> str:
        """The summary of the trail itself is taken with its conditions."""
        if record.kind == KIND and record.action == Action.EXPORT:
            return conditions_in_words(record.reason)
        return reason_in_words(record.reason, record.action)

    def render_address(self, record: Event) -> Any:
        """One under the other: with a column for each, the list would be wider than most screens."""
        return format_html('{}<span class="sub d-block">{}</span>', record.address, record.reference)

    def render_rows(self, value: int) -> int:
        return value


class EventList(ListPage):
    right = Right.SEE_TRAIL
    model = Event
    filterset_class = EventFilter
    table_class = EventTable
    template = "trail/list.html"
    sorts = (Sort("time", "id", descending=True),)
    caption = _("操作记录，最近的在前")

    def rows(self, request: HttpRequest) -> QuerySet:
        """Every event of the province: the right alone decides (accounts/roles.py)."""
        return Event.objects.all()

    def cap(self, request: HttpRequest) -> int:
        return CAP

    def context(self, request: HttpRequest, filterset: Any, page: Any) -> dict[str, Any]:
        record_event(Action.READ, request.user, kind=KIND, rows=len(page.rows))
        this_year = timezone.localdate().year
        return {
            **super().context(request, filterset, page),
            "kept_days": settings.TRAIL_KEPT_DAYS,
            "years": [this_year - 1, this_year],
        }
