"""Everything sealed, sealed anew under the newest key, while the site runs.

Rows are taken along the primary key, a few at a time. A row is written over the tokens it was read with only, so that
what somebody changes meanwhile is not overwritten; it is under the newest key already, because a write never keeps an
older token (SealedTextField.get_prep_value). Passes are repeated until one that began after every transaction then
running had ended finds nothing: no older token is left, nor can one come back. Broken off, it is simply run again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction

from gansu_care.keeping.sealed_columns import SealedTable, quoted, sealed_tables
from gansu_care.keeping.writers import wait_for_writers
from gansu_care.keeping.written_over import write_over
from gansu_care.sealed import cipher

ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 16 * 1024 * 1024
PAUSE = 0.005  # seconds in which others get SQLite's one write lock

Say = Callable[[str, int], None]  # told each table and how many of its rows were sealed anew
Tokens = list[bytes | None]  # of one row, in the order of the table's sealed columns
Resealer = Callable[[], int]
_elsewhere: list[Resealer] = []


def sealed_elsewhere(resealer: Resealer) -> Resealer:
    """Register what seals anew the tokens that stand in no sealed column; it returns how many it did."""
    _elsewhere.append(resealer)
    return resealer


@dataclass
class Resealed:
    """What came of it: tokens that cannot be opened are left as they are and named."""

    rows: int = 0
    unopened: set[tuple[str, Any]] = field(default_factory=set)  # (table, primary key)


def reseal_everything(say: Say) -> Resealed:
    done = Resealed()
    while True:
        wait_for_writers()
        moved = missed = 0
        for name, rows in _one_pass(done.unopened):
            moved += rows.written
            missed += rows.missed
            if rows.written:
                say(name, rows.written)
        done.rows += moved
        if not (moved or missed):
            return done


class _Rows(NamedTuple):
    written: int
    missed: int  # somebody else held them, or changed them meanwhile: the next pass finds them, if need be


def _one_pass(unopened: set[tuple[str, Any]]) -> Iterator[tuple[str, _Rows]]:
    for table in sealed_tables():
        parts = [_reseal_some(table, keys, unopened) for keys in _keys_of_older(table)]
        yield table.name, _Rows(sum(part.written for part in parts), sum(part.missed for part in parts))
    for resealer in _elsewhere:
        yield resealer.__name__, _Rows(resealer(), 0)


def _keys_of_older(table: SealedTable) -> Iterator[list[Any]]:
    """Primary keys of rows with a token of an older key, so many that their values fit into memory."""
    key, columns = quoted(table.key), [quoted(field.column) for field in table.fields]
    older = " OR ".join(f"substr({column}, 1, 1) <> %s" for column in columns)
    size = " + ".join(f"COALESCE(length({column}), 0)" for column in columns)
    version: list[Any] = [bytes([cipher.newest_version()])] * len(columns)
    last: list[Any] = []
    while True:
        beyond = f"{key} > %s AND " if last else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {size} FROM {quoted(table.name)} WHERE {beyond}({older}) "
                f"ORDER BY {key} LIMIT {ROWS_AT_ONCE}",
                [*last, *version],
            )
            found = cursor.fetchall()
        if not found:
            return
        keys = _that_fit(found)
        yield keys
        last = keys[-1:]


def _that_fit(found: list[tuple[Any, int]]) -> list[Any]:
    """The first rows of at most BYTES_AT_ONCE together, one at least."""
    total = 0
    keys: list[Any] = []
    for key, size in found:
        total += size
        if keys and total > BYTES_AT_ONCE:
            break
        keys.append(key)
    return keys


def _reseal_some(table: SealedTable, keys: list[Any], unopened: set[tuple[str, Any]]) -> _Rows:
    locking = connection.features.has_select_for_update_skip_locked
    with transaction.atomic() if locking else nullcontext():
        held = _read(table, keys, " FOR NO KEY UPDATE SKIP LOCKED" if locking else "")
        rows = [(key, _anew(table, key, before, unopened), before) for key, before in held]
        changed = [row for row in rows if row[1] != row[2]]
        with transaction.atomic():
            written = write_over(table.model, table.fields, table.fields, changed)
    time.sleep(PAUSE)
    return _Rows(written, len(keys) - len(held) + len(changed) - written)


def _read(table: SealedTable, keys: list[Any], locking: str) -> list[tuple[Any, Tokens]]:
    columns = ", ".join(quoted(name) for name in (table.key, *(field.column for field in table.fields)))
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quoted(table.name)} WHERE {quoted(table.key)} IN ({marks}) "
            f"ORDER BY {quoted(table.key)}{locking}",
            keys,
        )
        return [
            (key, [None if token is None else bytes(token) for token in tokens])
            for key, *tokens in cursor.fetchall()
        ]


def _anew(table: SealedTable, key: Any, tokens: Tokens, unopened: set[tuple[str, Any]]) -> Tokens:
    """The tokens of a row under the newest key; one that cannot be opened as it is."""
    anew: Tokens = []
    for token, column in zip(tokens, table.fields, strict=True):
        try:
            anew.append(token and cipher.under_newest(token, column.logical_name))
        except cipher.CannotOpen:
            unopened.add((table.name, key))
            anew.append(token)
    return anew
