"""The file of a request that was agreed to: made by a job, in the requester's scope of that moment, kept sealed."""

import hashlib
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gansu_care.jobs.queue import Progress, handler
from gansu_care.spreadsheets.exports.sources import SOURCES
from gansu_care.spreadsheets.models import ExportFilePart, ExportRequest, ExportState
from gansu_care.spreadsheets.models.export_request import JOB
from gansu_care.spreadsheets.release import ReleasedFile, release
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

PIECE = 4 * 1024 * 1024


@handler(JOB)
def make_export(request_id: int, progress: Progress) -> None:
    """Killed and begun again it makes the file anew: pieces and event are written in one transaction."""
    request = ExportRequest.objects.select_related("user", "decided_by").get(pk=request_id)
    if not request.is_good:
        return
    with translation.override(request.user.language):
        progress(_("正在生成文件"), 0, request.rows_asked, force=True)
        try:
            released = _released(request)
        except PermissionDenied:  # the requester's rights have ended since
            _end(request, ExportState.FAILED)
            return
    with released.file:
        keep(request, released)


def _released(request: ExportRequest) -> ReleasedFile:
    source = SOURCES[request.source]
    rows = source.filtered(request.user, request.filter.place, request.filter.query).qs
    return release(request.user, source.kind, rows, approval=request, purpose=source.code)


def keep(request: ExportRequest, released: ReleasedFile) -> None:
    """The file in sealed pieces; from now on it can be fetched, once. The password is not needed here any more."""
    digest, size = hashlib.sha256(), 0
    with transaction.atomic():
        held = ExportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not held.is_good:
            return
        for order, piece in enumerate(_pieces(released.file)):
            ExportFilePart.objects.create(request=held, order=order, content=piece)
            digest.update(piece)
            size += len(piece)
        held.state, held.made_at, held.password = ExportState.READY, timezone.now(), None
        held.file_name, held.content_type = released.name, released.content_type
        held.sha256, held.size, held.rows = digest.hexdigest(), size, released.rows
        held.save()
        record_event(
            Action.EXPORT,
            held.user,
            kind=released.kind,
            number=held.number,
            rows=released.rows,
            reason=released.note,
        )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _end(request: ExportRequest, state: str) -> None:
    ExportRequest.objects.filter(pk=request.pk, state=ExportState.APPROVED).update(state=state, password=None)
