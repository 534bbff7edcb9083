"""What a page says above a result, and why an upload ended without one: each in words, with the next step."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.pages.wording import number
from gansu_care.spreadsheets.file_rows import REASONS
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.reading import Unreadable
from gansu_care.spreadsheets.uploads import REFUSALS


class Ended(NamedTuple):
    """Why an upload ended: heading of the page, what happened, what to do, how grave, whether checking again helps."""

    heading: str
    reason: str
    advice: str
    level: str = "bad"
    can_recheck: bool = False


def result_notes(upload: Upload) -> list[dict[str, Any]]:
    """Notes above a result: a refused confirmation, a newer file, rows that others changed, sheets not read."""
    notes = []
    if upload.refusal and upload.state == UploadState.CHECKED:
        notes.append({"level": "warn", "text": str(REFUSALS[upload.refusal]), "role": "alert"})
    if upload.state == UploadState.CHECKED:
        notes += _newer(upload)
    if upload.stale:
        text = _("%(n)s 行在检查之后又被别人改过，没有写入") % {"n": number(upload.stale)}
        notes.append({"level": "warn", "text": text})
    left_out = _left_out(upload)
    if left_out:
        notes.append({"level": "info", "title": _("没有读取的工作表："), "text": left_out})
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


def _left_out(upload: Upload) -> str:
    """Sheets not read, each with its reason."""
    words = (
        _("%(sheet)s（%(reason)s）") % {"sheet": sheet["name"], "reason": REASONS.get(sheet["reason"], "")}
        for sheet in upload.sheets
        if not sheet.get("imported")
    )
    return _("、").join(words)


def why_ended(upload: Upload) -> Ended:
    """In words, for an upload that is neither checked nor applied."""
    if upload.unreadable_code:
        fault = Unreadable(upload.unreadable_code, **upload.unreadable_params)
        said = _("%(sentence)s。")
        heading = _("检查结果：文件读不出来")
        return Ended(heading, said % {"sentence": fault.message}, said % {"sentence": fault.remedy})
    if upload.state == UploadState.EXPIRED:
        heading, reason = _("这一批已经过期"), _("检查以后一直没有确认，暂存的内容已经删除。")
        return Ended(heading, reason, _("请重新上传这份表格。"), "warn")
    if upload.state == UploadState.UNDONE:
        return Ended(
            _("这一批已经撤销"), _("写入登记册的内容已经恢复原样。"), _("需要的话请重新上传。"), "warn"
        )
    if upload.state == UploadState.REFUSED:
        refusal = str(REFUSALS.get(upload.refusal, ""))
        return Ended(_("检查结果：不能导入"), refusal, _("登记册没有任何改动。"))
    refusal = str(REFUSALS.get(upload.refusal) or _("后台程序中断，没有完成。"))
    return Ended(_("没有完成"), refusal, _("登记册没有任何改动。可以重新检查。"), "bad", can_recheck=True)
