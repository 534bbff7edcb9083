"""The one door by which a file with persons leaves.

Whatever holds rows of persons (an export, a pre-filled form, a list of problems that quotes cells) is made and handed
out here and nowhere else: scoped again, masked unless a right and a reason say otherwise, logged in the trail with the
number of rows, then written.

    released = release(user, "centers", Center.objects.visible_to(user))           # masked
    released = release(user, "centers", rows, masked=False, full_reason="核对电话")   # Right.UNMASK and a reason
    released = release(user, "children", rows, approval=request)                   # a request that was agreed to
    return released.response()

Children leave with an approval only (exports/): the request says whether masked or full, and which columns; the file
comes back behind the request's password, and the caller writes its event when it keeps the file.

A list of more rows than one upload may hold is parted by county into a zip, so that each part can be uploaded again.
"""

import shutil
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import standing
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.among import among
from gansu_care.spreadsheets.columns import Column
from gansu_care.spreadsheets.exports.protecting import protected_workbook, protected_zip, scratch
from gansu_care.spreadsheets.exports.sources import SOURCES, Fill
from gansu_care.spreadsheets.file_names import dated, safe_name
from gansu_care.spreadsheets.form_columns import chosen_columns, export_columns
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import ExportRequest
from gansu_care.spreadsheets.writing.sheet_columns import SheetColumn
from gansu_care.spreadsheets.writing.sheets import Block, rows_of, write_blocks, write_xlsx
from gansu_care.spreadsheets.writing.text_files import write_csv
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

XLSX, CSV, ZIP = "xlsx", "csv", "zip"
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
    ZIP: "application/zip",
}


Watch = Callable[[int], None]
LISTED = 5_000  # ids taken from the database at a time


class ReasonMissing(ValueError):
    """Full values were asked for without a reason."""


class ApprovalMissing(PermissionDenied):
    """Children leave on a request that somebody else has agreed to; there is none, or its time is up."""


@dataclass
class ReleasedFile:
    """A file ready to be handed out; logged, but for one on request. `file` stands at its beginning and is deleted when
    closed. `kind` and `note` are what the trail says of it."""

    name: str
    content_type: str
    file: IO[bytes]
    rows: int
    kind: str = ""
    note: str = ""

    @property
    def content(self) -> bytes:
        self.file.seek(0)
        return self.file.read()

    def response(self) -> FileResponse:
        answer = FileResponse(
            self.file, as_attachment=True, filename=self.name, content_type=self.content_type
        )
        return _kept_nowhere(answer)


def release(
    user: Any,
    kind: str,
    queryset: QuerySet,
    *,
    approval: ExportRequest | None = None,
    masked: bool = True,
    full_reason: str = "",
    purpose: str = "export",
    file_format: str = XLSX,
    watch: Watch | None = None,
) -> ReleasedFile:
    """The records of a queryset as a file that can be uploaded again.

    Args:
        kind: code of the kind of workbook (kinds.py); its resource is told by the queryset's model.
        approval: the request that was agreed to, for kinds with persons: it says masked or full, columns, password.
        masked: sealed values as their masks; in clear only with Right.UNMASK and a reason.
        full_reason: why full values are needed; kept in the trail.
        purpose: what the file is for, one word, kept in the trail: export, form, print.
        file_format: xlsx or csv; a zip of them when there are more rows than one upload may hold.
        watch: told now and then how many rows are written.
    Raises PermissionDenied, ApprovalMissing, ReasonMissing, KeyError for an unknown kind or format.
    """
    if file_format not in (XLSX, CSV):
        raise KeyError(file_format)
    resource = _resource(kind, queryset)
    if kind_of(kind).has_persons:
        return _release_on_request(user, resource, queryset, approval, purpose)
    _check(user, resource.right(), masked=masked, reason=full_reason)
    released = _written(_Writer(user, resource, masked, file_format, watch=watch), queryset)
    released.kind, released.note = resource.code, _note(purpose, masked, full_reason)
    record_event(Action.EXPORT, user, kind=released.kind, rows=released.rows, reason=released.note)
    return released


