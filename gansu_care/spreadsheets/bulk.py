"""Rows of the register written and looked up many at a time: one statement a table, however many rows.

Django's own bulk operations send 26 rows a statement on SQLite and long CASE expressions for updates; here SQLite gets
`executemany`, PostgreSQL `COPY`, and history is one INSERT … SELECT. Each public function does the same on both, and
the same as its counterpart of the ORM (tests/spreadsheets/test_bulk.py): derived columns such as digests and times of
change are filled by the fields' own `pre_save`. `save()` does not run. The caller holds the transaction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from gansu_care.sealed.fields import DigestField
from gansu_care.spreadsheets.among import among as among
from gansu_care.spreadsheets.among import members

BLOCK = 2_000
Row = models.Model
Model = TypeVar("Model", bound=models.Model)
Columns = Sequence[Sequence[Any]]
"""A block of rows, column by column."""
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
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(sequence) FROM generate_series(1, %s), "
                "(SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) AS known",
                [count, f'"{table}"', model._meta.pk.column],
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


def insert(rows: Iterable[Row]) -> int:
    """Insert rows of one model; they have their primary keys (`take_ids`) or get them from the database, unseen.

    Rows that are made one by one may come as they are made: no more than a block of them is held.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return 0
    fields = [f for f in first._meta.concrete_fields if first.pk is not None or not f.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    table = _quoted(first._meta.db_table)
    blocks = ([_column(block, field, True) for field in fields] for block in _blocks(chain((first,), coming)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({columns}) FROM STDIN", blocks)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", _tuples(blocks))  # type: ignore[arg-type]
        return cursor.rowcount


def update(rows: Sequence[Row], *, versioned: bool = False, as_read: bool = False) -> int:
    """Write the columns of rows that exist; returns how many were found.

    With `versioned`, a row is written only over the version it was read with, and its version goes up by one: rows
    that somebody else changed meanwhile are not found. With `as_read` the rows stand in the database as they were read
    (stored_rows.py): columns in which none of them differs from that are left alone.
    """
    if not rows:
        return 0
    for row in rows if versioned else ():
        row.version += 1  # type: ignore[attr-defined]
    fields = [field for field in type(rows[0])._meta.concrete_fields if not field.primary_key]
    fields = [field for field in fields if not as_read or _is_written(field, rows)]
    blocks = (
        [*(_column(block, field, False) for field in fields), *_keys(block, versioned)]
        for block in _blocks(rows)
    )
    with connection.cursor() as cursor:
        writer = _update_postgresql if connection.vendor == "postgresql" else _update_sqlite
        return writer(cursor, type(rows[0]), fields, blocks, versioned)


def _keys(rows: Sequence[Any], versioned: bool) -> list[list[int]]:
    """The primary keys, and the versions that the rows had when they were read."""
    return [[row.pk for row in rows], *([[row.version - 1 for row in rows]] if versioned else [])]


def _is_written(field: models.Field, rows: Sequence[Any]) -> bool:
    if isinstance(field, DigestField) or getattr(field, "auto_now", False):
        return True
    name, read = field.attname, attrgetter(f"as_read.{field.attname}")
    return [row.__dict__[name] for row in rows] != list(map(read, rows))


def _update_sqlite(
    cursor: Any, model: type[Row], fields: list, blocks: Iterator[Columns], versioned: bool
) -> int:
    settings = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    where = f"{key} = %s AND version = %s" if versioned else f"{key} = %s"
    cursor.executemany(f"UPDATE {table} SET {settings} WHERE {where}", _tuples(blocks))
    return cursor.rowcount


def _update_postgresql(
    cursor: Any, model: type[Row], fields: list, blocks: Iterator[Columns], versioned: bool
) -> int:
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    columns = [_quoted(field.column) for field in fields]
    extra = ", 0 AS seen_version" if versioned else ""
    cursor.execute(
        f"CREATE TEMPORARY TABLE bulk_update ON COMMIT DROP AS "
        f"SELECT {', '.join(columns)}, {key}{extra} FROM {table} WHERE false"
    )
    _copy(cursor, "COPY bulk_update FROM STDIN", blocks)
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
    these, listed = members(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(past._meta.db_table)} "
            f"({columns}, history_date, history_change_reason, history_type, history_user_id) "
            f"SELECT {columns}, %s, %s, %s, %s FROM {_quoted(model._meta.db_table)} "
            f"WHERE {_quoted(model._meta.pk.column)} {these} ORDER BY {_quoted(model._meta.pk.column)}",
            [connection.ops.adapt_datetimefield_value(at), reason, history_type, user_id, listed],
        )
        return cursor.rowcount


def delete(model: type[Row], ids: Iterable[int]) -> int:
    """Delete rows on which nothing hangs; their last snapshot (`-`) is written before."""
    listed = list(ids)
    if not listed:
        return 0
    these, parameter = members(listed)
    with connection.cursor() as cursor:
        key = _quoted(model._meta.pk.column)
        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {key} {these}", [parameter])
        return cursor.rowcount


# --- values of rows as the database takes them


def _tuples(blocks: Iterable[Columns]) -> Iterator[tuple]:
    """One tuple a row."""
    return (row for columns in blocks for row in zip(*columns, strict=True))


def _blocks(things: Iterable[Any]) -> Iterator[list[Any]]:
    coming = iter(things)
    while block := list(islice(coming, BLOCK)):
        yield block


def _column(rows: Sequence[Row], field: models.Field, add: bool) -> list[Any]:
    if type(field).pre_save is models.Field.pre_save:
        attname = field.attname
        held = [row.__dict__[attname] for row in rows]
    else:
        held = [field.pre_save(row, add) for row in rows]
    if isinstance(field, _PLAIN):
        return held
    prepared = _prepared(field)
    if isinstance(field, models.JSONField):
        return _each_once(held, repr, prepared)
    return [None if value is None else prepared(value) for value in held]


def _prepared(field: models.Field) -> Callable[[Any], Any]:
    """How one value of a field becomes what the database takes: bytes stay bytes, a day is a text, on both."""
    if isinstance(field, models.BinaryField):
        return field.get_prep_value
    if isinstance(field, models.DateField):
        is_day = not isinstance(field, models.DateTimeField)
        return (
            str if is_day or connection.vendor == "postgresql" else connection.ops.adapt_datetimefield_value
        )
    return partial(field.get_db_prep_save, connection=connection)


def _each_once(values: list[Any], key: Callable[[Any], Any], made: Callable[[Any], Any]) -> list[Any]:
    """Every different value is made once: most columns of a register repeat a few."""
    keys = list(map(key, values))
    known = {
        one: None if value is None else made(value)
        for one, value in dict(zip(keys, values, strict=True)).items()
    }
    return [known[one] for one in keys]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


# --- PostgreSQL's COPY, text format


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r"[\\\t\n\r]")
_NONE = type(None)


