"""Our side: a file from its receipt to the register through the functions that the jobs call.

The file is sealed and kept, read in a process of its own, checked row by row, compared with the register and staged;
then confirmed and written in one transaction, with history, episodes, search keys, counted scope and trail.
"""

from datetime import date
from typing import Any

from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_upload, confirm, receive
from gansu_care.spreadsheets.uploads.checking import check_in_worker
from gansu_care.spreadsheets.uploads.receiving import Declaration

CONSENT = Declaration("李晓梅", date(2026, 9, 1))


def unwatched(*args: Any, **kwargs: Any) -> None:
    """Nobody watches the progress."""


def import_children(data: bytes, user: Any) -> int:
    """Check and apply; returns the rows written."""
    return applied(checked(data, user), user)


def checked(data: bytes, user: Any) -> Upload:
    received = receive(data, "登记表.xlsx", "children", user, consent=CONSENT, again=True, queue=False)
    upload = received.upload
    check_in_worker(upload.pk, unwatched)
    upload.refresh_from_db()
    if upload.state != UploadState.CHECKED or upload.bad:
        raise SystemExit(f"ours refuses rows: {set(upload.problems.values_list('code', 'heading'))}")
    return upload


def applied(upload: Upload, user: Any) -> int:
    confirm(upload, user, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, unwatched)
    upload.refresh_from_db()
    if upload.state != UploadState.APPLIED:
        raise SystemExit(f"ours wrote nothing: {upload.state} {upload.refusal}")
    return upload.written
