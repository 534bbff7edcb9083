"""Rows written over the values they were read with: what somebody changed meanwhile is not overwritten."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from gansu_care.keeping.sealed_columns import quoted

# (primary key, new values of the columns that are set, values as read of the columns that must be the same)
Row = tuple[Any, Sequence[Any], Sequence[Any]]
Fields = Sequence[models.Field]


def write_over(model: type[models.Model], changed: Fields, same: Fields, rows: Sequence[Row]) -> int:
    """Returns how many rows still held what they were read with, and were written."""
    if not rows:
        return 0
    values = [(key, *new, *old) for key, new, old in rows]
    write = _write_postgresql if connection.vendor == "postgresql" else _write_sqlite
    with connection.cursor() as cursor:
        write(cursor, model, changed, same, values)
        return cursor.rowcount


def _names(model: type[models.Model], fields: Fields) -> tuple[str, str, list[str]]:
    """Quoted: table, primary key, columns."""
    return (
        quoted(model._meta.db_table),
        quoted(str(model._meta.pk.column)),
        [quoted(field.column) for field in fields],
    )


def _write_sqlite(cursor: Any, model: type[models.Model], changed: Fields, same: Fields, rows: list) -> None:
    table, key, columns = _names(model, [*changed, *same])
    settings = ", ".join(f"{column} = %s" for column in columns[: len(changed)])
    held = " AND ".join(f"{column} IS %s" for column in columns[len(changed) :])
    turned = [(*row[1 : len(changed) + 1], row[0], *row[len(changed) + 1 :]) for row in rows]
    cursor.executemany(f"UPDATE {table} SET {settings} WHERE {key} = %s AND {held}", turned)


def _write_postgresql(
    cursor: Any, model: type[models.Model], changed: Fields, same: Fields, rows: list
) -> None:
    table, key, columns = _names(model, [*changed, *same])
    kinds = [
        f"%s::{'bytea' if isinstance(field, models.BinaryField) else 'text'}" for field in (*changed, *same)
    ]
    names = [f"value{place}" for place in range(len(columns))]
    settings = ", ".join(
        f"{column} = held.{name}" for column, name in zip(columns, names[: len(changed)], strict=False)
    )
    held = " AND ".join(
        f"{table}.{column} IS NOT DISTINCT FROM held.{name}"
        for column, name in list(zip(columns, names, strict=True))[len(changed) :]
    )
    marks = f"({', '.join(['%s', *kinds])})"
    cursor.execute(
        f"UPDATE {table} SET {settings} FROM (VALUES {', '.join([marks] * len(rows))}) held (key, {', '.join(names)}) "
        f"WHERE {table}.{key} = held.key AND {held}",
        [value for row in rows for value in row],
    )
