"""The whole register as plain values, to be compared before and after: every row of every kind, parts and search keys
included; without what only tells how often a row was written.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Model

from gansu_care.sealed.fields import Sealed

REGISTER = ("children", "centers", "funding")
COUNTERS = ("version", "changed_at")
Rows = dict[str, list[dict[str, Any]]]


def register_rows(without: Collection[str] = COUNTERS) -> Rows:
    """{model: its rows by key}, with the columns as the database holds them: sealed ones as their ciphertext."""
    return {model._meta.label: _rows(model, without) for model in _models()}


def _models() -> list[type[Model]]:
    models = (model for app in REGISTER for model in apps.get_app_config(app).get_models())
    return [model for model in models if not hasattr(model, "tracked_fields")]


def _rows(model: type[Model], without: Collection[str]) -> list[dict[str, Any]]:
    fields = [field.attname for field in model._meta.concrete_fields if field.name not in without]
    # Search keys are made anew: their own keys say nothing.
    if not hasattr(model, "history"):
        fields.remove("id")
    rows = model._base_manager.order_by(*fields[:3]).values(*fields)
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.token if isinstance(value, Sealed) else value
