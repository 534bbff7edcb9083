"""The demo's rows go in by the doors of a county office: a workbook, checked, confirmed, applied."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from gansu_care.accounts.models import User
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive
from gansu_care.spreadsheets.writing.sheet_columns import DATE, ID, INT, TEXT, SheetColumn
from gansu_care.spreadsheets.writing.sheets import write_xlsx

DIGITS = ("身份证号", "电话", "资产编号", "票据（凭证）号")


class NotTaken(Exception):
    """The door refused what the demo sent: a fault of the demo, or of the door. Names the first problems."""

    def __init__(self, upload: Upload) -> None:
        problems = [f"{p.code} {p.sheet} {p.row}{p.column} {p.heading}" for p in upload.problems.all()[:5]]
        counts = f"{upload.new} new, {upload.changed} changed, {upload.same} same, {upload.bad} bad"
        super().__init__("; ".join([upload.file_name, upload.state, upload.refusal, counts, *problems]))


def send(kind: str, name: str, rows: Iterable[dict[str, Any]], user: User) -> int:
    """Upload the rows as one workbook on behalf of `user` and apply it whole; returns the rows written.

    Rows are dicts by heading, all with the same headings. Raises NotTaken unless every row was written.
    """
    rows = list(rows)
    if not rows:
        return 0
    upload = receive(workbook(rows), f"{name}.xlsx", kind, user, queue=False).upload
    check_upload(upload.pk, _silent)
    upload.refresh_from_db()
    if upload.state != UploadState.CHECKED or upload.bad:
        raise NotTaken(upload)
    confirm(upload, user, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, _silent)
    upload.refresh_from_db()
    if upload.state != UploadState.APPLIED or upload.written != len(rows):
        raise NotTaken(upload)
    return upload.written


def _silent(*_: Any, **__: Any) -> None:
    """Nobody watches the progress of one workbook."""


def workbook(rows: list[dict[str, Any]]) -> bytes:
    columns = [SheetColumn(heading, _kind(heading, rows)) for heading in rows[0]]
    file = io.BytesIO()
    write_xlsx(file, columns, ([row[heading] for heading in rows[0]] for row in rows))
    return file.getvalue()


def _kind(heading: str, rows: list[dict[str, Any]]) -> str:
    """By the first cell that is filled."""
    value = next((row[heading] for row in rows if row[heading] is not None), None)
    if isinstance(value, date):
        return DATE
    if isinstance(value, int):
        return INT
    return ID if heading.endswith(DIGITS) else TEXT
