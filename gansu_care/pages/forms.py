"""How a form looks: the classes of a control, its error state, and the conditions a filter form has set.

Pages render forms with ``components/form.html``; admin, allauth and filters come through the same functions, so no
form class needs to know a CSS class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def control_class(widget: forms.Widget) -> str:
    """Bootstrap's class for this kind of widget."""
    if isinstance(widget, CHECKS):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def control_attrs(field: forms.BoundField, extra: str = "") -> dict[str, Any]:
    """The widget's attributes: its own classes, ours, and the red border of a refused value.

    The ids that describe the control are Django's: ``<id>_helptext`` and ``<id>_error``.
    """
    widget = field.field.widget
    label_range(field)
    own = widget.attrs.get("class", "")
    refused = "is-invalid" if field.errors and not isinstance(widget, CHECKS) else ""
    attrs: dict[str, Any] = {
        "class": " ".join(part for part in (own, control_class(widget), extra, refused) if part)
    }
    if widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False  # allauth's say the label again; False leaves the attribute out
    return attrs


def label_range(field: forms.BoundField) -> None:
    """Give the two inputs of a range a name each: one label cannot name both."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget) and len(widget.widgets) == 2:
        for part, name in zip(widget.widgets, (_("%(label)s，从"), _("%(label)s，到")), strict=True):
            part.attrs["aria-label"] = name % {"label": field.label}


# --- fieldsets ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fieldset:
    """Fields that stand together: a heading (may be empty), a note behind it, 1 to 3 columns."""

    legend: str
    fields: list[forms.BoundField]
    columns: int = 2
    note: str = ""


def fieldsets(form: forms.BaseForm) -> list[Fieldset]:
    """A form's fieldsets, as its class names them: ``fieldsets = [(legend, [field names])]``, ``columns = 2``.

    A third value is the note. Fields that no fieldset names follow at the end, so that none is lost; a form without
    fieldsets is one without a heading.
    """
    columns = getattr(form, "columns", 2)
    left = {field.name: field for field in form.visible_fields()}
    sets = []
    for legend, names, *note in getattr(form, "fieldsets", ()):
        fields = [left.pop(name) for name in names if name in left]
        if fields:
            sets.append(Fieldset(str(legend), fields, columns, str(note[0]) if note else ""))
    if left:
        sets.append(Fieldset("", list(left.values()), columns))
    return sets


# --- what a filter form has set ----------------------------------------------------------------------------------


def filter_chips(form: forms.BaseForm, query: QueryDict | None) -> list[dict[str, str]]:
    """Name, label, value in words and the link without it, for each condition that is set.

    Args:
        form: a bound filter form; an unbound or refused one has no chips.
        query: the page's query; the links keep everything else of it, but the place in the list.
    """
    if query is None or not form.is_bound or not form.is_valid():
        return []
    return [
        {
            "name": name,
            "label": str(form[name].label),
            "value": _in_words(form.fields[name], value),
            "url": _without(query, form, name),
        }
        for name, value in form.cleaned_data.items()
        if (is_set(value) or _is_no(form.fields[name], value)) and not form[name].is_hidden
    ]


def is_set(value: Any) -> bool:
    """Whether a filter's value narrows anything: a text, a choice, one end of a range, one of several."""
    if isinstance(value, slice):
        return is_set([value.start, value.stop])
    if isinstance(value, Iterable) and not isinstance(value, str):
        return any(is_set(one) for one in value)
    return value not in (None, "", False)


def _is_no(field: forms.Field, value: Any) -> bool:
    """Whether 否 was chosen where leaving it open was possible; an empty tick box is not a choice."""
    return value is False and isinstance(field, forms.NullBooleanField)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, slice):
        return _("%(start)s 至 %(stop)s") % {
            "start": _word(field, value.start),
            "stop": _word(field, value.stop),
        }
    if isinstance(value, Iterable) and not isinstance(value, str):
        return _("、").join(_word(field, one) for one in value)
    return _word(field, value)


def _word(field: forms.Field, value: Any) -> str:
    if value is None:
        return "…"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date | Decimal | int) and not hasattr(field, "choices"):
        return str(value)[:10] if isinstance(value, date) else str(value)
    return _choice_label(field, value) or str(value)


def _choice_label(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    for key, label in getattr(field, "choices", ()):
        for inner, inner_label in label if isinstance(label, list | tuple) else [(key, label)]:
            if str(inner) == str(value):
                return str(inner_label)
    return ""


def _without(query: QueryDict, form: forms.BaseForm, name: str) -> str:
    """The page's address without this condition and back at the first page."""
    rest = query.copy()
    prefix = form.add_prefix(name)
    for key in [key for key in rest if key == prefix or key.startswith(f"{prefix}_")]:
        if key == prefix or key.rsplit("_", 1)[-1] in {"0", "1", "min", "max", "after", "before"}:
            del rest[key]
    for key in ("page", "after", "before"):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"
