"""The history of a record in words: who, when, why, from which upload, and each field's old and new value."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gansu_care.pages.record_forms import shown

# Columns that say nothing to a reader: derived, technical, or told by the entry itself.
SILENT = {
    "id", "version", "changed_at", "created_at", "upload_number", "county", "prefecture", "reporting_unit", "number",
    "name_sort", "child", "parent", "center", "receipt", "kind", "since_precision", "birth_precision",
}  # fmt: skip
LIMIT = 200
Masks = Mapping[str, Callable[[str], str]]


def history_entries(histories: Iterable[QuerySet], masks: Masks | None = None) -> list[dict[str, Any]]:
    """Entries for components/history.html, newest first; at most the last 200 snapshots of each part.

    `masks`: how fields that this reader may not see whole are shown, by name.
    """
    entries: list[dict[str, Any]] = []
    for rows in histories:
        snapshots = list(rows.select_related("history_user").order_by("-history_id")[:LIMIT])
        by_row: dict[Any, list[Any]] = {}
        for snapshot in snapshots:
            by_row.setdefault(snapshot.id, []).append(snapshot)
        for series in by_row.values():
            entries += [
                _entry(new, old, masks or {}) for new, old in zip(series, [*series[1:], None], strict=True)
            ]
    return sorted(entries, key=lambda entry: entry["when"], reverse=True)


def _entry(new: Any, old: Any, masks: Masks) -> dict[str, Any]:
    what = new.instance_type._meta.verbose_name
    return {
        "when": new.history_date,
        "who": new.history_user.label if new.history_user else _("系统"),
        "what": _("新增%(what)s") % {"what": what}
        if new.history_type == "+"
        else _("修改%(what)s") % {"what": what},
        "why": new.history_change_reason or "",
        # An upload writes its number into the reason of every part; the row itself need not say it twice.
        "source": "" if new.history_change_reason else getattr(new, "upload_number", ""),
        "is_new": new.history_type == "+",
        "source_url": "",
        "changes": _changes(new, old, masks),
    }


def _changes(new: Any, old: Any, masks: Masks) -> list[dict[str, str]]:
    """Each field that changed; for the first snapshot what was filled in."""
    changes = []
    for field in new.instance_type._meta.concrete_fields:
        if field.name in SILENT or field.name.endswith("_digest"):
            continue
        now, before = shown(new, field.name), shown(old, field.name) if old else ""
        if now != before:
            mask = masks.get(field.name, str)
            changes.append({"label": str(field.verbose_name), "old": mask(before), "new": mask(now)})
    return changes
