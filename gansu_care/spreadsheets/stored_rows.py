"""Rows of the register as they stand: light when they are only looked at, whole when they will be written again."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.base import ModelState

from gansu_care.divisions.book import book


class _Absent:
    """A part that a record does not have: every value of it is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


ABSENT: Any = _Absent()


@cache
def _light(model: Any) -> Any:
    """A row of a table as a tuple with names, on which parts of a record may be hung beside."""
    columns = ["pk", *(field.attname for field in model._meta.concrete_fields)]
    return type(f"Stored{model.__name__}", (namedtuple("Columns", columns),), {})


def stored_rows(rows: QuerySet, *, lock: bool) -> Iterable[Any]:
    """The rows of a queryset: instances when they will be written, else their columns alone (ten times lighter).

    An instance knows what it held when it was read: `as_read`.
    """
    model: Any = rows.model
    columns = [field.attname for field in model._meta.concrete_fields]
    found = map(_light(model)._make, rows.values_list("pk", *columns))
    return [_instance(model, columns, row) for row in found] if lock else list(found)


def _instance(model: type[models.Model], columns: Sequence[str], row: Any) -> models.Model:
    """As the model's own `from_db` makes it, without its signals and the round over all fields."""
    made: Any = model.__new__(model)
    made.as_read = row
    made.__dict__.update(zip(columns, row[1:], strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, connection.alias
    return made


def is_as_read(row: Any) -> bool:
    """Whether an instance still holds what it held when it was read."""
    read = zip(row.as_read._fields[1:], row.as_read[1:], strict=True)
    return all(row.__dict__[name] == value for name, value in read)


def from_book(record: Any) -> Any:
    """Give a record its divisions out of the book, so that none is asked of the database."""
    divisions = book().by_id
    for name in ("division", "household_division"):
        pk = getattr(record, f"{name}_id", None)
        if pk is None or pk in divisions:
            setattr(record, name, divisions.get(pk))
    return record
