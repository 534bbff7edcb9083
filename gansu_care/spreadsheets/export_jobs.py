"""Long lists as jobs: asked for on a page, made through the one door (release.py), kept sealed, fetched, deleted.

    if is_long(rows):
        ask_export(user, "children", rows)        # the page of her jobs shows how far it is and hands the file out

What the list held is kept as the keys of its records. The job reads them again inside the scope that she has by then,
and when she fetches the file every row of it must still be hers to see.
"""

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop

from gansu_care.accounts.roles import Right
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import Progress, enqueue, handler
from gansu_care.jobs.rounds import every
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import ListExport, ListExportPart
from gansu_care.spreadsheets.models.list_export import JOB
from gansu_care.spreadsheets.release import ReleasedFile, release
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

MAKING, KEEPING = gettext_noop("写出文件"), gettext_noop("保存文件")
PART_BYTES = 1024 * 1024


def is_long(rows: QuerySet) -> bool:
    """More rows than a page may be kept waiting for."""
    return rows.order_by().count() > limits.EXPORT_AT_ONCE


def ask_export(user: Any, kind: str, rows: QuerySet) -> ListExport:
    """Have the list made. Asked for twice while it is under way, it is made once."""
    ids = list(rows.values_list("pk", flat=True))
    held = json.dumps(ids).encode()
    for export in _under_way(user, kind):
        if export.ids_json == held:
            return export
    with transaction.atomic():
        export = ListExport.objects.create(
            user=user,
            kind=kind,
            model=rows.model._meta.label,
            ids_json=held,
            rows=len(ids),
            language=translation.get_language() or settings.LANGUAGE_CODE,
        )
        enqueue(JOB, export.pk, user)
    return export


def _under_way(user: Any, kind: str) -> QuerySet[ListExport]:
    jobs = Job.objects.filter(kind=JOB, user=user, state__in=(JobState.WAITING, JobState.RUNNING))
    ids = list(jobs.values_list("object_id", flat=True))
    return ListExport.objects.asked_by(user).filter(pk__in=ids, kind=kind)


@handler(JOB)
def make_export(export_id: int, progress: Progress) -> None:
    """The job. Broken off and run again, it makes the file anew, and the trail tells of both."""
    export = ListExport.objects.select_related("user").get(pk=export_id)
    if export.made_at is not None:
        return
    progress(MAKING, 0, export.rows, force=True)
    with translation.override(export.language):
        released = release(
            export.user, export.kind, records(export), watch=lambda done: progress(MAKING, done, export.rows)
        )
    with released.file:
        progress(KEEPING, force=True)
        _keep(export, released)


def records(export: ListExport) -> QuerySet:
    return apps.get_model(export.model)._default_manager.filter(pk__in=among(export.ids))


def _keep(export: ListExport, released: ReleasedFile) -> None:
    with transaction.atomic():
        held = ListExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if held.made_at is not None:  # another attempt was quicker
            return
        for place, piece in enumerate(_pieces(released.file)):
            ListExportPart.objects.create(export=held, place=place, content=piece)
            held.size += len(piece)
        held.file_name, held.content_type, held.rows = released.name, released.content_type, released.rows
        held.made_at = timezone.now()
        held.save()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PART_BYTES):
        yield piece


# --- handing out


def may_fetch(export: ListExport, user: Any) -> bool:
    """Her rights and her scope may have changed since it was made."""
    rights = [resource.right() for resource in kind_of(export.kind).resources]
    if not (user.may(Right.EXPORT) and all(user.may(right) for right in rights)):
        return False
    found: Any = records(export)
    return found.visible_to(user).count() >= export.rows


def handed_out(export: ListExport, user: Any) -> StreamingHttpResponse:
    """The file, unsealed piece by piece; the trail has it first."""
    record_event(Action.EXPORT, user, kind=kind_name(export), rows=export.rows, reason="fetched")
    ListExport.objects.filter(pk=export.pk).update(fetched_at=timezone.now())
    answer = StreamingHttpResponse(_content(export), content_type=export.content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, export.file_name)
    answer.headers["Content-Length"] = str(export.size)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _content(export: ListExport) -> Iterator[bytes]:
    for part in export.parts.iterator(chunk_size=1):
        yield part.content


def kind_name(export: ListExport) -> str:
    """As release.py names it in the trail: the resource's code."""
    for resource in kind_of(export.kind).resources:
        if resource._meta.model._meta.label == export.model:
            return resource.code
    return export.kind


# --- deleting


def kept_until(export: ListExport) -> datetime | None:
    return export.made_at + kept_for() if export.made_at and export.cleared_at is None else None


def kept_for() -> timedelta:
    return timedelta(hours=settings.EXPORT_KEPT_HOURS)


@every(timedelta(minutes=10))
def clear_exports() -> int:
    """Delete the files that are due, and the keys of the lists that were never made; returns how many."""
    last = timezone.now() - kept_for()
    due = ListExport.objects.filter(cleared_at=None)
    due = due.filter(made_at__lt=last) | due.filter(made_at=None, asked_at__lt=last)
    return sum(_clear(export) for export in due.defer("ids_json"))


@transaction.atomic
def _clear(export: ListExport) -> bool:
    held = ListExport.objects.filter(pk=export.pk, cleared_at=None)
    if not held.update(cleared_at=timezone.now(), ids_json=b"[]"):
        return False
    export.parts.all().delete()
    record_event(Action.CLEAR, None, kind=kind_name(export), rows=export.rows, reason="fetched")
    return True


def forget_exports(model: str, ids: Collection[int]) -> int:
    """Delete the kept files that hold one of these records (app.model), which nobody may have any more."""
    kept = ListExport.objects.filter(model=model, cleared_at=None)
    return sum(_clear(export) for export in kept if not set(ids).isdisjoint(export.ids))
