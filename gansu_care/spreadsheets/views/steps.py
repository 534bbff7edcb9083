"""What the steps of an upload share: finding it in scope, the four steps, its story, the numbers that add up."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.pages.wording import moment, number
from gansu_care.spreadsheets.models import Upload
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

CHOOSE, CHECK, CONFIRM, DONE = 1, 2, 3, 4
STORY_LENGTH = 6


def steps() -> list[tuple[str, str]]:
    return [
        (_("选择"), _("选表格种类和文件")),
        (_("检查"), _("逐格检查，不写入")),
        (_("确认"), _("核对新增和变更")),
        (_("完成"), _("得到批次号")),
    ]


class UploadPage(View):
    """A page of one upload: found by its number inside the scope, 404 beyond it."""

    right: ClassVar[str] = Right.UPLOAD
    step: ClassVar[int] = CHECK
    kind: ClassVar[str] = "upload"

    def upload(self, request: HttpRequest, number: str) -> Upload:
        visible = Upload.objects.visible_to(request.user).select_related(
            "user", "applied_by", "division", "replaces"
        )
        return get_object_or_404(visible, number=number)

    def note_read(self, request: HttpRequest, upload: Upload, rows: int) -> None:
        """Rows and cells of the file were shown: the trail says so."""
        record_event(Action.READ, request.user, kind=self.kind, number=upload.number, rows=rows)

    def context(self, upload: Upload, heading: str, **more: Any) -> dict[str, Any]:
        return {
            "upload": upload,
            "heading": heading,
            "facts_line": facts_line(upload),
            "steps": steps(),
            "current_step": self.step,
            **more,
        }


def page_of(upload: Upload, page: str = "detail") -> str:
    return reverse(f"spreadsheets:{page}", args=[upload.number])


def facts_line(upload: Upload) -> str:
    """File, when it was checked, its number: the line under the heading."""
    words = {"file": upload.file_name, "number": upload.number, "time": moment(upload.checked_at)}
    if upload.checked_at:
        return _("%(file)s　检查于 %(time)s　批次号 %(number)s") % words
    return _("%(file)s　批次号 %(number)s") % words


def sums_note(upload: Upload) -> str:
    """How the rows are spread over the sheets."""
    read = [sheet for sheet in upload.sheets if sheet.get("imported")]
    if not read:
        return ""
    parts = [
        _("%(sheet)s %(n)s 行") % {"sheet": sheet["name"], "n": number(sheet["rows"])} for sheet in read[:8]
    ]
    if len(read) > len(parts):
        parts.append(_("等 %(n)s 个工作表") % {"n": len(read)})
    return _("%(sheets)s；合计行和注释不算数据") % {"sheets": _("，").join(parts)}


def story(upload: Upload) -> list[dict[str, Any]]:
    """What happened to this file and to those it replaced, newest first."""
    events: list[dict[str, Any]] = []
    held: Upload | None = upload
    while held is not None and len(events) < STORY_LENGTH:
        events += _chapter(held)
        held = held.replaces
    return events[:STORY_LENGTH]


def _chapter(upload: Upload) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    if upload.applied_at:
        text = _("确认导入，写入 %(n)s 行") % {"n": number(upload.written)}
        events.append({"time": _clock(upload.applied_at), "text": text, "key": True})
    if upload.checked_at:
        events.append({"time": _clock(upload.checked_at), "text": _checked(upload), "key": not upload.bad})
    text = _("%(who)s 上传 %(file)s") % {"who": upload.user.label, "file": upload.file_name}
    events.append({"time": _clock(upload.received_at), "text": text, "url": page_of(upload)})
    return events


def _checked(upload: Upload) -> str:
    if upload.unreadable_code:
        return _("文件读不出来")
    if upload.refusal and not upload.rows:
        return _("检查完成，没有可以导入的内容")
    if upload.bad:
        return _("检查完成，%(n)s 行需要修改") % {"n": number(upload.bad)}
    return _("检查通过，%(n)s 行") % {"n": number(upload.rows)}


def _clock(at: Any) -> str:
    """The hour today, else the day too."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"
