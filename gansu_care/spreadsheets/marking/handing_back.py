"""The marked workbook of an upload, for the people of the unit that sent it: they have every cell of it already.

It is no export of the register: nothing is in it that did not come with the file but what the check says of it. The
trail has it all the same.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from gansu_care.spreadsheets.file_names import safe_name
from gansu_care.spreadsheets.models import Upload, UploadFile
from gansu_care.spreadsheets.problem_lists import sees_cells
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

from .apart import mark_apart
from .order_of import order_of
from .orders import CannotMark

_OPEN_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = {
    "xlsx": f"{_OPEN_XML}.sheet",
    "xltx": f"{_OPEN_XML}.template",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.12",
}


@dataclass(frozen=True)
class Offer:
    """What the page of an upload says about its marked workbook. `is_kept`: the officer's file is still there."""

    is_kept: bool
    refused_rows: int


def offer(upload: Upload, user: Any) -> Offer | None:
    """None for those who do not see the file's cells, and where there is nothing to mark."""
    if not upload.rows or not upload.is_over or not sees_cells(user, upload):
        return None
    return Offer(UploadFile.objects.filter(upload=upload).exists(), upload.bad)


def marked_workbook(upload: Upload, user: Any, *, refused_only: bool = False) -> FileResponse:
    """The file to be handed out, its reading in the trail. Raises CannotMark."""
    file = UploadFile.objects.filter(upload=upload).first()
    if file is None:  # deleted this moment
        raise CannotMark
    ending, content = mark_apart(file.content, order_of(upload, refused_only=refused_only))
    rows = upload.bad if refused_only else upload.rows
    reason = "refused rows" if refused_only else "marked workbook"
    record_event(Action.READ, user, kind="upload", number=upload.number, rows=rows, reason=reason)
    answer = FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=_name(upload, ending, refused_only=refused_only),
        content_type=CONTENT_TYPES[ending],
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _name(upload: Upload, ending: str, *, refused_only: bool) -> str:
    words = {"name": PurePath(upload.file_name).stem}
    title = _("%(name)s（有问题的行）") if refused_only else _("%(name)s（已标注）")
    return safe_name(title % words, ending)
