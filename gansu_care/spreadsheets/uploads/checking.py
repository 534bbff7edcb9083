"""The check: from a received file to rows that are new, changed, same, doubtful or refused. Writes no registry row.

What is done with the rows stands in file_rows.py (the file becomes rows) and judging.py (the steps of a check).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from gansu_care.divisions.scoping import known
from gansu_care.jobs.queue import handler
from gansu_care.spreadsheets.file_rows import Reader, read_file
from gansu_care.spreadsheets.judging import judge_all
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import HeadingChoice, Upload, UploadState
from gansu_care.spreadsheets.reading import Unreadable, read_workbook, read_workbook_apart
from gansu_care.spreadsheets.rows_digest import rows_digest
from gansu_care.spreadsheets.setting import Setting

from .collecting import rarely_collected
from .mending import by_hand
from .refusals import Refusal
from .staging import keep_asking, keep_failure, keep_unreadable, stage

Step = Callable[..., None]
READING, JUDGING, KEEPING = gettext_noop("读取文件"), gettext_noop("逐格检查"), gettext_noop("保存检查结果")
BEING_CHECKED = (UploadState.RECEIVED, UploadState.CHECKING)


@transaction.atomic
def check_stopped(upload_id: int, cancelled: bool) -> None:
    """The job ended without its work: the file is kept, and may be checked again."""
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload_id)
    if upload.state in BEING_CHECKED:
        Upload.objects.filter(pk=upload_id).update(state=UploadState.CHECKING)
        keep_failure(upload, UploadState.FAILED, Refusal.CANCELLED if cancelled else Refusal.BROKEN_OFF)


@handler("check_upload", stopped=check_stopped)
def check_in_worker(upload_id: int, progress: Step) -> None:
    """The job: the file is read in a process of its own, so that a damaged one cannot end the worker."""
    check_upload(upload_id, progress, read_workbook_apart, asks=True)


@rarely_collected()
def check_upload(upload_id: int, progress: Step, read: Reader = read_workbook, *, asks: bool = False) -> None:
    """Run twice, or beside another run of itself, it leaves one result.

    `asks`: somebody is there who can say what a doubtful heading means, and nothing is checked before she has. Where
    nobody is, such columns are not read, and a problem names each.
    """
    upload = _taken(upload_id)
    if upload is None:
        return
    progress(READING, 0, 0, force=True)
    try:
        resources = [resource() for resource in kind_of(upload.kind).resources_for(upload.user)]
        reading = read_file(
            upload.file.content,
            upload.file_name,
            resources,
            replace(setting_of(upload), by_hand=by_hand(upload)),
            upload.chosen_sheets,
            read,
            HeadingChoice.objects.said_by(upload.division),
        )
        if asks and any(heading.is_open for heading in reading.doubtful):
            keep_asking(upload, reading)
            return
        upload.rows_digest = rows_digest(reading)
        judge_all(reading, resources, partial(progress, JUDGING))
        progress(KEEPING, reading.count, reading.count)
        stage(upload, reading)
    except Unreadable as fault:
        keep_unreadable(upload, fault)


def _taken(upload_id: int) -> Upload | None:
    """The upload, if it waits for a check or its check was broken off."""
    with transaction.atomic():
        upload = (
            Upload.objects.select_for_update(of=("self",))
            .select_related("user", "division")
            .get(pk=upload_id)
        )
        if upload.state not in BEING_CHECKED:
            return None
        upload.state, upload.refusal = UploadState.CHECKING, ""
        upload.save(update_fields=["state", "refusal"])
    return upload


def setting_of(upload: Upload, user: Any = None) -> Setting:
    return Setting(
        user=user or upload.user,
        division=known(upload.division).current,
        on_date=timezone.localdate(upload.received_at),
        consent_by=upload.declared_consent_by,
        consent_on=upload.declared_consent_on,
        upload_number=upload.number,
    )