def _release_on_request(
    user: Any, resource: Any, queryset: QuerySet, approval: ExportRequest | None, purpose: str
) -> ReleasedFile:
    """The right to full values lies in the approval, for this one file."""
    _check(user, resource.right(), masked=True, reason="")
    if approval is None or not approval.is_good or approval.user_id != user.pk or not approval.password:
        raise ApprovalMissing
    masked = not approval.full
    source = SOURCES[approval.source]
    columns = chosen_columns(resource, source.fields(approval.parts))
    password = approval.password.decode()
    writer = _Writer(
        user, resource, masked, XLSX, columns, fill=source.fill, password=password, notes=_told(approval)
    )
    released = _written(writer, queryset)
    released.kind, released.note = resource.code, _note(purpose, masked, approval.purpose)
    return released


def _written(writer: "_Writer", queryset: QuerySet) -> ReleasedFile:
    """Written outside a transaction, which would hold SQLite's one lock; the event is there before the file is."""
    rows = queryset.visible_to(writer.user)  # type: ignore[attr-defined]
    many = rows.order_by().count() > limits.DATA_ROWS
    return writer.parts(rows) if many else writer.one(rows)


def _note(purpose: str, masked: bool, reason: str) -> str:
    return " ".join(filter(None, (purpose, "" if masked else "full", reason.strip())))


def release_rows(
    user: Any,
    kind: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    purpose: str,
    number: str = "",
) -> ReleasedFile:
    """Rows that quote persons but are no records (the problems of an upload), masked by the caller, logged here.

    `number` is the upload or record they belong to. Raises PermissionDenied.
    """
    for resource in kind_of(kind).resources:
        _check(user, resource.right(), masked=True, reason="")
    file = scratch()
    count = write_xlsx(file, columns, rows, sheet_name=name, footer=_footer(user), header=_mark(user))
    record_event(Action.EXPORT, user, kind=kind, number=number, rows=count, reason=purpose)
    return _ready(file, safe_name(name, XLSX), XLSX, count)


def _resource(kind: str, queryset: QuerySet) -> Any:
    for resource in kind_of(kind).resources:
        if resource._meta.model is queryset.model:
            return resource()
    raise KeyError(f"{kind} has no resource for {queryset.model.__name__}")


def _check(user: Any, right: str, *, masked: bool, reason: str) -> None:
    if not (user.may(Right.EXPORT) and user.may(right)):
        raise PermissionDenied
    if masked:
        return
    if not user.may(Right.UNMASK):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing


