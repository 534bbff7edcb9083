"""What a person is told when she signs in: when and from where her account was used last, and who failed since."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gansu_care.trail.models import Action, Event


def last_sign_in(user: Any) -> str:
    """A sentence; empty at the first sign-in. To be asked before this sign-in is told to the trail."""
    last = Event.objects.filter(user_id=user.pk, action=Action.SIGN_IN).order_by("-id").first()
    if last is None:
        return ""
    time = date_format(timezone.localtime(last.at), "Y-m-d H:i")
    told = _("上次登录：%(time)s，来自 %(address)s。") % {"time": time, "address": last.address or "—"}
    return told + _failures(user, last)


def _failures(user: Any, last: Event) -> str:
    failed = Event.objects.filter(action=Action.SIGN_IN_FAILED, at__gte=last.at, id__gt=last.pk)
    count = failed.filter(number__iexact=user.username[:40]).order_by().count()
    if not count:
        return ""
    told = ngettext(
        "此后有 %(n)s 次登录失败；不是您本人的，请马上修改密码并告诉管理员。",
        "此后有 %(n)s 次登录失败；不是您本人的，请马上修改密码并告诉管理员。",
        count,
    )
    return told % {"n": count}
