"""The blind index made anew under another digest key, while the site runs.

    1.  DIGEST_KEY="1:old,2:new", web and worker started again: every write fills both columns, both of them unique
    2.  rotate_index_key: the second column is filled for all rows; repeated until nothing is wrong any more
    3.  DIGEST_KEY="2:new", started again: the second column is the one that is searched
    4.  rotate_index_key: the first column, which nobody needs any more, is emptied

The next key has version 3 and goes back into the first column. Each digest is compared with the sealed value itself, so
that the command also finds what anything else left wrong, and makes the whole index anew where its key was lost. What
the trail and earlier uploads hold stays under the key of its time: events are never changed, and rows that were sent
before are recognised as the same under one and the same key only.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from gansu_care.keeping.sealed_columns import quoted
from gansu_care.keeping.writers import wait_for_writers
from gansu_care.keeping.written_over import write_over
from gansu_care.sealed import cipher
from gansu_care.sealed.fields import DigestField, SealedTextField

ROWS_AT_ONCE = 1_000
PAUSE = 0.005  # seconds in which others get SQLite's one write lock

Say = Callable[[str, int], None]


class Index(NamedTuple):
    """The digest columns of one sealed column."""

    model: type[Model]
    sealed: SealedTextField
    digests: list[DigestField]


def indexes() -> Iterator[Index]:
    for model in apps.get_models(include_auto_created=True):
        of: dict[str, list[DigestField]] = {}
        for column in model._meta.local_concrete_fields:
            if isinstance(column, DigestField):
                of.setdefault(column.of, []).append(column)
        for name, digests in of.items():
            yield Index(model, model._meta.get_field(name), digests)  # type: ignore[arg-type]


@dataclass
class Reindexed:
    rows: int = 0
    unopened: set[tuple[str, Any]] = field(default_factory=set)  # (table, primary key)


def reindex_everything(say: Say) -> Reindexed:
    done = Reindexed()
    while True:
        wait_for_writers()
        wrong = 0
        for index in indexes():
            count = sum(_mend_some(index, keys, done) for keys in _keys(index))
            if count:
                say(f"{index.model._meta.db_table}.{index.sealed.column}", count)
            wrong += count
        if not wrong:
            return done


def _keys(index: Index) -> Iterator[list[Any]]:
    """All primary keys, some at a time."""
    table, key = quoted(index.model._meta.db_table), quoted(str(index.model._meta.pk.column))
    last: list[Any] = []
    while True:
        beyond = f"WHERE {key} > %s" if last else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {key} FROM {table} {beyond} ORDER BY {key} LIMIT {ROWS_AT_ONCE}", last)
            keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return
        yield keys
        last = keys[-1:]


def _mend_some(index: Index, keys: list[Any], done: Reindexed) -> int:
    """Write the right digests where others stand; returns how many rows were wrong or out of reach."""
    locking = connection.features.has_select_for_update_skip_locked
    fields = [index.sealed, *index.digests]
    with transaction.atomic() if locking else nullcontext():
        wrong = []
        for key, *held in _read(index, keys, " FOR NO KEY UPDATE SKIP LOCKED" if locking else ""):
            right = _right(index, key, held, done)
            if right != held[1:]:
                wrong.append((key, right, held))
        with transaction.atomic():
            done.rows += (written := write_over(index.model, index.digests, fields, wrong))
    if written:
        time.sleep(PAUSE)
    return len(wrong)


def _read(index: Index, keys: list[Any], locking: str) -> list[list[Any]]:
    columns = [index.sealed.column, *(one.column for one in index.digests)]
    key, marks = quoted(str(index.model._meta.pk.column)), ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([key, *map(quoted, columns)])} FROM {quoted(index.model._meta.db_table)} "
            f"WHERE {key} IN ({marks}) ORDER BY {key}{locking}",
            keys,
        )
        return [[row[0], None if row[1] is None else bytes(row[1]), *row[2:]] for row in cursor.fetchall()]


def _right(index: Index, key: Any, held: list[Any], done: Reindexed) -> list[str | None]:
    """The digests that a row ought to have; those it has if its value cannot be opened."""
    if held[0] is None:
        return [None] * len(index.digests)
    try:
        text = cipher.unseal(held[0], index.sealed.logical_name).decode()
    except cipher.CannotOpen:
        done.unopened.add((index.model._meta.db_table, key))
        return held[1:]
    return [
        cipher.digest(text, index.sealed.logical_name, one.version) if one.version else None
        for one in index.digests
    ]
