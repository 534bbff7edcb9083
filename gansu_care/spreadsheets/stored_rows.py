"""Rows of the register as they stand: light when they are only looked at, whole when they will be written again."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet

from gansu_care.divisions.book import book


class _Absent:
    """A part that a record does not have: every value of it is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


ABSENT: Any = _Absent()


def stored_rows(rows: QuerySet, *, lock: bool) -> Iterable[Any]:
    """The rows of a queryset: instances when they will be written, else their columns alone (ten times lighter).

    An instance knows what it held when it was read: `as_read`.
    """
    columns = [field.attname for field in rows.model._meta.concrete_fields]
    if lock:
        found = list(rows)
        for row in found:
            row.as_read = {name: row.__dict__[name] for name in columns}
        return found
    names = ["pk", *columns]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows.values_list(*names)]


def from_book(record: Any) -> Any:
    """Give a record its divisions out of the book, so that none is asked of the database."""
    divisions = book().by_id
    for name in ("division", "household_division"):
        pk = getattr(record, f"{name}_id", None)
        if pk is None or pk in divisions:
            setattr(record, name, divisions.get(pk))
    return record
