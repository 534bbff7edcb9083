"""Everything that the database holds, to be searched for what should not be there any more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from gansu_care.keeping.reading_apart import pieces_of
from gansu_care.sealed.fields import Sealed


def all_values() -> Iterator[tuple[str, str]]:
    """(table.column, text) of every value of every row, sealed ones opened."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                yield f"{model._meta.db_table}.{field.column}", _text(getattr(row, field.attname))


def _text(value: Any) -> str:
    if isinstance(value, Sealed):
        return value.open()
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def holding(markers: set[str]) -> set[str]:
    """Where one of the markers stands: table.column."""
    return {place for place, text in all_values() if any(marker in text for marker in markers)}


def raw_bytes() -> bytes:
    """SQLite: the file with its log, free pages included. PostgreSQL: all rows of all tables as they are stored."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return b"".join(
            piece for path in sorted(file.parent.glob(f"{file.name}*")) for piece in pieces_of(path)
        )
    copied = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with cursor.connection.cursor() as plain:
                from io import BytesIO

                into = BytesIO()
                plain.copy_expert(f'COPY "{table}" TO STDOUT', into)
                copied.append(into.getvalue())
    return b"".join(copied)
