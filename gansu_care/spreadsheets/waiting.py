"""Uploads on other pages: what waits for the user on her home page, and finding one by its number."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.pages.panels import Todo
from gansu_care.pages.search import LIMIT, Hit
from gansu_care.pages.wording import number, recent
from gansu_care.spreadsheets.models import Upload

MOST = 5
SHORTEST_NUMBER = 4


def upload_todos(request: HttpRequest) -> list[Todo]:
    """The user's own uploads that are checked and wait for her yes, or for a mended file."""
    if not request.user.may(Right.UPLOAD):  # type: ignore[union-attr]
        return []
    waiting = Upload.objects.visible_to(request.user).waiting().filter(user=request.user)
    return [_todo(upload) for upload in waiting.filter(replaced_by=None).order_by("-id")[:MOST]]


def _todo(upload: Upload) -> Todo:
    words = {"file": upload.file_name, "bad": number(upload.bad), "good": number(upload.good)}
    if upload.bad:
        title, action = _("%(file)s：%(bad)s 行需要修改") % words, _("去修改")
    else:
        title, action = _("%(file)s：检查通过，等待确认") % words, _("去确认")
    note = _("%(number)s　%(time)s 上传") % {"number": upload.number, "time": recent(upload.received_at)}
    url = reverse("spreadsheets:detail", args=[upload.number])
    return Todo(title, note, action, url, tag=_("表格"), level="warn" if upload.bad else "info")


def find_uploads(request: HttpRequest, text: str) -> list[Hit]:
    """By the beginning of the number, as it is cited on the telephone."""
    if not text.upper().startswith("U-") or len(text) < SHORTEST_NUMBER:
        return []
    found = Upload.objects.visible_to(request.user).filter(number__istartswith=text).order_by("-id")[:LIMIT]
    return [
        Hit(upload.number, upload.file_name, reverse("spreadsheets:detail", args=[upload.number]))
        for upload in found
    ]
