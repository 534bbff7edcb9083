"""What waits for whoever writes the children's records: drafts without consent, who has turned 16, transfers."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from children.left_behind import AGE_LIMIT
from children.models import Child, ChildStatus, TransferRequest, TransferState
from gansu_care.accounts.roles import Right
from gansu_care.divisions.scoping import standing
from gansu_care.pages.panels import Todo
from gansu_care.pages.wording import number

ANSWER_SHOWN = timedelta(days=14)
MOST_ANSWERS = 5


def child_todos(request: HttpRequest) -> list[Todo]:
    """Asked once a page, so for the counties' writers only, whose rows are few."""
    if not request.user.may(Right.WRITE_CHILDREN):  # type: ignore[union-attr]
        return []
    children, url = Child.objects.visible_to(request.user).in_force(), reverse("children:list")
    grown = (
        children.filter(status=ChildStatus.ACTIVE)
        .not_in_difficulty()
        .aged(AGE_LIMIT, 17, timezone.localdate())
        .count()
    )
    drafts = children.drafts().count()
    lacking = children.lacking_paper().count()
    todos = []
    if grown:
        title = _("%(n)s 名儿童已满16周岁，请办理退出") % {"n": number(grown)}
        note = _("不满16周岁才算留守儿童；属于困境儿童的可以继续登记")
        todos.append(
            Todo(title, note, _("去办理"), f"{url}?age=16-17&status=active", tag=_("退出"), level="warn")
        )
    if drafts:
        title = _("%(n)s 名儿童待核，还没有监护人同意") % {"n": number(drafts)}
        note = _("补上父母或其他法定监护人的同意，才计入数字")
        todos.append(Todo(title, note, _("去补齐"), f"{url}?status=draft", tag=_("待核"), level="warn"))
    if lacking:
        late = children.lacking_paper().filter(proof_due_on__lt=timezone.localdate()).count()
        title = _("%(n)s 名儿童的同意书还没有交来") % {"n": number(lacking)}
        note = (
            _("其中 %(n)s 名已过期限") % {"n": number(late)}
            if late
            else _("请在期限内补交扫描件或写明存放处")
        )
        level = "bad" if late else "warn"
        todos.append(Todo(title, note, _("去补交"), reverse("children:papers"), tag=_("同意书"), level=level))
    return todos


def transfer_todos(request: HttpRequest) -> list[Todo]:
    """Requests that a county has to answer, and the answers to its own. The counties' writers only, as above."""
    user: Any = request.user
    division = standing(user)
    if division is None or not (user.may(Right.WRITE_CHILDREN) and user.may(Right.UPLOAD)):
        return []
    rows, url = TransferRequest.objects.visible_to(user), reverse("children:transfers")
    waiting = rows.held_within(division).waiting().count()
    since = timezone.now() - ANSWER_SHOWN
    answered = rows.asked_within(division).filter(decided_at__gt=since).order_by("-id")[:MOST_ANSWERS]
    todos = [_answer(one) for one in answered]
    if waiting:
        title = _("%(n)s 份转入申请等您答复") % {"n": number(waiting)}
        note = _("别的县区说孩子已经转到那里，请核实后答复")
        todos.insert(0, Todo(title, note, _("去答复"), url, tag=_("转入"), level="warn"))
    return todos


def _answer(one: TransferRequest) -> Todo:
    words = {"number": one.number, "row": one.asked_row}
    if one.state == TransferState.AGREED:
        title = _("转入申请 %(number)s 已同意，孩子已在您的登记册里") % words
        note = _("请重新检查 %(upload)s，这一行就会更新她的档案") % {"upload": one.asked_from}
        return Todo(title, note, _("去看"), one.get_absolute_url(), tag=_("转入"), level="info")
    title = _("转入申请 %(number)s 没有同意") % words
    return Todo(title, one.get_refusal_display(), _("去看"), one.get_absolute_url(), tag=_("转入"))
