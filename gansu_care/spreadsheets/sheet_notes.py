"""What a page says of the sheets and columns of a file: what was read as what, what was left out, where to change."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gansu_care.pages.wording import number
from gansu_care.spreadsheets.file_rows import REASONS
from gansu_care.spreadsheets.form_columns import path_of
from gansu_care.spreadsheets.kinds import resources_by_code
from gansu_care.spreadsheets.models import AskedHeading, Upload, UploadState
from gansu_care.spreadsheets.models.headings import whose

# In these states the file can be read again with other columns or sheets.
CHANGEABLE = (UploadState.ASKING, UploadState.CHECKED, UploadState.REFUSED)
NAMED = 6


def can_change(upload: Upload) -> bool:
    """Whether columns and sheets of this upload may still be chosen."""
    return upload.state in CHANGEABLE and upload.cleared_at is None


def sheet_facts(upload: Upload) -> list[dict[str, Any]]:
    """填报单位, 填报日期 and 填表人, as the lines around the tables say."""
    labels = {"unit": _("填报单位"), "filled_on": _("填报日期"), "filler": _("填表人")}
    return [
        {"label": label, "value": upload.facts[name], "sub": _("表中写的")}
        for name, label in labels.items()
        if upload.facts.get(name)
    ]


def sheet_notes(upload: Upload) -> list[dict[str, Any]]:
    """What the lines around the tables say, and the sheets that were not read, each with its reason."""
    notes: list[dict[str, Any]] = []
    if said := [f"{fact['label']}：{fact['value']}" for fact in sheet_facts(upload)]:
        notes.append({"level": "info", "title": _("表中写的："), "text": _("；").join(said)})
    left_out = [
        _("%(sheet)s（%(reason)s）") % {"sheet": sheet["name"], "reason": REASONS.get(sheet["reason"], "")}
        for sheet in upload.sheets
        if not sheet.get("imported")
    ]
    if left_out:
        note = {"level": "info", "title": _("没有读取的工作表："), "text": _("、").join(left_out)}
        notes.append(note | _link(upload, "sheets", _("选择工作表")))
    elif len(upload.sheets) > 1:
        text = _("%(n)s 个工作表都读取了。") % {"n": number(len(upload.sheets))}
        notes.append({"level": "info", "text": text} | _link(upload, "sheets", _("选择工作表")))
    return notes


def heading_notes(upload: Upload) -> list[dict[str, Any]]:
    """Headings read as the county read them before, and headings that were not read at all."""
    if not can_change(upload):
        return []
    asked = list(upload.asked.all())
    notes: list[dict[str, Any]] = []
    if said := [one for one in asked if one.said]:
        whom = _("您县上次的选择：") if whose(upload.division).is_county else _("您单位上次的选择：")
        note = {"level": "info", "title": whom, "text": _named(_taken_as(said))}
        notes.append(note | _link(upload, "columns", _("改一改")))
    if unread := [one for one in asked if not one.said]:
        note = {
            "level": "info",
            "title": _("没有读取的栏目："),
            "text": _named(one.heading for one in unread),
        }
        notes.append(note | _link(upload, "columns", _("选定栏目")))
    return notes


def _taken_as(asked: Iterable[AskedHeading]) -> Iterable[str]:
    resources = resources_by_code()
    for one in asked:
        column = resources[one.resource].fields.get(one.said) if one.resource in resources else None
        words = {"heading": one.heading, "label": path_of(column) if column else one.said}
        yield _("“%(heading)s”当作“%(label)s”") % words


def _named(words: Iterable[str]) -> str:
    """The first few, and how many there are."""
    listed = list(words)
    text = _("、").join(listed[:NAMED])
    if len(listed) > NAMED:
        text = _("%(listed)s等 %(n)s 个") % {"listed": text, "n": number(len(listed))}
    return text


def _link(upload: Upload, page: str, label: str) -> dict[str, str]:
    if not can_change(upload):
        return {}
    return {"url": reverse(f"spreadsheets:{page}", args=[upload.number]), "link": label}
