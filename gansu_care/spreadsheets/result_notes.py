"""What a page says above a result, and why an upload ended without one: each in words, with the next step."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.pages.wording import day, number
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.reading import Unreadable
from gansu_care.spreadsheets.sheet_notes import heading_notes, sheet_notes
from gansu_care.spreadsheets.uploads import REFUSALS
from gansu_care.spreadsheets.uploads.refusals import Refusal


class Ended(NamedTuple):
    """Why an upload ended: heading of the page, what happened, what to do, how grave, whether checking again helps.

    `mended` is what the button to send a file says.
    """

    heading: str
    reason: str
    advice: str
    level: str = "bad"
    can_recheck: bool = False
    mended: str = ""


def result_notes(upload: Upload) -> list[dict[str, Any]]:
    """Notes above a result: a refused confirmation, a newer file, rows that others changed, sheets not read."""
    notes = []
    if upload.refusal and upload.state in (UploadState.CHECKED, UploadState.REVIEWING):
        notes.append({"level": "warn", "text": str(REFUSALS[upload.refusal]), "role": "alert"})
    if upload.state == UploadState.CHECKED:
        notes += _newer(upload)
    if upload.cleared_at:
        text = _("原始文件和暂存的内容已于 %(day)s 删除，清单里不再显示格子里写了什么。")
        notes.append({"level": "info", "text": text % {"day": day(upload.cleared_at)}})
    if upload.stale:
        text = _("%(n)s 行在检查之后又被别人改过，没有写入") % {"n": number(upload.stale)}
        notes.append({"level": "warn", "text": text})
    return [*notes, *heading_notes(upload), *sheet_notes(upload)]


def done_notes(upload: Upload) -> list[dict[str, Any]]:
    """Notes above the result of an import: an undo that came to nothing, a file of the same rows that came later."""
    notes: list[dict[str, Any]] = []
    if upload.refusal:
        notes.append({"level": "warn", "text": str(REFUSALS[upload.refusal]), "role": "alert"})
    again = Upload.objects.filter(same_as=upload, state=UploadState.REFUSED).order_by("-id").first()
    if again is not None:
        words = {"file": again.file_name, "number": again.number}
        text = _("后来上传的“%(file)s”（%(number)s）每一行都和这一批相同，没有再导入一次。") % words
        url = reverse("spreadsheets:ended", args=[again.number])
        notes.append({"level": "info", "text": text, "url": url, "link": _("仍要核对那一份")})
    return notes


def _newer(upload: Upload) -> list[dict[str, Any]]:
    """The mended file that was sent in place of this one."""
    newer = upload.replaced_by.order_by("-id").first()
    if newer is None:
        return []
    words = {"number": newer.number, "file": newer.file_name}
    return [
        {
            "level": "warn",
            "text": _("您后来上传了改好的“%(file)s”（%(number)s），请确认那一批，这一批不用再导入。") % words,
            "url": reverse("spreadsheets:detail", args=[newer.number]),
            "link": _("去看那一批"),
        }
    ]


def why_ended(upload: Upload) -> Ended:
    """In words, for an upload that is neither checked nor applied."""
    found = _why_ended(upload)
    return found if found.mended else found._replace(mended=_("上传改好的表格"))


def _why_ended(upload: Upload) -> Ended:
    if upload.unreadable_code:
        fault = Unreadable(upload.unreadable_code, **upload.unreadable_params)
        said = _("%(sentence)s。")
        heading = _("检查结果：文件读不出来")
        return Ended(heading, said % {"sentence": fault.message}, said % {"sentence": fault.remedy})
    if upload.refusal == Refusal.RECORD_ERASED:
        advice = _("登记册没有任何改动。请从表里删去已经删除的儿童，再上传这份表格。")
        reason = str(REFUSALS[Refusal.RECORD_ERASED])
        return Ended(_("这一批已经结束"), reason, advice, "warn", mended=_("重新上传"))
    if upload.state == UploadState.EXPIRED:
        reason = _("检查以后一直没有确认，原始文件和暂存的内容已经删除，登记册没有任何改动。")
        return Ended(
            _("这一批已经过期"), reason, _("需要的话，请重新上传这份表格。"), "warn", mended=_("重新上传")
        )
    if upload.state == UploadState.REFUSED:
        return _why_refused(upload)
    if upload.refusal == Refusal.CANCELLED:
        reason, advice = str(REFUSALS[Refusal.CANCELLED]), _("登记册没有任何改动。")
        return Ended(_("检查已经取消"), reason, advice, "warn", can_recheck=True)
    refusal = str(REFUSALS.get(upload.refusal) or _("后台程序中断，没有完成。"))
    if upload.state == UploadState.UNDOING:
        return Ended(_("没有撤销"), refusal, _("登记册没有任何改动。请从批次的页面再撤销一次。"), "bad")
    return Ended(_("没有完成"), refusal, _("登记册没有任何改动。可以重新检查。"), "bad", can_recheck=True)


def _why_refused(upload: Upload) -> Ended:
    refusal, nothing = str(REFUSALS.get(upload.refusal, "")), _("登记册没有任何改动。")
    if upload.refusal == Refusal.SENT_BACK:
        words = {"who": upload.accepted_by.label if upload.accepted_by else "", "why": upload.sent_back_why}
        said = _("%(who)s 退回：%(why)s") % words
        advice = _("登记册没有任何改动。改好后重新上传；表格不用改的，可以重新检查，再请人复核。")
        return Ended(_("复核没有通过"), said, advice, "warn", can_recheck=True)
    if upload.refusal == Refusal.APPLIED_BEFORE:
        advice = _("登记册没有任何改动。登记册后来改过、要按这份表格再核对一遍的，可以重新检查。")
        return Ended(_("检查结果：已经导入过"), refusal, advice, "info", can_recheck=True)
    return Ended(_("检查结果：不能导入"), refusal, nothing)
