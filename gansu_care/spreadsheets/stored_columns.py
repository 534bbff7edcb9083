"""Rows of the register column by column, for whoever writes many of them out: no record is made of a row.

Each distinct value is read once; sealed ones are given in clear, so whoever calls this answers for the trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connections
from django.db.models import F, Field, Func, QuerySet, TextField, Value

from gansu_care.sealed.fields import SealedTextField

FETCHED = 5_000  # rows taken from the database at a time


def stored_columns(rows: QuerySet, names: Sequence[str]) -> list[Sequence[Any]]:
    """The values of these fields, for each field those of all rows in the order of the queryset.

    Lists of codes come as tuples, an empty one as None: equal ones can be told by a look-up.
    """
    sealed = {name: field for name in names if isinstance(field := _field(rows, name), SealedTextField)}
    as_digits = connections[rows.db].vendor == "postgresql"
    asked = [_digits(name) if as_digits and name in sealed else name for name in names]
    compiler = rows.values_list(*asked).query.get_compiler(rows.db)
    found = list(chain.from_iterable(compiler.execute_sql(chunk_size=FETCHED)))
    if not found:
        return [()] * len(names)
    columns: list[Sequence[Any]] = list(zip(*found, strict=True))
    expressions = [selected[0] for selected in compiler.select[: compiler.col_count]]
    for place, (converters, expression) in compiler.get_converters(expressions).items():
        if names[place] not in sealed:
            columns[place] = _read(columns[place], converters, expression, connections[rows.db])
    for place, name in enumerate(names):
        if name in sealed:
            columns[place] = sealed[name].opened(_bytes(columns[place]) if as_digits else columns[place])
    return columns


def _field(rows: QuerySet, name: str) -> Field | None:
    """The field of the rows themselves; a path to others, and `pk`, hold nothing sealed."""
    return next((field for field in rows.model._meta.concrete_fields if field.name == name), None)


def _digits(name: str) -> Func:
    """Bytes as a text of hexadecimal digits: psycopg2 makes of bytes an object each, which the garbage collector walks
    over again and again; that took half the time of reading them."""
    return Func(F(name), Value("hex"), function="encode", output_field=TextField())


def _bytes(digits: Sequence[str | None]) -> list[bytes | None]:
    return [None if text is None else bytes.fromhex(text) for text in digits]


def _read(values: Sequence[Any], converters: list[Any], expression: Any, connection: Any) -> list[Any]:
    """What Django's converters make of them."""
    read = {}
    for value in set(values):
        made = value
        for convert in converters:
            made = convert(made, expression, connection)
        read[value] = (tuple(made) or None) if isinstance(made, list) else made
    return [read[value] for value in values]
