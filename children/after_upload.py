"""What to do next, on the page that says that an upload of children is done."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from children.left_behind import Situation
from children.models import Child, ChildStatus
from gansu_care.pages.panels import Todo
from gansu_care.pages.wording import number
from gansu_care.spreadsheets.models import Upload


def what_to_do_next(request: HttpRequest, upload: Upload) -> dict[str, Any] | None:
    """Drafts that lack consent, and children who no longer count as left behind; None where there are neither."""
    written = (
        Child.objects.visible_to(request.user).in_force().unrestricted().filter(upload_number=upload.number)
    )
    drafts = written.drafts().count()
    today = timezone.localdate()
    no_longer = written.registered_on(today).in_situation(Situation.NOBODY_AWAY, today).count()
    todos = [_consent(upload, drafts)] if drafts else []
    todos += [_situation(upload, no_longer)] if no_longer else []
    return {"todos": todos} if todos else None


def _consent(upload: Upload, count: int) -> Todo:
    return Todo(
        _("%(n)s 名儿童还缺监护人同意") % {"n": number(count)},
        _("补齐之前保持“待核”，只保存最低限度的内容，不计入任何数字；取得同意后请再上传这份表"),
        _("去补齐"),
        _list(upload, status=ChildStatus.DRAFT),
        tag=_("待办"),
        level="info",
    )


def _situation(upload: Upload, count: int) -> Todo:
    return Todo(
        _("%(n)s 名儿童可能不再符合留守情形") % {"n": number(count)},
        _("父母双方都不在外，请核对后办理退出"),
        _("去看看"),
        _list(upload, situation=Situation.NOBODY_AWAY),
        tag=_("建议"),
        level="warn",
    )


def _list(upload: Upload, **conditions: str) -> str:
    return f"{reverse('children:list')}?{urlencode({'batch': upload.number, **conditions})}"
