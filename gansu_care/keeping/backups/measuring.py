"""What a database holds, measured: to compare a backup with what is restored of it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator

from gansu_care.keeping.sealed_columns import sealed_tables
from gansu_care.sealed import cipher
from gansu_care.trail.models import EventSeal

ROWS_AT_ONCE = 1_000
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


class Measured(NamedTuple):
    tables: dict[str, list[Any]]  # name: [rows, checksum]
    trail: list[Any]  # number and digest of the last seal; empty without one
    migrations: list[list[str]]  # [app, name] of those applied
    sealing_versions: list[int]


def measure(cursor: Any, vendor: str) -> Measured:
    """`cursor` is a driver's or Django's, in a transaction that sees one moment."""
    tables = sorted(_values(cursor, TABLES[vendor]))
    checksum = _checksum_sqlite if vendor == "sqlite" else _checksum_postgresql
    return Measured(
        {table: checksum(cursor, table) for table in tables},
        _trail(cursor) if EventSeal._meta.db_table in tables else [],
        _rows(cursor, "SELECT app, name FROM django_migrations ORDER BY app, name"),
        sorted(set(_versions(cursor, tables))),
    )


def _checksum_sqlite(cursor: Any, table: str) -> list[Any]:
    digest, count = hashlib.blake2b(digest_size=16), 0
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        count += len(rows)
        digest.update(repr(rows).encode())
    return [count, digest.hexdigest()]


def _checksum_postgresql(cursor: Any, table: str) -> list[Any]:
    """The sum of the rows' digests, whatever their order: only mistakes are looked for."""
    cursor.execute(
        f"SELECT count(*), COALESCE(sum(('x' || left(md5(held::text), 15))::bit(60)::bigint), 0)::text "
        f'FROM "{table}" held'
    )
    return list(cursor.fetchone())


def _trail(cursor: Any) -> list[Any]:
    found = _rows(
        cursor, f"SELECT number, digest FROM {EventSeal._meta.db_table} ORDER BY number DESC LIMIT 1"
    )
    return found[0] if found else []


def _versions(cursor: Any, tables: list[str]) -> Iterator[int]:
    """Under which keys something is sealed: what a restore will need."""
    yield cipher.newest_version()
    for table in sealed_tables():
        for field in table.fields if table.name in tables else ():
            column = f'"{field.column}"'
            first = f"SELECT DISTINCT substr({column}, 1, 1) FROM {table.name} WHERE {column} IS NOT NULL"
            yield from (bytes(version)[0] for version in _values(cursor, first))
    for data in _values(cursor, f"SELECT data FROM {Authenticator._meta.db_table}"):
        held = json.loads(data) if isinstance(data, str) else data
        yield from (bytes.fromhex(token)[0] for token in held.values() if isinstance(token, str))


def _values(cursor: Any, query: str) -> list[Any]:
    return [value for (value,) in _rows(cursor, query)]


def _rows(cursor: Any, query: str) -> list[list[Any]]:
    cursor.execute(query)
    return [list(row) for row in cursor.fetchall()]