@dataclass
class _Writer:
    """Writes records of one resource for one user: one file, or one a county; with a password, behind it."""

    user: Any
    resource: Any
    masked: bool
    ending: str
    columns: dict[str, Column] = field(default_factory=dict)
    fill: Fill | None = None
    password: str = ""
    notes: Sequence[str] = ()
    watch: Watch | None = None
    done: int = 0

    def one(self, rows: QuerySet) -> ReleasedFile:
        file = scratch()
        count = self.write(file, rows)
        if self.password:
            with file as plain:
                file = protected_workbook(plain, self.password)
        place = standing(self.user)
        name = self.name(place.label if place else "")
        return _ready(file, safe_name(name, self.ending), self.ending, count)

    def write(self, file: IO[bytes], rows: QuerySet) -> int:
        if self.fill:
            return self.fill(file, self.resource, rows, self.user, self.masked)
        columns = self.columns or self.resource.export_columns()
        blocks = self.resource.export_blocks(rows, self.user, masked=self.masked, columns=columns)
        shown = export_columns(columns)
        if self.ending == CSV:
            return write_csv(file, shown, rows_of(self.watched(blocks)))
        return write_blocks(
            file, shown, self.watched(blocks), sheet_name=str(self.resource.title), footer=_footer(self.user),
            header=_mark(self.user), notes=self.notes,
        )  # fmt: skip

    def watched(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            yield block
            self.done += len(block[0])
            if self.watch is not None:
                self.watch(self.done)

    def name(self, place: str) -> str:
        return dated(_("%(place)s%(title)s") % {"place": place, "title": self.resource.title})

    def parts(self, rows: QuerySet) -> ReleasedFile:
        """A zip of one file a county, none longer than an upload may be."""
        counts: list[int] = []
        members = self.members(rows, counts)
        file = protected_zip(members, self.password) if self.password else _plain_zip(members)
        place = standing(self.user)
        return _ready(file, safe_name(self.name(place.label if place else ""), ZIP), ZIP, sum(counts))

    def members(self, rows: QuerySet, counts: list[int]) -> Iterator[tuple[str, IO[bytes]]]:
        for name, part in self.by_county(rows):
            member = scratch()
            counts.append(self.write(member, part))
            yield safe_name(name, self.ending), member

    def by_county(self, rows: QuerySet) -> Iterator[tuple[str, QuerySet]]:
        """The county of every row is asked for once: county by county, the whole table was gone through for each."""
        ids: dict[int | None, array[int]] = defaultdict(lambda: array("q"))
        for pk, county in rows.order_by("pk").values_list("pk", "county").iterator(LISTED):
            ids[county].append(pk)
        labels = {one.pk: one.label for one in Division.objects.filter(pk__in=[pk for pk in ids if pk])}
        for county in sorted(ids, key=lambda pk: (pk is None, pk)):
            name = self.name((labels.get(county) if county else None) or _("不分县区"))
            yield from self.chunks(name, rows, ids[county])

    def chunks(self, name: str, rows: QuerySet, ids: Sequence[int]) -> Iterator[tuple[str, QuerySet]]:
        """A county of more rows than an upload may hold, in numbered pieces by id."""
        bounds = range(0, len(ids), limits.DATA_ROWS)
        for place, start in enumerate(bounds, start=1):
            part = rows.filter(pk__in=among(ids[start : start + limits.DATA_ROWS]))
            yield (f"{name}_{place}" if len(bounds) > 1 else name), part


def _plain_zip(members: Iterable[tuple[str, IO[bytes]]]) -> IO[bytes]:
    file = scratch()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, member in members:
            member.seek(0)
            with member, archive.open(name, "w", force_zip64=True) as entry:
                shutil.copyfileobj(member, entry)
    return file


def _footer(user: Any) -> str:
    """Who took the file, from which unit, when: printed at the foot of every page."""
    words = {"unit": user.unit_label, "who": user.label, "time": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return _("%(unit)s %(who)s %(time)s 导出，内含个人信息，请妥善保管") % words


def _mark(user: Any) -> str:
    """The watermark of a sheet: printed at the head of every page."""
    return f"{user.unit_label} {user.label} {timezone.localtime():%Y-%m-%d %H:%M}"


def _told(approval: ExportRequest) -> list[str]:
    """The lines of 导出说明: whose file this is, for what, for whom, who agreed."""
    yes_by = approval.decided_by
    return [
        _footer(approval.user),
        _("导出申请 %(number)s") % {"number": approval.number},
        _("用途：%(purpose)s") % {"purpose": approval.purpose},
        _("交给：%(recipient)s") % {"recipient": approval.recipient},
        _("审批：%(unit)s %(who)s") % {"unit": yes_by.unit_label, "who": yes_by.label} if yes_by else "",
        _("含完整信息") if approval.full else _("敏感信息已遮盖"),
    ]


def _ready(file: IO[bytes], name: str, ending: str, rows: int) -> ReleasedFile:
    file.seek(0)
    return ReleasedFile(name, CONTENT_TYPES[ending], file, rows)


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file without persons (an empty form, a report of counts) as a download."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[name.rsplit(".", 1)[-1]])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _kept_nowhere(answer: Any) -> Any:
    """Neither a proxy nor the browser may keep a file with persons."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
