"""`manage.py import_sheet KIND FILE --as USERNAME`: the pipeline of the upload pages, without the queue.

Exit status: 0 checked or applied, 1 refused rows, 2 a file that cannot be read (or a command that cannot be run).
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gansu_care.accounts.models import User
from gansu_care.spreadsheets.file_rows import REASONS
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Outcome, Upload, UploadState
from gansu_care.spreadsheets.packing import plain
from gansu_care.spreadsheets.reading import Unreadable, read_workbook_apart
from gansu_care.spreadsheets.uploads import (
    REFUSALS,
    CannotApply,
    CannotUpload,
    apply_confirmed,
    check_stopped,
    check_upload,
    confirm,
    receive,
)
from gansu_care.spreadsheets.uploads.staging import taken_out
from gansu_care.spreadsheets.writing_rows import DAY
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

DONE, REFUSED, UNREADABLE = 0, 1, 2
OWNER_ONLY = 0o600
SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    help = "Checks a workbook as an officer would upload it, and applies it if told so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.code for kind in KINDS.values() if not kind.export_only])
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="the account that uploads")
        parser.add_argument("--apply", action="store_true", help="write the rows; accepts warnings")
        parser.add_argument(
            "--good-rows", action="store_true", help="with --apply: leave refused rows for later"
        )
        parser.add_argument(
            "--json", type=Path, metavar="OUT", help="write the result as JSON, readable by you alone"
        )
        parser.add_argument("--records", action="store_true", help="with --json: each data row as read")

    def handle(self, *args: Any, **options: Any) -> None:
        user, data = _user(options["username"]), _bytes(options["file"])
        try:
            upload = self.uploaded(user, data, options)
        except Unreadable as fault:
            self.report_unreadable(options, fault.code, fault.message, fault.remedy)
            sys.exit(UNREADABLE)
        self.report(upload, user, options)
        sys.exit(_status(upload))

    def uploaded(self, user: Any, data: bytes, options: dict[str, Any]) -> Upload:
        """The upload, checked and (if asked for and possible) applied. A file applied before is checked anew."""
        by = _system_user()
        try:
            received = receive(
                data, options["file"].name, options["kind"], user, again=True, queue=False, system_user=by
            )
        except CannotUpload as refused:
            message = _("账号 %(name)s 不能上传：没有启用、没有行政区划，或者没有上传的权限。")
            raise CommandError(message % {"name": user.username}, returncode=UNREADABLE) from refused
        try:
            check_upload(received.upload.pk, no_progress, read_workbook_apart)
        except Exception:
            check_stopped(received.upload.pk, cancelled=False)
            raise
        if options["apply"]:
            self.applied(received.upload, user, options["good_rows"], by)
        return Upload.objects.get(pk=received.upload.pk)

    def applied(self, upload: Upload, user: Any, good_rows: bool, by: str) -> None:
        checked = Upload.objects.get(pk=upload.pk)
        if checked.state != UploadState.CHECKED:
            return
        try:
            confirm(checked, user, good_rows=good_rows, warnings_acknowledged=True, queue=False)
        except CannotApply as refused:
            self.stderr.write(refused.message)
            return
        apply_confirmed(upload.pk, no_progress, system_user=by)

    # --- telling

    def report(self, upload: Upload, user: Any, options: dict[str, Any]) -> None:
        if options["json"]:
            result = as_json(upload, options["file"], with_records=options["records"])
            _write_privately(options["json"], result)
            if options["records"]:
                _note_export(upload, user)
        for line in lines(upload):
            self.stdout.write(line)

    def report_unreadable(self, options: dict[str, Any], code: str, message: str, remedy: str) -> None:
        if options["json"]:
            result = {
                "file": options["file"].name,
                "error": {"code": code, "message": message, "remedy": remedy},
            }
            _write_privately(options["json"], result)
        self.stderr.write(said(message, remedy))


def no_progress(*args: Any, **kwargs: Any) -> None:
    """Nobody watches."""


def _user(username: str) -> Any:
    user = User.objects.filter(username=username, is_active=True).select_related("division").first()
    if user is None:
        message = _("没有可以登录的账号“%(name)s”。") % {"name": username}
        raise CommandError(message, returncode=UNREADABLE)
    return user


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        message = _("打不开文件 %(file)s：%(why)s") % {"file": file, "why": fault.strerror}
        raise CommandError(message, returncode=UNREADABLE) from fault


def _system_user() -> str:
    try:
        return getpass.getuser()[:60]
    except (KeyError, OSError):
        return str(os.getuid())


def _status(upload: Upload) -> int:
    if upload.unreadable_code or upload.refusal in ("no_table", "no_rows"):
        return UNREADABLE
    return REFUSED if upload.bad or upload.state not in (UploadState.CHECKED, UploadState.APPLIED) else DONE


# --- the result


def as_json(upload: Upload, file: Path, *, with_records: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "file": file.name,
        "sha256": upload.sha256,
        "kind": upload.kind,
        "upload": upload.number,
        "state": upload.state,
        "refusal": _refusal(upload),
        "applied_before": _applied_before(upload),
        "sheets": upload.sheets,
        "facts": upload.facts,
        "rows": upload.rows,
        **{outcome: getattr(upload, outcome) for outcome in Outcome.values},
        "written": upload.written,
        "problems": [stored.problem.as_json() for stored in upload.problems.all()],
    }
    if upload.unreadable_code:
        fault = Unreadable(upload.unreadable_code, **upload.unreadable_params)
        result["error"] = {"code": fault.code, "message": fault.message, "remedy": fault.remedy}
    if with_records:
        result["records"] = list(_records(upload))
    return result


def _refusal(upload: Upload) -> dict[str, str] | None:
    return {"code": upload.refusal, "message": str(REFUSALS[upload.refusal])} if upload.refusal else None


def _applied_before(upload: Upload) -> str | None:
    """The number of the upload by which the same division applied this very file before."""
    same = Upload.objects.applied_before(
        sha256=upload.sha256, kind=upload.kind, division_id=upload.division_id
    )
    earlier = same.exclude(pk=upload.pk).first()
    return earlier.number if earlier else None


def _records(upload: Upload) -> Iterator[dict[str, Any]]:
    for row in upload.staged.all():
        values = {name: plain(value) for name, value in taken_out(row).items() if name != DAY}
        yield {
            "sheet": row.sheet,
            "row": row.row,
            "kind": row.resource,
            "outcome": row.outcome,
            "values": values,
        }


def _note_export(upload: Upload, user: Any) -> None:
    """Rows left the system in a file: that is an export."""
    record_event(
        Action.EXPORT,
        user,
        kind=upload.kind,
        number=upload.number,
        rows=upload.rows,
        system_user=_system_user(),
    )


def _write_privately(path: Path, result: dict[str, Any]) -> None:
    """Readable by the owner alone, from the moment it exists."""
    text = json.dumps(result, ensure_ascii=False, indent=1)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), OWNER_ONLY)
        file.write(text)


def said(wrong: str, remedy: str) -> str:
    """What is wrong and what to do, as two sentences."""
    return _("%(wrong)s。%(remedy)s。") % {"wrong": wrong, "remedy": remedy}


def lines(upload: Upload) -> Iterator[str]:
    """The result for a terminal."""
    if upload.unreadable_code:
        fault = Unreadable(upload.unreadable_code, **upload.unreadable_params)
        yield said(fault.message, fault.remedy)
        return
    yield f"{upload.number}  {KINDS[upload.kind].title}  {upload.get_state_display()}"
    for sheet in upload.sheets:
        reason = "" if sheet["imported"] else str(REASONS[sheet["reason"]])
        yield f"  {sheet['name']}: {reason or sheet['rows']}"
    counts = " + ".join(f"{getattr(upload, outcome)} {Outcome(outcome).label}" for outcome in Outcome.values)
    yield f"{upload.rows} = {counts}"
    for stored in upload.problems.all()[:SHOWN_PROBLEMS]:
        problem = stored.problem
        place = f"{problem.sheet} {problem.column}{problem.row or ''}"
        yield f"  {place} {problem.code} {said(problem.message, problem.remedy)}"
    if upload.refusal:
        yield str(REFUSALS[upload.refusal])
    if upload.state == UploadState.APPLIED:
        yield _("已写入 %(n)s 行。") % {"n": upload.written}
