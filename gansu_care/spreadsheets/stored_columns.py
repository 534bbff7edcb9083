"""Rows of the register column by column, for whoever writes many of them out: no record is made of a row.

Each distinct value is read once; sealed ones are given in clear, so whoever calls this answers for the trail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from django.db import connections
from django.db.models import DateField, DateTimeField, F, Field, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from gansu_care.sealed.fields import SealedTextField

FETCHED = 5_000  # rows taken from the database at a time


def stored_columns(rows: QuerySet, names: Sequence[str]) -> list[Sequence[Any]]:
    """The values of these fields, for each field those of all rows in the order of the queryset.

    Lists of codes come as tuples, an empty one as None: equal ones can be told by a look-up.
    """
    connection = connections[rows.db]
    fields = [_field(rows, name) for name in names]
    from_text = [_from_text(field) if connection.vendor == "postgresql" else None for field in fields]
    asked = [
        _as_text(name, field) if read else name
        for name, field, read in zip(names, fields, from_text, strict=True)
    ]
    compiler = rows.values_list(*asked).query.get_compiler(rows.db)
    found = list(chain.from_iterable(compiler.execute_sql(chunk_size=FETCHED)))
    if not found:
        return [()] * len(names)
    columns: list[Sequence[Any]] = list(zip(*found, strict=True))
    expressions = [selected[0] for selected in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(expressions)
    for place, field in enumerate(fields):
        if isinstance(field, SealedTextField):
            columns[place] = field.opened(_bytes(columns[place]))
        elif read := from_text[place]:
            columns[place] = _read(columns[place], read)
        elif place in converters:
            convert, expression = converters[place]
            columns[place] = _read(columns[place], partial(_converted, convert, expression, connection))
    return columns


def _field(rows: QuerySet, name: str) -> Field | None:
    """The field of the rows themselves; of a path to others, and `pk`, none is needed."""
    return next((field for field in rows.model._meta.concrete_fields if field.name == name), None)


def _from_text(field: Field | None) -> Callable[[str], Any] | None:
    """How a value is read that PostgreSQL is asked for as text; None for what psycopg2 makes quickly enough.

    It makes dates and lists one by one, and of bytes an object each, which the garbage collector walks over again and
    again; of texts equal ones need to be read but once.
    """
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return date.fromisoformat
    if isinstance(field, JSONField):
        return json.loads
    return bytes.fromhex if isinstance(field, SealedTextField) else None


def _as_text(name: str, field: Field | None) -> Func:
    if isinstance(field, SealedTextField):
        return Func(F(name), Value("hex"), function="encode", output_field=TextField())
    return Cast(name, TextField())


def _bytes(tokens: Sequence[Any]) -> list[bytes | None]:
    return [bytes.fromhex(token) if token.__class__ is str else token for token in tokens]


def _read(values: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    known = {value: None if value is None else _hashable(read(value)) for value in set(values)}
    return [known[value] for value in values]


def _hashable(value: Any) -> Any:
    return (tuple(value) or None) if isinstance(value, list) else value


def _converted(converters: list[Any], expression: Any, connection: Any, value: Any) -> Any:
    for convert in converters:
        value = convert(value, expression, connection)
    return value
