"""Staged rows as the preview shows them: whose row it is, what would change, what keeps it out.

Sealed values are masked as in the register. Names and birth dates are in full for the unit that sent the file and
masked above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gansu_care.pages.keyset import Page
from gansu_care.pages.wording import money
from gansu_care.sealed.masks import mask_name
from gansu_care.spreadsheets.columns import MoneyColumn, NameColumn
from gansu_care.spreadsheets.comparing import shown_masked
from gansu_care.spreadsheets.form_columns import path_of
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Outcome, StagedRow, Upload
from gansu_care.spreadsheets.problem_lists import line, sees_cells
from gansu_care.spreadsheets.uploads.staging import taken_out

SHOWN = 5  # name, identity and three more


@dataclass
class PreviewRow:
    """One staged row. `name` and `identity` tell the record, `facts` are further columns, `hint` what is wrong."""

    position: int
    sheet: str
    row: int
    name: str
    identity: str
    url: str = ""
    facts: list[str] = field(default_factory=list)
    changes: list[dict[str, str]] = field(default_factory=list)
    hint: str = ""
    # The key of the staged row, and why the second person keeps it out.
    pk: int = 0
    kept_out: str = ""


def preview_rows(upload: Upload, page: Page, user: Any) -> list[PreviewRow]:
    """The rows of one page, with a constant number of queries."""
    shown = _Showing(upload, page.rows, user)
    return [shown.row(page.first + place, staged) for place, staged in enumerate(page.rows)]


def preview_row(upload: Upload, staged: StagedRow, user: Any) -> PreviewRow:
    """One row alone."""
    return _Showing(upload, [staged], user).row(1, staged)


def row_headings(upload: Upload) -> dict[str, Any]:
    """How the columns of the preview are headed: those of the kind's first resource; other sheets fit in below."""
    kind = KINDS[upload.kind]
    resource = kind.resources[0]()
    labels = [str(resource.fields[name].label) for name in shown_fields(resource)]
    labels += [""] * (2 - len(labels))
    several = len(kind.resources) > 1
    return {
        "name_heading": _("记录") if several else labels[0],
        "identity_heading": _("说明") if several else labels[1],
        "columns": [_("其他")] if several else labels[2:],
        "several": several,
    }


def shown_fields(resource: Any) -> Sequence[str]:
    """The fields by which a person knows a record, the most telling first: as the resource says, else its first."""
    named = getattr(resource, "shown", ()) or resource.telling
    return (named or tuple(resource.stored_columns()))[:SHOWN]


class _Showing:
    def __init__(self, upload: Upload, rows: Sequence[StagedRow], user: Any) -> None:
        self.kind = KINDS[upload.kind]
        self.resources = {name: self.kind.resource(name)() for name in {row.resource for row in rows}}
        self.in_full = sees_cells(user, upload)
        self.urls = self._urls(rows, user)
        self.hints = self._hints(upload, rows)

    def row(self, position: int, staged: StagedRow) -> PreviewRow:
        resource = self.resources[staged.resource]
        values = taken_out(staged)
        words = [self.word(resource, name, values.get(name)) for name in shown_fields(resource)]
        words += [""] * (2 - len(words))
        several = len(self.kind.resources) > 1
        facts = ["　".join(filter(None, words[2:]))] if several else words[2:]
        return PreviewRow(
            position=position,
            sheet=staged.sheet,
            row=staged.row,
            name=words[0] or "—",
            identity=words[1],
            url=self.urls.get((staged.resource, staged.target_id), ""),
            facts=facts,
            changes=[self.change(resource, change) for change in staged.changes],
            hint=self.hints.get((staged.sheet, staged.row), ""),
            pk=staged.pk,
            kept_out=staged.kept_out_why,
        )

    def word(self, resource: Any, name: str, value: Any) -> str:
        column = resource.fields[name]
        if isinstance(column, MoneyColumn) and value is not None:
            return money(value)
        return self.seen(column, shown_masked(column, value))

    def change(self, resource: Any, change: dict[str, str]) -> dict[str, str]:
        column = resource.fields.get(change["field"])
        old, new = (self.seen(column, change[side]) for side in ("old", "new"))
        return {"label": path_of(column) if column else change["field"], "old": old, "new": new}

    def seen(self, column: Any, text: str) -> str:
        """The text as this reader may see it."""
        if not self.in_full and getattr(column, "beyond_county_only", False):
            return column.mask(text)
        return mask_name(text) if isinstance(column, NameColumn) and not self.in_full else text

    def _urls(self, rows: Sequence[StagedRow], user: Any) -> dict[tuple[str, int | None], str]:
        """Pages of the records that the rows mean, as far as the user sees them."""
        urls = {}
        for name, resource in self.resources.items():
            ids = [row.target_id for row in rows if row.resource == name and row.target_id]
            model = resource._meta.model
            if ids and hasattr(model, "get_absolute_url"):
                for record in model.objects.visible_to(user).filter(pk__in=ids):
                    urls[name, record.pk] = record.get_absolute_url()
        return urls

    def _hints(self, upload: Upload, rows: Sequence[StagedRow]) -> dict[tuple[str, int], str]:
        """The first problem of each row that is kept out."""
        kept_out = {row.row for row in rows if row.outcome in (Outcome.DOUBTFUL, Outcome.REFUSED)}
        hints: dict[tuple[str, int], str] = {}
        if kept_out:
            for stored in upload.problems.filter(row__in=kept_out).order_by("level", "order"):
                hints.setdefault(
                    (stored.sheet, stored.row or 0), line(stored, with_cells=self.in_full).message
                )
        return hints
