"""What a security administrator watches: who is signed in, alarms, and the rules of signing in as they are set."""

from typing import Any

import django_filters
import django_tables2 as tables
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from gansu_care.accounts.acts import end_one_session, settle_alarm
from gansu_care.accounts.allowances import ALLOWANCES, in_words, most
from gansu_care.accounts.models import Alarm
from gansu_care.accounts.roles import Right
from gansu_care.pages.keyset import Sort
from gansu_care.pages.lists import ListPage, RegistryTable, cell
from gansu_care.pages.screens.accounts_forms import OutcomeForm
from gansu_care.pages.templatetags.gc import moment

EARLIER = 20


# --- who is signed in ------------------------------------------------------------------------------------------------


class SignInFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=gettext_lazy("用户名或姓名"), method="by_text", max_length=60)

    class Meta:
        model = UserSession
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Any, name: str, value: str) -> Any:
        text = value.strip().replace("\0", "")
        return rows.filter(Q(user__username__icontains=text) | Q(user__name__contains=text))


class SignInTable(RegistryTable):
    position = tables.Column(gettext_lazy("序号"), empty_values=(), attrs=cell("no drop-sm"))
    user = tables.Column(gettext_lazy("姓名"), attrs=cell("name"))
    username = tables.Column(gettext_lazy("用户名"), accessor="user__username", attrs=cell("nowrap"))
    role = tables.Column(gettext_lazy("角色"), accessor="user__get_role_display", attrs=cell("nowrap"))
    unit = tables.Column(gettext_lazy("单位"), accessor="user__unit_label", attrs=cell("cut drop-md"))
    created_at = tables.Column(gettext_lazy("登录时间"), attrs=cell("nowrap"))
    ip = tables.Column(gettext_lazy("网络地址"), attrs=cell("nowrap"))
    acts = tables.Column(gettext_lazy("操作"), accessor="pk", attrs=cell("row-acts"))

    class Meta:
        model = UserSession
        fields: tuple[str, ...] = ()

    def render_user(self, record: UserSession) -> str:
        return record.user.label

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    def render_acts(self, record: UserSession) -> str:
        """A button of the one form that carries the token (templates/accounts/sign_ins.html)."""
        if self.request and record.session_key == self.request.session.session_key:
            return format_html('<span class="gc-st is-ok">{}</span>', _("正在使用的这台"))
        return format_html(
            '<button class="btn btn-sm btn-default" type="submit" form="end-sign-in" formaction="{}">{}</button>',
            reverse("accounts:end_session", args=[record.pk]),
            _("退出"),
        )


class SignInList(ListPage):
    right = Right.WATCH_SIGN_INS
    model = UserSession
    filterset_class = SignInFilter
    table_class = SignInTable
    template = "accounts/sign_ins.html"
    sorts = (Sort("time", "id", descending=True),)
    caption = gettext_lazy("现在登录的账号，最近登录的在前")

    def rows(self, request: HttpRequest) -> QuerySet:
        """Sessions that still live; allauth's rows of those that ended stay until their owner looks."""
        living = Session.objects.filter(expire_date__gt=timezone.now())
        return UserSession.objects.filter(session_key__in=living.values("session_key"))

    def with_related(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("user__division")

    def cap(self, request: HttpRequest) -> int | None:
        return None


class EndSession(View):
    right = Right.WATCH_SIGN_INS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = get_object_or_404(UserSession.objects.select_related("user"), pk=pk)
        end_one_session(request.user, session)
        name = session.user.label
        messages.success(request, _("%(name)s 的这次登录已退出。") % {"name": name})
        return redirect("accounts:sign_ins")


# --- alarms and rules ------------------------------------------------------------------------------------------------


class Watch(View):
    right = Right.WATCH_SIGN_INS

    def get(self, request: HttpRequest) -> HttpResponse:
        alarms = Alarm.objects.select_related("account__division", "settled_by")
        context = {
            "heading": _("登录安全"),
            "open": [_alarm(one) for one in alarms.filter(settled_at=None).order_by("id")],
            "settled": [_alarm(one) for one in alarms.exclude(settled_at=None)[:EARLIER]],
            "rules": rules(),
            "allowances": [
                {"label": one.label, "value": _("%(span)s %(n)s 次") % _words(what)}
                for what, one in ALLOWANCES.items()
            ],
        }
        return render(request, "accounts/watch.html", context)


def _words(what: str) -> dict[str, Any]:
    return {"span": in_words(ALLOWANCES[what].span), "n": most(what)}


def _alarm(alarm: Alarm) -> dict[str, Any]:
    words = {"what": ALLOWANCES[alarm.what].label, **_words(alarm.what)}
    return {"alarm": alarm, "text": _("%(what)s超过%(span)s %(n)s 次") % words, "time": moment(alarm.at)}


def rules() -> list[dict[str, str]]:
    """The settings of accounts/sign_in_policy.py in words."""
    off = _("本环境不要求")
    minutes, admins = settings.IDLE_SECONDS // 60, settings.IDLE_SECONDS_ADMINISTRATORS // 60
    idle = _("%(n)s 分钟没有操作就退出，管理员 %(m)s 分钟") % {"n": minutes, "m": admins}
    days, dormant = settings.PASSWORD_DAYS, settings.DORMANT_DAYS
    owed = _("省级、有导出权的角色和各类管理员必须启用")
    return [
        {"label": _("密码"), "value": _("至少 10 位，四类字符中的三类，不能和最近 5 次的相同")},
        {"label": _("密码更换"), "value": _("每 %(n)s 天") % {"n": days} if days else off},
        {
            "label": _("登录失败"),
            "value": _("15 分钟内 5 次就锁定 15 分钟，密码、动态验证码、恢复码合并计算"),
        },
        {"label": _("两步验证"), "value": owed if settings.SECOND_FACTOR_REQUIRED else off},
        {"label": _("登录时长"), "value": _("%(idle)s；最长 12 小时") % {"idle": idle}},
        {"label": _("久未登录"), "value": _("%(n)s 天没有登录就停用") % {"n": dormant} if dormant else off},
    ]


class SettleAlarm(View):
    """An alarm is closed by writing what came of it."""

    right = Right.WATCH_SIGN_INS

    def alarm(self, pk: int) -> Alarm:
        return get_object_or_404(Alarm.objects.select_related("account"), pk=pk, settled_at=None)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.alarm(pk), OutcomeForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        alarm, form = self.alarm(pk), OutcomeForm(request.POST)
        if not form.is_valid():
            return self.show(request, alarm, form, status=422)
        settle_alarm(request.user, alarm, form.cleaned_data["outcome"])
        messages.success(request, _("告警已处理。"))
        return redirect("accounts:watch")

    def show(self, request: HttpRequest, alarm: Alarm, form: OutcomeForm, status: int = 200) -> HttpResponse:
        told = _alarm(alarm)
        context = {
            "heading": _("处理告警"),
            "note": f"{alarm.account.label}（{alarm.account.username}）：{told['text']}，{told['time']}",
            "form": form,
            "submit_label": _("处理完毕"),
            "cancel_url": reverse("accounts:watch"),
        }
        return render(request, "accounts/act.html", context, status=status)
