"""What the steps of an upload share: finding it in scope, the four steps, its story, the numbers that add up."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.pages.wording import day, moment, number
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads.clearing import kept_until
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
            "user", "applied_by", "accepted_by", "undone_by", "division", "replaces", "same_as"
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


def whole_number(text: str) -> int:
    """What a form sent as a number, such as that of the check that its page showed; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def facts_line(upload: Upload) -> str:
    """File, when it was checked, its number: the line under the heading."""
    words = {"file": upload.file_name, "number": upload.number, "time": moment(upload.checked_at)}
    if upload.checked_at:
        return _("%(file)s　检查于 %(time)s　批次号 %(number)s") % words
    return _("%(file)s　批次号 %(number)s") % words


def file_fact(upload: Upload) -> dict[str, Any]:
    """Whether the file is still there, and until when."""
    label, until = _("原始文件"), kept_until(upload)
    if upload.cleared_at:
        return {
            "label": label,
            "value": _("%(day)s 已删除") % {"day": day(upload.cleared_at)},
            "sub": _("暂存的行和引用的格子也已删除"),
        }
    return {
        "label": label,
        "value": _("已加密保存"),
        "sub": _("%(day)s 删除") % {"day": day(until)} if until else "",
    }


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
    """Newest first. An upload that was undone may have been checked and applied again since."""
    told = [(at, text, key) for at, text, key in _happenings(upload) if at is not None]
    told.sort(key=lambda one: one[0], reverse=True)
    events: list[dict[str, Any]] = [{"time": _clock(at), "text": text, "key": key} for at, text, key in told]
    text = _("%(who)s 上传 %(file)s") % {"who": upload.user.label, "file": upload.file_name}
    events.append({"time": _clock(upload.received_at), "text": text, "url": page_of(upload)})
    return events


def _happenings(upload: Upload) -> Iterator[tuple[Any, str, bool]]:
    """When, what, and whether it changed the register or let it be changed."""
    yield upload.cleared_at, _("删除原始文件和暂存的内容"), False
    yield upload.undone_at, _("%(who)s 撤销导入") % _who(upload.undone_by), True
    yield upload.applied_at, _("确认导入，写入 %(n)s 行") % {"n": number(upload.written)}, True
    said = _("%(who)s 复核后退回") if upload.sent_back_why else _("%(who)s 复核同意")
    yield upload.accepted_at, said % _who(upload.accepted_by), True
    if upload.accepted_at or upload.state == UploadState.REVIEWING:
        yield upload.confirmed_at, _("%(who)s 确认，等待复核") % _who(upload.applied_by), False
    yield upload.checked_at, _checked(upload), not upload.bad


def _who(user: Any) -> dict[str, str]:
    return {"who": user.label if user else ""}


def _checked(upload: Upload) -> str:
    if upload.unreadable_code:
        return _("文件读不出来")
    if upload.state == UploadState.ASKING:
        return _("有的栏目认不准，等待选定")
    if upload.refusal and not upload.rows:
        return _("检查完成，没有可以导入的内容")
    if upload.bad:
        return _("检查完成，%(n)s 行需要修改") % {"n": number(upload.bad)}
    return _("检查通过，%(n)s 行") % {"n": number(upload.rows)}


def _clock(at: Any) -> str:
    """The hour today, else the day too."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"
