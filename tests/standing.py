"""The divisions as loaded once for each test database: their rows, and what a process makes of them.

1,600 rows read anew for every test would be a fifth of the whole run. What a test does to the list is rolled back with
it, so the next one is given the list as it stands (divisions/book.py).
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from gansu_care.divisions.book import _Memory as Memory
from gansu_care.divisions.book import book, reset
from gansu_care.divisions.loading import load

CONFIG = apps.get_app_config("divisions")
BOOK = book.__wrapped__  # type: ignore[attr-defined]  # under which the process keeps it


class _Standing:
    rows: list[Model] = []
    values: list[tuple[Any, ...]] = []
    made: dict[Any, Any] = {}
    edition: int | None = None


def note_migrations() -> None:
    """The tables of the tests are those that all migrations together make: none is left to be applied."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    names = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in names)


def load_once() -> None:
    load()
    _Standing.rows = [row for model in CONFIG.get_models() for row in model._base_manager.order_by("pk")]
    _Standing.values = _values(_Standing.rows)
    _Standing.made = {BOOK: book()}
    _Standing.edition = Memory.edition


def hand_out() -> None:
    """Forget what the process knew; it knows the standing list."""
    reset()
    Memory.held.update(_Standing.made)
    Memory.edition = _Standing.edition


def keep_what_was_made() -> None:
    """What else a test made of the standing list serves the next ones; what it made of another is left behind."""
    if _Standing.made and Memory.held.get(BOOK) is _Standing.made[BOOK]:
        _Standing.made.update(Memory.held)


def tables() -> set[str]:
    return {model._meta.db_table for model in CONFIG.get_models()}


def is_as_it_was() -> bool:
    """Whether no test has written to the list."""
    return _values(row for model in CONFIG.get_models() for row in model._base_manager.order_by("pk")) == (
        _Standing.values
    )


def put_back() -> None:
    """Into empty tables."""
    for model in {type(row): None for row in _Standing.rows}:
        model._base_manager.bulk_create([row for row in _Standing.rows if type(row) is model])


def _values(rows: Iterable[Model]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, one.attname) for one in row._meta.concrete_fields) for row in rows]