def _copy(cursor: Any, statement: str, blocks: Iterator[Columns]) -> None:
    with connection.wrap_database_errors:  # Django wraps what it knows; this is the driver's own
        cursor.copy_expert(statement, _Lines(blocks))


class _Lines:
    """A file of the lines that COPY reads, made while it is read."""

    def __init__(self, blocks: Iterator[Columns]) -> None:
        self._blocks = blocks

    def read(self, _size: int) -> str:
        """The next block, as long as it may be; nothing is the end."""
        columns = map(_copied_column, next(self._blocks, ()))
        return "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True)))


def _copied_column(values: Sequence[Any]) -> Iterable[str]:
    """The values of one column as COPY reads them. Most columns hold one kind of value, and that is written at once."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return _copied_texts(values)
    if kinds == {int}:
        return map(str, values)
    if len(kinds) == 1 and values.count(values[0]) == len(values):
        return [_copied(values[0])] * len(values)
    if kinds <= {bytes, _NONE}:
        return ["\\N" if value is None else "\\\\x" + value.hex() for value in values]
    known = {value: _copied(value) for value in set(values)}
    return [known[value] for value in values]


def _copied_texts(values: Sequence[str]) -> Sequence[str]:
    if _ESCAPED.search("".join(values)) is None:
        return values
    return [value.translate(_ESCAPES) for value in values]


def _copied(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if kind is bool:
        return "t" if value else "f"
    if kind is bytes:
        return "\\\\x" + value.hex()
    if hasattr(value, "adapted"):  # an object of a JSONField, as psycopg2 wraps it
        return json.dumps(value.adapted).translate(_ESCAPES)
    return str(value).translate(_ESCAPES)
