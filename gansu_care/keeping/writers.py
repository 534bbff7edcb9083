"""Transactions that were writing at a moment, and waiting for them to end."""

import time

from django.db import connection

LOOKED_AGAIN_AFTER = 0.2  # seconds


def wait_for_writers() -> None:
    """Return when every transaction that has written by now has ended, so that its rows are seen or never come.

    SQLite has one writer at a time and nothing to wait for. On PostgreSQL the role sees the transactions of its own
    role, which is the one under which site and worker run.
    """
    if connection.vendor != "postgresql":
        return
    waited_for = _writing()
    while waited_for & _writing():
        time.sleep(LOOKED_AGAIN_AFTER)


def _writing() -> set[tuple[int, str]]:
    """(process, number of its transaction)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, backend_xid::text FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        return set(cursor.fetchall())
