"""Rows of the register written and looked up many at a time: one statement a table, however many rows.

Django's own bulk operations send 26 rows a statement on SQLite and long CASE expressions for updates; here SQLite gets
`executemany`, PostgreSQL `COPY`, and history is one INSERT … SELECT. Each public function does the same on both, and
the same as its counterpart of the ORM (tests/spreadsheets/test_bulk.py): derived columns such as digests and times of
change are filled by the fields' own `pre_save`. `save()` does not run. The caller holds the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from io import StringIO
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL

Row = models.Model
Model = TypeVar("Model", bound=models.Model)
# Stored as they are held, on both databases; every other field is asked for its database value.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.AutoField,
    models.ForeignKey,
)


def take_ids(model: type[Row], count: int) -> list[int]:
    """Primary keys for `count` rows about to be inserted, so that their parts can name them before they are written."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction holds the one write lock, and inserting moves the sequence on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        return list(range(first, first + count))


@cache
def _blank_of(model: type[Row]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The columns of a new instance, and those among them whose defaults are lists: each row wants its own."""
    blank = {name: value for name, value in model().__dict__.items() if name != "_state"}
    return blank, tuple(name for name, value in blank.items() if isinstance(value, list))


def blank(model: type[Model], **values: Any) -> Model:
    """A new instance with its defaults and these columns (by attname), five times quicker than calling the model.

    Fields whose attribute does something, such as sealed ones, are set on it afterwards.
    """
    defaults, lists = _blank_of(model)
    row = model.__new__(model)
    row.__dict__.update(defaults)
    row.__dict__.update({name: [] for name in lists})
    row.__dict__.update(values)
    row._state = ModelState()
    return row


def insert(rows: Sequence[Row]) -> int:
    """Insert rows of one model; they have their primary keys (`take_ids`) or get them from the database, unseen."""
    if not rows:
        return 0
    model = type(rows[0])
    fields = [f for f in model._meta.concrete_fields if rows[0].pk is not None or not f.primary_key]
    values = _values(rows, fields, add=True)
    columns = ", ".join(_quoted(field.column) for field in fields)
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({columns}) FROM STDIN", values)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    return len(rows)


def update(rows: Sequence[Row], *, versioned: bool = False) -> int:
    """Write all columns of rows that exist; returns how many were found.

    With `versioned`, a row is written only over the version it was read with, and its version goes up by one: rows
    that somebody else changed meanwhile are not found.
    """
    if not rows:
        return 0
    keys = [(row.pk, row.version) if versioned else (row.pk,) for row in rows]  # type: ignore[attr-defined]
    for row in rows if versioned else ():
        row.version += 1  # type: ignore[attr-defined]
    fields = [field for field in type(rows[0])._meta.concrete_fields if not field.primary_key]
    values = [(*held, *key) for held, key in zip(_values(rows, fields, add=False), keys, strict=True)]
    with connection.cursor() as cursor:
        writer = _update_postgresql if connection.vendor == "postgresql" else _update_sqlite
        return writer(cursor, type(rows[0]), fields, values, versioned)


def _update_sqlite(cursor: Any, model: type[Row], fields: list, values: list[tuple], versioned: bool) -> int:
    settings = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    where = f"{key} = %s AND version = %s" if versioned else f"{key} = %s"
    cursor.executemany(f"UPDATE {table} SET {settings} WHERE {where}", values)
    return cursor.rowcount


def _update_postgresql(
    cursor: Any, model: type[Row], fields: list, values: list[tuple], versioned: bool
) -> int:
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    columns = [_quoted(field.column) for field in fields]
    extra = ", 0 AS seen_version" if versioned else ""
    cursor.execute(
        f"CREATE TEMPORARY TABLE bulk_update ON COMMIT DROP AS "
        f"SELECT {', '.join(columns)}, {key}{extra} FROM {table} WHERE false"
    )
    _copy(cursor, "COPY bulk_update FROM STDIN", values)
    settings = ", ".join(f"{column} = held.{column}" for column in columns)
    where = f"{table}.{key} = held.{key}" + (f" AND {table}.version = held.seen_version" if versioned else "")
    cursor.execute(f"UPDATE {table} SET {settings} FROM bulk_update held WHERE {where}")
    found = cursor.rowcount
    cursor.execute("DROP TABLE bulk_update")
    return found


def write_history(
    model: type[Row], ids: Iterable[int], history_type: str, *, user_id: int | None, reason: str, at: datetime
) -> int:
    """Snapshot rows as they stand: `+` for added ones, `~` for changed ones (what save() does one by one)."""
    ids = list(ids)
    if not ids:
        return 0
    past = model.history.model  # type: ignore[attr-defined]
    columns = ", ".join(_quoted(field.column) for field in past.tracked_fields)
    members, listed = _members(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(past._meta.db_table)} "
            f"({columns}, history_date, history_change_reason, history_type, history_user_id) "
            f"SELECT {columns}, %s, %s, %s, %s FROM {_quoted(model._meta.db_table)} "
            f"WHERE {_quoted(model._meta.pk.column)} IN ({members}) ORDER BY {_quoted(model._meta.pk.column)}",
            [connection.ops.adapt_datetimefield_value(at), reason, history_type, user_id, listed],
        )
        return cursor.rowcount


def delete(model: type[Row], ids: Iterable[int]) -> int:
    """Delete rows on which nothing hangs; their last snapshot (`-`) is written before."""
    listed = list(ids)
    if not listed:
        return 0
    members, parameter = _members(listed)
    with connection.cursor() as cursor:
        key = _quoted(model._meta.pk.column)
        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {key} IN ({members})", [parameter])
        return cursor.rowcount


def among(values: Iterable[Any]) -> RawSQL | list[Any]:
    """The right side of an `__in` lookup for any number of values: one parameter instead of thousands.

    Child.objects.filter(id_number_digest__in=among(digests))
    """
    listed = list(values)
    if not listed:
        return []
    members, parameter = _members(listed)
    return RawSQL(members, [parameter])


_ARRAYS = {int: "bigint", date: "date"}


def _members(values: list[Any]) -> tuple[str, Any]:
    if connection.vendor == "postgresql":
        kind = _ARRAYS.get(type(values[0]), "text")
        return f"SELECT unnest(%s::{kind}[])", values
    return "SELECT value FROM json_each(%s)", json.dumps(values, default=str)


# --- values of rows as the database takes them


def _values(rows: Sequence[Row], fields: Sequence[models.Field], *, add: bool) -> list[tuple]:
    """One tuple a row, in the order of `fields`."""
    return list(zip(*[_column(rows, field, add) for field in fields], strict=True))


def _column(rows: Sequence[Row], field: models.Field, add: bool) -> list[Any]:
    if type(field).pre_save is models.Field.pre_save:
        attname = field.attname
        held = [row.__dict__[attname] for row in rows]
    else:
        held = [field.pre_save(row, add) for row in rows]
    if isinstance(field, _PLAIN):
        return held
    prepared: Callable[[Any, Any], Any] = field.get_db_prep_save
    return [None if value is None else prepared(value, connection) for value in held]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


# --- PostgreSQL's COPY, text format


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy(cursor: Any, statement: str, values: Iterable[tuple]) -> None:
    lines = ("\t".join([_copied(value) for value in row]) for row in values)
    text = StringIO("\n".join(lines))
    with connection.wrap_database_errors:  # Django wraps what it knows; this is the driver's own
        cursor.copy_expert(statement, text)


def _copied(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if kind is int:
        return str(value)
    if kind is bool:
        return "t" if value else "f"
    if kind in (bytes, memoryview):
        return "\\\\x" + bytes(value).hex()
    if hasattr(value, "adapted"):  # what psycopg2 wraps: bytes of a BinaryField, an object of a JSONField
        return _copied_adapted(value)
    return str(value).translate(_ESCAPES)


def _copied_adapted(value: Any) -> str:
    inner = value.adapted
    if isinstance(inner, bytes | memoryview | bytearray):
        return "\\\\x" + bytes(inner).hex()
    return json.dumps(inner).translate(_ESCAPES)
