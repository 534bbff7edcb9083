"""What `manage.py check` says of keys and folders: --deploy for the folders, --database default for the blind index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from gansu_care.keeping.reindexing import indexes
from gansu_care.sealed.fields import digest_column

OTHERS = 0o077


@register(Tags.security, deploy=True)
def only_the_service_reads(**kwargs: Any) -> list[CheckMessage]:
    """Keys, files and backups are nobody else's to read on this machine."""
    kept = (settings.BASE_DIR / ".env", settings.VAR_DIR, settings.BACKUP_DIR, settings.TRAIL_DIR)
    return [
        Warning(
            f"{path} can be read by other users of this machine.",
            hint=f"chmod {'700' if path.is_dir() else '600'} {path}",
            id="keeping.W001",
        )
        for path in map(Path, kept)
        if path.exists() and path.stat().st_mode & OTHERS
    ]


@register(Tags.database)
def the_index_is_whole(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A key taken out of DIGEST_KEY too early would leave people whom no search finds."""
    return [
        Error(
            f"{index.model._meta.label}: rows of {index.sealed.name} are not in the index of the first DIGEST_KEY.",
            hint="Put the earlier key back in front of it and run rotate_index_key.",
            id="keeping.E001",
        )
        for index in (indexes() if databases else ())
        for alias in databases or ()
        if _is_missing(alias, index)
    ]


def _is_missing(alias: str, index: Any) -> bool:
    table, column = index.model._meta.db_table, digest_column(index.sealed.digest_field)
    connection = connections[alias]
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        if column not in {one.name for one in connection.introspection.get_table_description(cursor, table)}:
            return False  # not migrated yet
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {index.sealed.column} IS NOT NULL AND {column} IS NULL)"
        )
        return bool(cursor.fetchone()[0])
