"""What waits for whoever protects personal information: requests to answer, erasures to decide, texts that are old."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from children.erasure_proposals import may_decide
from children.models import Child, Erasure, Notice, NoticeKind
from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import standing
from gansu_care.pages.panels import Todo
from gansu_care.pages.wording import number
from gansu_care.protection.models import ImpactAssessment, PersonRequest


def protection_todos(request: HttpRequest) -> list[Todo]:
    user: Any = request.user
    return [*_requests(user), *_to_decide(user), *_due(user), *_texts(user)]


def _requests(user: Any) -> list[Todo]:
    if not user.may(Right.KEEP_REGISTERS):
        return []
    count, late = PersonRequest.objects.visible_to(user).open_and_late(timezone.localdate())
    if not count:
        return []
    title = _("%(n)s 件个人信息请求等待答复") % {"n": number(count)}
    note = (
        _("其中 %(n)s 件已过期限") % {"n": number(late)}
        if late
        else _("查阅、复制、更正、删除都要在期限内答复")
    )
    url = f"{reverse('protection:request_list')}?state=open"
    return [Todo(title, note, _("去答复"), url, tag=_("请求"), level="bad" if late else "warn")]


def _to_decide(user: Any) -> list[Todo]:
    if not user.may(Right.CONFIRM_ERASURE):
        return []
    rows = Erasure.objects.visible_to(user).open().select_related("proposed_by__division")[:200]
    count = sum(may_decide(row, user) for row in rows)
    if not count:
        return []
    title = _("%(n)s 份删除申请等待您确认") % {"n": number(count)}
    note = _("提出和确认不能是同一个人")
    return [Todo(title, note, _("去确认"), reverse("protection:erasure_list"), tag=_("删除"), level="warn")]


def _due(user: Any) -> list[Todo]:
    """Asked once a page, so for the counties only, whose rows are few."""
    division = standing(user)
    if division is None or division.level != Level.COUNTY or not user.may(Right.PROPOSE_ERASURE):
        return []
    due = due_in(division)
    if not due:
        return []
    title = _("%(n)s 份档案到期，请提出删除") % {"n": number(due)}
    note = _("退出后保存期已满，或者没有取得同意")
    return [Todo(title, note, _("去看看"), reverse("protection:erasure_due"), tag=_("到期"), level="info")]


def due_in(division: Division) -> int:
    """How many records are due; counted anew after ten minutes, or when one is proposed."""
    rows = Child.objects.within(division).due_for_erasure(timezone.localdate()).unproposed()
    return cache.get_or_set(due_key(division), lambda: rows.count(), 600) or 0


def due_key(division: Division) -> str:
    return f"erasure-due-{division.pk}-{timezone.localdate()}"


def _texts(user: Any) -> list[Todo]:
    """For whoever publishes: what is not published yet, and whether the assessment still fits."""
    if not user.may(Right.PUBLISH_NOTICES):
        return []
    notices = list(Notice.objects.defer("texts"))
    return [*_notices(notices), *_assessments(user, notices)]


def _notices(notices: list[Notice]) -> list[Todo]:
    lacking = [kind for kind in NoticeKind if kind not in {notice.kind for notice in notices}]
    if not lacking:
        return []
    title = _("还没有发布：%(names)s") % {"names": _("、").join(str(kind.label) for kind in lacking)}
    note = _("发布以后各县才能打印给监护人签字")
    return [Todo(title, note, _("去发布"), reverse("protection:notice_list"), tag=_("告知书"), level="warn")]


def _assessments(user: Any, notices: list[Notice]) -> list[Todo]:
    """An assessment is wanted before children's data are processed, and again when the notice changes."""
    today = timezone.localdate()
    shown = [one.valid_from for one in notices if one.kind == NoticeKind.NOTICE and one.valid_from <= today]
    last = ImpactAssessment.objects.visible_to(user).in_force().order_by("-assessed_on").first()
    if last is None:
        title = _("还没有个人信息保护影响评估")
    elif last.valid_until < today:
        title = _("影响评估已过有效期，请重新评估")
    elif shown and last.assessed_on < max(shown):
        title = _("告知书改过以后还没有重新评估")
    else:
        return []
    note = _("处理儿童个人信息要事前评估，报告至少保存三年")
    return [
        Todo(title, note, _("去登记"), reverse("protection:assessment_list"), tag=_("评估"), level="warn")
    ]
