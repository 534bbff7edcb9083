"""The one door by which a file with persons leaves.

Whatever holds rows of persons (an export, a pre-filled form, a list of problems that quotes cells) is made and handed
out here and nowhere else: scoped again, masked unless a right and a reason say otherwise, logged in the trail with the
number of rows, then written. Approval by a second person will stand in front of this door.

    released = release(user, "children", Child.objects.visible_to(user))          # masked
    released = release(user, "children", rows, masked=False, full_reason="核对身份证")   # Right.UNMASK and a reason
    return released.response()

A list of more rows than one upload may hold is parted by county into a zip, so that each part can be uploaded again.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from gansu_care.spreadsheets.file_names import dated, safe_name
from gansu_care.spreadsheets.form_columns import export_columns
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.writing.sheet_columns import SheetColumn
from gansu_care.spreadsheets.writing.sheets import write_xlsx
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
WATCHED = 500  # rows between two words to the watcher


class ReasonMissing(ValueError):
    """Full values were asked for without a reason."""


@dataclass
class ReleasedFile:
    """A file ready to be handed out: already logged. `file` stands at its beginning and is deleted when closed."""

    name: str
    content_type: str
    file: IO[bytes]
    rows: int

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
    masked: bool = True,
    full_reason: str = "",
    purpose: str = "export",
    file_format: str = XLSX,
    watch: Watch | None = None,
) -> ReleasedFile:
    """The records of a queryset as a file that can be uploaded again.

    Args:
        kind: code of the kind of workbook (kinds.py); its resource is told by the queryset's model.
        masked: sealed values as their masks; in clear only with Right.UNMASK and a reason.
        full_reason: why full values are needed; kept in the trail.
        purpose: what the file is for, one word, kept in the trail: export, form, print.
        file_format: xlsx or csv; a zip of them when there are more rows than one upload may hold.
        watch: told now and then how many rows are written.
    Raises PermissionDenied, ReasonMissing, KeyError for an unknown kind or format.
    """
    if file_format not in (XLSX, CSV):
        raise KeyError(file_format)
    resource = _resource(kind, queryset)
    _check(user, resource.right(), masked=masked, reason=full_reason)
    rows = queryset.visible_to(user)  # type: ignore[attr-defined]
    writer = _Writer(user, resource, masked, file_format, watch)
    # Written outside a transaction, which would hold SQLite's one lock; the event is there before the file is.
    many = rows.order_by().count() > limits.DATA_ROWS
    released = writer.parts(rows) if many else writer.one(rows)
    note = " ".join(filter(None, (purpose, "" if masked else "full", full_reason.strip())))
    record_event(Action.EXPORT, user, kind=resource.code, rows=released.rows, reason=note)
    return released


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
    file = _scratch()
    count = write_xlsx(file, columns, rows, sheet_name=name, footer=_footer(user))
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
    """Writes records of one resource for one user: one file, or one a county."""

    user: Any
    resource: Any
    masked: bool
    ending: str
    watch: Watch | None = None
    done: int = 0

    def one(self, rows: QuerySet) -> ReleasedFile:
        file = _scratch()
        count = self.fill(file, rows)
        place = standing(self.user)
        name = self.name(place.label if place else "")
        return _ready(file, safe_name(name, self.ending), self.ending, count)

    def fill(self, file: IO[bytes], rows: QuerySet) -> int:
        cells = self.watched(self.resource.export_rows(rows, self.user, masked=self.masked))
        columns = export_columns(self.resource)
        if self.ending == CSV:
            return write_csv(file, columns, cells)
        return write_xlsx(
            file, columns, cells, sheet_name=str(self.resource.title), footer=_footer(self.user)
        )

    def watched(self, cells: Iterable[list[Any]]) -> Iterator[list[Any]]:
        for row in cells:
            yield row
            self.done += 1
            if self.watch is not None and self.done % WATCHED == 0:
                self.watch(self.done)

    def name(self, place: str) -> str:
        return dated(_("%(place)s%(title)s") % {"place": place, "title": self.resource.title})

    def parts(self, rows: QuerySet) -> ReleasedFile:
        """A zip of one file a county, none longer than an upload may be."""
        file, count = _scratch(), 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, part in self.by_county(rows):
                with _scratch() as member:
                    count += self.fill(member, part)
                    member.seek(0)
                    with archive.open(safe_name(name, self.ending), "w", force_zip64=True) as entry:
                        shutil.copyfileobj(member, entry)
        place = standing(self.user)
        return _ready(file, safe_name(self.name(place.label if place else ""), ZIP), ZIP, count)

    def by_county(self, rows: QuerySet) -> Iterator[tuple[str, QuerySet]]:
        counties = rows.order_by().values_list("county", flat=True).distinct()
        labels = {one.pk: one.label for one in Division.objects.filter(pk__in=[pk for pk in counties if pk])}
        for pk in sorted(counties, key=lambda pk: (pk is None, pk)):
            inside = rows.filter(county=pk) if pk else rows.filter(county__isnull=True)
            yield from self.chunks(self.name(labels.get(pk) or _("不分县区")), inside)

    def chunks(self, name: str, rows: QuerySet) -> Iterator[tuple[str, QuerySet]]:
        """A county of more rows than an upload may hold, in numbered pieces by id."""
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        bounds = range(0, len(ids), limits.DATA_ROWS)
        for place, start in enumerate(bounds, start=1):
            piece = ids[start : start + limits.DATA_ROWS]
            part = rows.filter(pk__range=(piece[0], piece[-1]))
            yield (f"{name}_{place}" if len(bounds) > 1 else name), part


def _footer(user: Any) -> str:
    """Who took the file, from which unit, when: printed at the foot of every page."""
    words = {"unit": user.unit_label, "who": user.label, "time": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return _("%(unit)s %(who)s %(time)s 导出，内含个人信息，请妥善保管") % words


def _scratch() -> IO[bytes]:
    """A file without a name: gone when closed, and when the process ends."""
    return tempfile.TemporaryFile()


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
