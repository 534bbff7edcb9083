"""What every template needs to speak in one voice: icons, figures and dates, form controls, parts of components.

Load with ``{% load gc %}``. How figures and dates are written stands in gansu_care.pages.wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, MultiWidget, Textarea
from django.template.context import Context
from django.templatetags.l10n import unlocalize
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gansu_care.pages.browsers import browser_name
from gansu_care.pages.forms import Fieldset, control_attrs, fieldsets, filter_chips, is_set
from gansu_care.pages.wording import (
    as_decimal,
    day,
    long_day,
    measure,
    moment,
    money,
    month,
    number,
    percent,
    recent,
    share,
    year_name,
)

register = template.Library()

SPRITE = "vendor/bootstrap-icons/icons.svg"
LEVELS = {"success": "ok", "warning": "warn", "error": "bad"}
NOTE_ICONS = {
    "ok": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "bad": "exclamation-octagon-fill",
    "info": "info-circle-fill",
}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """One icon of the sprite; hidden from screen readers unless it has a label of its own."""
    return _drawn(name, size, str(label))


@lru_cache(maxsize=500)
def _drawn(name: str, size: str, label: str) -> SafeString:
    """A page has thirty of them, and the site as many."""
    classes = f"gc-i gc-i-{size}" if size else "gc-i"
    href = f"{static(SPRITE)}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.filter
def note_level(level: str) -> str:
    """The note's level (info, ok, warn, bad) for a level of ours or of Django's messages."""
    return LEVELS.get(level, level if level in NOTE_ICONS else "info")


@register.filter
def note_icon(level: str) -> str:
    """The icon that goes with a level of note."""
    return NOTE_ICONS[note_level(level)]


# --- figures, dates, counts ------------------------------------------------------------------------------

for wording in (day, long_day, moment, money, month, number, percent, recent, year_name):
    register.filter(wording.__name__, wording)
register.filter("browser_name", browser_name)
register.simple_tag(measure)
register.simple_tag(share)


# --- forms -------------------------------------------------------------------------------------------------------


@register.simple_tag
def control(field: BoundField, extra: str = "") -> SafeString:
    """The field's widget with our classes, error state and the ids that describe it."""
    return field.as_widget(attrs=control_attrs(field, extra))


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands behind it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def is_range(field: BoundField) -> bool:
    """Whether the field takes two values, from and to."""
    return isinstance(field.field.widget, MultiWidget)


@register.filter
def is_wide(field: BoundField) -> bool:
    """Whether the field takes the whole width of its fieldset: long texts."""
    return isinstance(field.field.widget, Textarea)


@register.simple_tag
def form_fieldsets(form: BaseForm) -> list[Fieldset]:
    """The fieldsets of a form; see gansu_care.pages.forms.fieldsets."""
    return fieldsets(form)


@register.simple_tag
def refused_fields(form: BaseForm) -> list[BoundField]:
    """The visible fields of a form that were refused, in the order of the page."""
    return [field for field in form.visible_fields() if field.errors]


@register.simple_tag
def filter_fields(form: BaseForm, shown: int) -> dict[str, Any]:
    """A filter form's fields: those in sight, those behind 更多条件, and how many of the latter are set."""
    fields = form.visible_fields()
    more = fields[shown:]
    more_set = sum(bool(field.errors) or is_set(field.value()) for field in more)
    return {"shown": fields[:shown], "more": more, "more_set": more_set, "more_open": bool(more_set)}


@register.simple_tag(takes_context=True)
def chips(context: Context, form: BaseForm) -> list[dict[str, str]]:
    """The conditions a bound filter form has set, each with the link that takes it away."""
    request = context.get("request")
    return filter_chips(form, request.GET if request else None)


# --- parts of components -----------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def page_value(context: Context, name: str) -> Any:
    """A value of the page around a table: tables2's render_table hides the page, but leaves it with the table."""
    if name in context:
        return context[name]
    page = getattr(context.get("table"), "context", None)
    return page.get(name) if page is not None else None


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """mapping[key], or None."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def has_class(html_class: str | None, name: str) -> bool:
    """Whether a space-separated class list holds ``name``."""
    return name in (html_class or "").split()


@register.filter
def cell_class(html_class: str | None) -> str:
    """A tables2 cell's classes without the ones that tables2 adds for its own sorting."""
    return " ".join(name for name in (html_class or "").split() if name not in {"orderable", "asc", "desc"})


@register.filter
def wants_label(html_class: str) -> bool:
    """Whether a cell shows its heading on a phone: not where it stands beside the name or is left out."""
    return not {"name", "no", "fit", "top-sm", "row-acts", "drop-sm"}.intersection(html_class.split())


@register.filter
def cells(row: Any) -> SafeString:
    """The cells of a tables2 row. Put together here: a template would take as long for them as for the whole page."""
    return format_html_join("\n", "{}{}{}", _parts(row))


def _parts(row: Any) -> Iterator[tuple[SafeString, str, SafeString]]:
    for column, cell in row.items():
        before, after = _around(column)
        yield before, unlocalize(cell), after


def _around(column: Any) -> tuple[SafeString, SafeString]:
    """What stands before and after each cell of a column; found once for a table."""
    if not hasattr(column, "around"):
        column.around = _tags(cell_class(column.attrs["td"].get("class")), column.header)
    return column.around


def _tags(kinds: str, heading: str) -> tuple[SafeString, SafeString]:
    classes = format_html(' class="{}"', kinds) if kinds else ""
    if has_class(kinds, "name"):
        return format_html('<th scope="row"{}>', classes), format_html("</{}>", "th")
    label = format_html(' data-label="{}"', heading) if wants_label(kinds) else ""
    return format_html("<td{}{}>", classes, label), format_html("</{}>", "td")


@register.filter
def per_mille(value: Any) -> int:
    """A percentage as whole thousandths, for <progress max="1000">."""
    exact = as_decimal(value)
    return int(exact * 10) if exact is not None else 0


@register.simple_tag
def action_class(action: Any) -> str:
    """The classes of an action's button (components/action.html)."""
    kind = _of(action, "kind") or ("primary" if _of(action, "primary") else "default")
    names = ["btn", "btn-danger-line" if kind == "danger" else f"btn-{kind}"]
    names += ["btn-sm"] if _of(action, "small") else []
    names += ["hide-sm"] if _of(action, "hide_sm") else []
    return " ".join(names)


@register.simple_tag
def sums_check(sums: Any) -> dict[str, Any]:
    """The parts of a sheet's rows as a sum in words, and by how much they miss the whole."""
    parts = [int(_of(sums, part) or 0) for part in ("new", "changed", "same", "doubtful", "refused")]
    return {
        "parts": " + ".join(number(n) for n in parts),
        "difference": int(_of(sums, "rows") or 0) - sum(parts),
    }


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
