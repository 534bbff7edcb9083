"""An officer hands in a file: it is kept, sealed, as an Upload of her division, and the check is put into the queue."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import standing
from gansu_care.jobs.queue import enqueue
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.kinds import kind_of, kinds_for
from gansu_care.spreadsheets.models import Upload, UploadFile
from gansu_care.spreadsheets.reading import Unreadable
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

TRIES = 20


class CannotUpload(Exception):
    """The account may not upload this kind: it is not active, has no division, or lacks the right."""


@dataclass(frozen=True)
class Declaration:
    """Consent declared once for all children of the file: who declares it, on which day."""

    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Received:
    """The upload to show. `is_known`: this very file was applied before, and `upload` is that result."""

    upload: Upload
    is_known: bool = False


def receive(
    data: bytes,
    name: str,
    kind: str,
    user: Any,
    *,
    sheets: Sequence[str] | None = None,
    consent: Declaration | None = None,
    replaces: Upload | None = None,
    again: bool = False,
    queue: bool = True,
    system_user: str = "",
) -> Received:
    """Keep a file and have it checked.

    `sheets` are the ticked ones (None: every visible sheet whose headings are recognised). A file that the division
    has applied before is answered with that upload, unless `again`. Raises CannotUpload, KeyError for an unknown
    kind, Unreadable for a file too large to keep.
    """
    division = standing(user)
    if division is None or kind_of(kind) not in kinds_for(user):
        raise CannotUpload
    if len(data) > limits.FILE_BYTES:
        raise Unreadable(
            "E_FILE_TOO_LARGE", size=-(-len(data) // 1024**2), limit=limits.FILE_BYTES // 1024**2
        )
    sha256 = hashlib.sha256(data).hexdigest()
    known = Upload.objects.applied_before(sha256=sha256, kind=kind, division_id=division.pk).first()
    if known and not again:
        return Received(known, is_known=True)
    consent = consent or Declaration()
    with transaction.atomic():
        upload = _numbered(
            division,
            kind=kind,
            user=user,
            file_name=_plain_name(name),
            sha256=sha256,
            size=len(data),
            chosen_sheets=list(sheets) if sheets is not None else None,
            replaces=replaces,
            declared_consent_by=consent.by,
            declared_consent_on=consent.on,
            check_anyway=again,
        )
        UploadFile.objects.create(upload=upload, content=data)
        record_event(Action.UPLOAD, user, kind=kind, number=upload.number, system_user=system_user)
        if queue:
            enqueue("check_upload", upload.pk, user)
    return Received(upload)


def _numbered(division: Division, **values: Any) -> Upload:
    """An upload with the next number of its division and day, such as U-621124-20261123-002."""
    today = timezone.localdate()
    held = Upload.objects.filter(division=division, received_on=today)
    for _attempt in range(TRIES):
        day_no = (held.aggregate(last=Max("day_no"))["last"] or 0) + 1
        number = f"U-{division.code}-{today:%Y%m%d}-{day_no:03d}"
        try:
            with transaction.atomic():
                return Upload.objects.create(
                    division=division, received_on=today, day_no=day_no, number=number, **values
                )
        except IntegrityError:  # somebody of the division took the number this moment
            continue
    raise RuntimeError("no free upload number")


def _plain_name(name: str) -> str:
    """The file's own name, for showing: no folders, no control characters, at most 255 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable())[-255:] or "?"
