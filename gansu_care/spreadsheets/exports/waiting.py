"""Requests on the home page: what waits for this user's decision, and her own files that can be fetched."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.panels import Todo
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.models import ExportRequest, ExportState

MOST = 5


def export_todos(request: HttpRequest) -> list[Todo]:
    user: Any = request.user
    if not user.may(Right.EXPORT):
        return []
    decide = ExportRequest.objects.to_be_decided_by(user).select_related("user", "division").order_by("-id")
    own = ExportRequest.objects.filter(
        user=user, state=ExportState.READY, expires_at__gt=timezone.now()
    ).order_by("-id")
    return [
        *(_to_decide(one) for one in decide.defer("filter_json")[:MOST]),
        *(_to_fetch(one) for one in own.defer("filter_json")[:MOST]),
    ]


def _to_decide(one: ExportRequest) -> Todo:
    words = {"place": one.division.label, "who": one.user.label, "n": number(one.rows_asked)}
    title = _("%(place)s %(who)s 申请导出 %(n)s 名儿童的信息") % words
    kind = _("完整信息") if one.full else _("遮盖")
    note = _("%(number)s　%(kind)s　%(purpose)s") % {
        "number": one.number,
        "kind": kind,
        "purpose": one.purpose,
    }
    url = reverse("exports:detail", args=[one.number])
    return Todo(title, note, _("去审批"), url, tag=_("导出"), level="warn" if one.full else "info")


def _to_fetch(one: ExportRequest) -> Todo:
    title = _("%(number)s：文件可以下载了") % {"number": one.number}
    note = _("%(time)s 前有效，只能下载一次；密码请问审批人") % {"time": moment(one.expires_at)}
    return Todo(
        title, note, _("去下载"), reverse("exports:detail", args=[one.number]), tag=_("导出"), level="info"
    )
