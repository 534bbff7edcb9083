"""One download, within 24 hours of the approval, by who asked; then the file is gone. What nobody fetches goes too."""

import tempfile
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import known
from gansu_care.jobs.rounds import every
from gansu_care.spreadsheets.exports.sources import SOURCES
from gansu_care.spreadsheets.models import ExportFilePart, ExportRequest, ExportState
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

OPEN = (ExportState.WAITING, ExportState.APPROVED, ExportState.READY)
# What is held in memory while it is handed out; a longer file goes by way of a nameless one, still behind its password.
IN_MEMORY = 64 * 1024 * 1024


class NotToBeHad(Exception):
    """Fetched before, run out, or not made yet."""


def hand_out(request: ExportRequest, user: Any) -> FileResponse:
    """The file, this once. Of two clicks at once one gets it. Raises PermissionDenied, NotToBeHad."""
    source = SOURCES[request.source]
    if request.user_id != user.pk or not user.may(Right.EXPORT) or not user.may(source.list_page.right):
        raise PermissionDenied
    # Closed with the answer.
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with transaction.atomic():
        now = timezone.now()
        good = ExportRequest.objects.filter(pk=request.pk, state=ExportState.READY, expires_at__gt=now)
        if not good.update(state=ExportState.DOWNLOADED, downloaded_at=now):
            raise NotToBeHad
        for piece in request.pieces.order_by("order").iterator(chunk_size=1):
            file.write(piece.content)
        request.pieces.all().delete()
        record_event(
            Action.DOWNLOAD, user, kind="export.file", number=request.number, rows=request.rows, reason=request.sha256
        )  # fmt: skip
    file.seek(0)
    answer = FileResponse(
        file, as_attachment=True, filename=request.file_name, content_type=request.content_type
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@every(timedelta(minutes=5))
def expire_due() -> int:
    """Requests whose time is up: the file and the password are deleted. Returns how many."""
    due = ExportRequest.objects.filter(state__in=OPEN, expires_at__lte=timezone.now())
    return sum(_expire(pk) for pk in due.values_list("pk", flat=True))


def _expire(pk: int) -> bool:
    with transaction.atomic():
        due = ExportRequest.objects.filter(pk=pk, state__in=OPEN, expires_at__lte=timezone.now())
        request = due.select_for_update(of=("self",)).first()
        if request is None:
            return False
        _take_away(request)
    return True


def _take_away(request: ExportRequest) -> None:
    request.state, request.password = ExportState.EXPIRED, None
    request.save(update_fields=("state", "password"))
    ExportFilePart.objects.filter(request=request).delete()
    record_event(Action.CLEAR, None, kind="export.file", number=request.number, rows=request.rows)


def forget_files(source: str, division: Division) -> int:
    """A record of this division may leave no more: made files that may hold it are deleted, those of its own unit and
    of the units above it, and have to be asked for again. Returns how many; in the caller's transaction."""
    units = [one.pk for one in known(division).current.path()]
    made = ExportRequest.objects.filter(source=source, state=ExportState.READY, division__in=units)
    requests = list(made.select_for_update(of=("self",)).order_by("pk"))
    for request in requests:
        _take_away(request)
    return len(requests)
