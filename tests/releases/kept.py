"""The rows of a register, table by table, as plain JSON that either database takes in again.

Values stand as SQLite holds them: days and times as text (UTC), money as text, 0 and 1 for no and yes; bytes (what is
sealed) as {"bytes": base64}.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
TOPS = ("gansu_care", "centers", "children", "funding")
# The keys under which the kept values are sealed: of no other use, so they may stand here.
KEYS = {
    "SECRET_KEY": "the register of a release, kept for its tests alone",
    "SEALING_KEYS": "1:" + base64.b64encode(b"a kept release to be migrated on").decode(),
    "DIGEST_KEY": base64.b64encode(b"the digests of a kept release ..").decode(),
}
# What migrating itself fills, or what lives for hours only.
LEFT_OUT = {"django_migrations", "django_session", "usersessions_usersession", "cache"}
BATCH = 500


@dataclass
class Table:
    columns: list[str]
    rows: list[list[Any]]


@dataclass
class Kept:
    """`migrations`: those applied when it was kept, as [app, name]; `files`: our own, by path, with their SHA-256."""

    release: str
    migrations: list[list[str]]
    files: dict[str, str]
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.release}.json.gz"

    def write(self) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        self.path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))

    @classmethod
    def read(cls, path: Path) -> Kept:
        held = json.loads(gzip.decompress(path.read_bytes()))
        tables = {name: Table(**table) for name, table in held.pop("tables").items()}
        return cls(**held, tables=tables)


def keep(connection: BaseDatabaseWrapper, release: str) -> Kept:
    """The rows of a database; an SQLite one, whose values need no conversion."""
    applied = [list(pair) for pair in MigrationRecorder(connection).applied_migrations()]
    kept = Kept(release, sorted(applied), migration_files())
    for name in sorted(set(connection.introspection.table_names()) - LEFT_OUT):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
            columns = [column[0] for column in cursor.description]
            rows = [[_as_json(value) for value in row] for row in cursor.fetchall()]
        if rows:
            kept.tables[name] = Table(columns, rows)
    return kept


def migration_files() -> dict[str, str]:
    """The project's own migrations, by path, with what they hold as SHA-256."""
    found = [path for top in TOPS for path in (ROOT / top).rglob("migrations/0*.py")]
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(found)
    }


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value if value is None or isinstance(value, int | str) else str(value)


def restore(connection: BaseDatabaseWrapper, kept: Kept) -> None:
    """Make the tables of the release in an empty database, and put its rows in."""
    executor = MigrationExecutor(connection)
    last = _last(executor.loader.graph, kept)
    executor.migrate(last)
    models = executor.loader.project_state(last).apps.get_models(include_auto_created=True)
    by_table = {model._meta.db_table: model for model in models}
    with connection.constraint_checks_disabled(), transaction.atomic(connection.alias):
        for name, table in kept.tables.items():
            _fill(connection, by_table[name], table)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(by_table.values())):
            cursor.execute(statement)


def _last(graph: Any, kept: Kept) -> list[tuple[str, str]]:
    """The migrations of the release that no other of it builds upon."""
    wanted = {tuple(pair) for pair in kept.migrations} & set(graph.nodes)
    children = {node: {child.key for child in graph.node_map[node].children} for node in wanted}
    return sorted(
        node
        for node in wanted
        if not any(child in wanted and child[0] == node[0] for child in children[node])
    )


def _fill(connection: BaseDatabaseWrapper, model: Any, table: Table) -> None:
    kinds = {field.column: field.get_internal_type() for field in model._meta.local_fields}
    booleans = [kinds.get(column) == "BooleanField" for column in table.columns]
    quote = connection.ops.quote_name
    holders = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, table.columns))}) VALUES ({holders})"
    rows = [
        [_as_stored(value, boolean) for value, boolean in zip(row, booleans, strict=True)]
        for row in table.rows
    ]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(statement, rows[start : start + BATCH])


def _as_stored(value: Any, boolean: bool) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"])
    return bool(value) if boolean and value is not None else value
