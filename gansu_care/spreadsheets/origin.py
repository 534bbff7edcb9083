"""The uploads that wrote a record, on the record's own page and in its history, each linked for who may see it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.pages.reasons import coded
from gansu_care.pages.wording import moment
from gansu_care.spreadsheets.change_reasons import UPLOAD
from gansu_care.spreadsheets.models import Upload, UploadState

NUMBER = r"\bU-\d{6,12}-\d{8}-\d{3,}\b"
# The pages of records that have a place for it (pages/panels.py).
PAGES = ("child", "center", "equipment", "receipt", "allocation")
MOST = 10


def upload_urls(user: Any, numbers: Collection[str]) -> dict[str, str]:
    visible = Upload.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True)
    return {number: reverse("spreadsheets:detail", args=[number]) for number in visible}


def uploads_of(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """The uploads in the record's history, newest first; those of other divisions by number only."""
    past = record.history.exclude(upload_number="").filter(history_change_reason__startswith=coded(UPLOAD))
    found = past.order_by().values("upload_number").annotate(at=Min("history_date")).order_by("-at")[:MOST]
    seen = Upload.objects.visible_to(request.user).filter(number__in=[row["upload_number"] for row in found])
    uploads = {upload.number: upload for upload in seen}
    events = [_event(row["upload_number"], row["at"], uploads) for row in found]
    return {"events": events} if events else None


def _event(number: str, at: Any, uploads: dict[str, Upload]) -> dict[str, Any]:
    upload = uploads.get(number)
    event = {"time": moment(at), "text": number, "key": True}
    if upload is None:
        return event
    event |= {"url": reverse("spreadsheets:detail", args=[number]), "sub": upload.file_name}
    if upload.state == UploadState.UNDONE:
        event |= {"key": False, "state": _("已撤销"), "state_level": "end"}
    return event
