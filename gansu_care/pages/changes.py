"""The history of a record in words: who, when, why, from which upload, and each field's old and new value."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gansu_care.pages.reasons import reason_of
from gansu_care.pages.record_forms import shown
from gansu_care.pages.sources import is_source
from gansu_care.sealed.fields import DigestField

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
    what, why = new.instance_type._meta.verbose_name, reason_of(new.history_change_reason or "")
    source = why.about if is_source(why.about) else ""
    return {
        "when": new.history_date,
        "who": new.history_user.label if new.history_user else _("系统"),
        "what": _act(new.history_type) % {"what": what},
        "why": why.words,
        "source": source if why.words else getattr(new, "upload_number", ""),
        "is_new": new.history_type == "+",
        "source_url": "",
        "changes": _changes(new, old, masks) if new.history_type != "-" else _removed(new, masks),
    }


def _act(sign: str) -> str:
    return {"+": _("新增%(what)s"), "-": _("去掉%(what)s")}.get(sign, _("修改%(what)s"))


def _changes(new: Any, old: Any, masks: Masks) -> list[dict[str, str]]:
    """Each field that changed; for the first snapshot what was filled in."""
    changes = []
    for field in new.instance_type._meta.concrete_fields:
        if field.name in SILENT or isinstance(field, DigestField):
            continue
        now, before = shown(new, field.name), shown(old, field.name) if old else ""
        if now != before:
            mask = masks.get(field.name, str)
            changes.append({"label": str(field.verbose_name), "old": mask(before), "new": mask(now)})
    return changes


def _removed(last: Any, masks: Masks) -> list[dict[str, str]]:
    """What a part held that is no longer there."""
    return [{**change, "old": change["new"], "new": ""} for change in _changes(last, None, masks)]
