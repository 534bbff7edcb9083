"""Headings that nobody is sure of: kept with the check, answered by the officer, remembered for her county.

Before anything is checked the upload waits (`asking`) for an answer to each heading that may be a column we know; other
unknown ones are shown and can be answered as well. An answer holds for every later upload of the county until it is
changed or taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.file_rows import Reading
from gansu_care.spreadsheets.models import AskedHeading, HeadingChoice, Upload
from gansu_care.spreadsheets.models.headings import whose
from gansu_care.spreadsheets.sheet_headings import DoubtfulHeading
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

REMEMBERED, FORGOTTEN = "upload.heading", "upload.heading_back"


def keep_asked(upload: Upload, reading: Reading) -> None:
    """The doubtful headings of a check, each once for all sheets that have it."""
    found: dict[tuple[str, str], AskedHeading] = {}
    for one in reading.doubtful:
        first = found.get((one.resource, one.path))
        if first is None:
            found[one.resource, one.path] = _asked(upload, one, len(found) + 1)
        else:
            first.sheets += 1
            first.is_open = first.is_open or one.is_open
            first.likely = first.likely or one.likely
    bulk.insert(list(found.values()))


def _asked(upload: Upload, one: DoubtfulHeading, order: int) -> AskedHeading:
    return AskedHeading(
        upload=upload,
        order=order,
        resource=one.resource,
        path=one.path,
        heading=one.heading,
        sheet=one.sheet,
        column=one.column,
        likely=one.likely,
        said=one.said,
        is_open=one.is_open,
        samples_json=json.dumps(one.samples, ensure_ascii=False).encode(),
    )


def remember(upload: Upload, user: Any, answers: Mapping[AskedHeading, str]) -> int:
    """Keep what each heading means for the county of the upload; how many answers are new or changed.

    `answers`: heading -> field, "" for a column that is not handed in.
    """
    division = whose(upload.division)
    with transaction.atomic():
        changed = sum(_keep(division, upload, user, asked, name) for asked, name in answers.items())
        if changed:
            record_event(Action.SETTING, user, kind=REMEMBERED, number=upload.number, rows=changed)
    return changed


def _keep(division: Any, upload: Upload, user: Any, asked: AskedHeading, name: str) -> bool:
    key = {"division": division, "resource": asked.resource, "path": asked.path}
    if HeadingChoice.objects.filter(**key, field=name).exists():
        return False
    said = {"heading": asked.heading, "field": name, "set_by": user, "upload_number": upload.number}
    HeadingChoice.objects.update_or_create(**key, defaults=said)
    return True


def forget(choices: Iterable[HeadingChoice], user: Any) -> None:
    """Take remembered headings back: the next upload asks again. Their history stays."""
    with transaction.atomic():
        for choice in choices:
            choice.delete()
            record_event(Action.SETTING, user, kind=FORGOTTEN, number=choice.division.code, rows=1)
