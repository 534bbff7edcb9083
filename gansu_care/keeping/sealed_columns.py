"""Where sealed values stand: every sealed column of every model, found by looking at the models."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import Model

from gansu_care.sealed.fields import SealedBlobField, SealedTextField


class SealedTable(NamedTuple):
    """A table that has sealed columns, history's tables among them."""

    model: type[Model]
    fields: list[SealedTextField | SealedBlobField]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return str(self.model._meta.pk.column)


def sealed_tables() -> Iterator[SealedTable]:
    """Registers before their histories: a snapshot is a copy of a row as it stands."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    for model in sorted(models, key=lambda model: hasattr(model, "history_id")):
        columns = model._meta.local_concrete_fields
        if fields := [field for field in columns if isinstance(field, SealedTextField | SealedBlobField)]:
            yield SealedTable(model, fields)


def quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
