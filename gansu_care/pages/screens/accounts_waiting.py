"""Accounts on the home page: grants that end soon, grants to approve, alarms to look into."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gansu_care.accounts.grants import ENDING_SOON, ending_soon
from gansu_care.accounts.managing import accounts_managed_by
from gansu_care.accounts.models import Alarm
from gansu_care.accounts.roles import Right
from gansu_care.pages.panels import Todo
from gansu_care.pages.screens.grants import to_decide
from gansu_care.pages.templatetags.gc import day


def account_todos(request: HttpRequest) -> list[Todo]:
    user: Any = request.user
    return [*_alarms(user), *_approvals(user), *_ending(user), *_own(user)]


def _alarms(user: Any) -> list[Todo]:
    count = Alarm.objects.filter(settled_at=None).count() if user.may(Right.WATCH_SIGN_INS) else 0
    if not count:
        return []
    title = ngettext("%(n)s 条告警没有处理", "%(n)s 条告警没有处理", count) % {"n": count}
    note = _("有人查看完整信息的次数超过限额")
    return [Todo(title, note, _("去处理"), reverse("accounts:watch"), tag=_("告警"), level="bad")]


def _approvals(user: Any) -> list[Todo]:
    count = to_decide(user).count()
    if not count:
        return []
    title = ngettext("%(n)s 项授权等您审批", "%(n)s 项授权等您审批", count) % {"n": count}
    url = reverse("accounts:grants")
    return [Todo(title, _("批准以前，本人还不能使用"), _("去审批"), url, tag=_("授权"), level="info")]


def _ending(user: Any) -> list[Todo]:
    if not user.may(Right.MANAGE_ACCOUNTS):
        return []
    count = accounts_managed_by(user).filter(ending_soon()).count()
    if not count:
        return []
    title = ngettext("%(n)s 个账号的授权 30 天内到期", "%(n)s 个账号的授权 30 天内到期", count) % {"n": count}
    url = f"{reverse('accounts:list')}?state=ending"
    return [Todo(title, _("到期自动失效；还需要使用的，请续期"), _("去看"), url, tag=_("授权"), level="warn")]


def _own(user: Any) -> list[Todo]:
    """Her own grant: she can only ask for it."""
    until = user.granted_until
    if until is None or until > timezone.localdate() + ENDING_SOON:
        return []
    title = _("您的授权到 %(day)s 为止") % {"day": day(until)}
    note = _("还需要使用的，请提前联系管理您账号的管理员续期")
    return [
        Todo(
            title, note, _("帮助"), reverse("pages:help_task", args=["accounts"]), tag=_("授权"), level="warn"
        )
    ]
