"""How often a person may do what is costly or tells much: one table, counted in the database for all processes.

    take(request, UNMASK)        # in the view, before the act; raises TooOften, which the gate answers with 429

What is beyond the allowance is not done, and told to the trail. Unmasking beyond it also raises an alarm, which a
security administrator has to look into: an officer calls a few families an hour, not sixty.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gansu_care.accounts.models import Alarm, CostlyAct, User
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

UPLOAD, EXPORT, UNMASK, SEARCH = "upload", "export", "unmask", "search"


@dataclass(frozen=True)
class Allowance:
    """So many times within so long; `advice` is what to do instead. Settings may change the number (ALLOWANCES)."""

    label: str | Promise
    most: int
    span: timedelta
    advice: str | Promise
    alarms: bool = False


HOUR = timedelta(hours=1)
ALLOWANCES = {
    UPLOAD: Allowance(_("上传表格"), 20, HOUR, _("把几个小表合成一个再上传，或者过一会儿再传。")),
    EXPORT: Allowance(
        _("导出名单"), 10, timedelta(days=1), _("先在页面上查看；确实需要更多的，明天再导出。")
    ),
    UNMASK: Allowance(
        _("查看完整信息"),
        60,
        HOUR,
        _("已告知安全管理员。确有工作需要的，请先向她说明，过一小时再查。"),
        alarms=True,
    ),
    SEARCH: Allowance(_("查找"), 300, timedelta(minutes=10), _("用条件查询代替逐个查找，过几分钟再试。")),
}


class TooOften(Exception):
    """Beyond the allowance: nothing was done. `what` is a key of ALLOWANCES."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def most(what: str) -> int:
    return settings.ALLOWANCES.get(what, ALLOWANCES[what].most)


def take(request: HttpRequest, what: str) -> None:
    """Count one act of the user who asks. Raises TooOften when she has had all that the table allows her."""
    user: Any = request.user
    since = timezone.now() - ALLOWANCES[what].span
    with transaction.atomic():
        # Two requests of one person wait for each other here, so that both cannot be the last one allowed.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        done = CostlyAct.objects.filter(account_id=user.pk, what=what, at__gt=since).count()
        if done < most(what):
            CostlyAct.objects.create(account_id=user.pk, what=what)
            return
        record_event(Action.REFUSED, user, kind=f"allowance.{what}", rows=done)
        if ALLOWANCES[what].alarms:
            Alarm.objects.get_or_create(account_id=user.pk, what=what, settled_at=None)
    raise TooOften(what)


def forget_old_acts() -> int:
    """What no allowance looks back to any more; returns how many."""
    longest = max(allowance.span for allowance in ALLOWANCES.values())
    return CostlyAct.objects.filter(at__lt=timezone.now() - longest).delete()[0]


def too_often(request: HttpRequest, refused: TooOften) -> HttpResponse:
    allowance = ALLOWANCES[refused.what]
    words = {"what": allowance.label, "most": most(refused.what), "span": in_words(allowance.span)}
    reason = _("%(what)s：%(span)s内最多 %(most)s 次，您已经用完。") % words
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": f"{reason}{allowance.advice}"}, status=429)
    context = {"reason": reason, "advice": allowance.advice}
    return render(request, "429.html", context, status=429)


def in_words(span: timedelta) -> str | Promise:
    if span == HOUR:
        return _("一小时")
    return _("24 小时") if span >= timedelta(days=1) else _("10 分钟")
