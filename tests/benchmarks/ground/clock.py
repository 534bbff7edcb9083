"""Time of the wall and of the processor: the latter tells the work even while the machine does other things.

The work of PostgreSQL's own process counts too, where it runs on this machine (not that of its parallel workers);
SQLite works inside ours.
"""

import time
from pathlib import Path

from django.db import connection

ADDITIONS = 1_000_000


class Clock:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._server = _server()
        self._wall, self._cpu = time.perf_counter(), self._worked()

    @property
    def wall(self) -> float:
        return (time.perf_counter() - self._wall) * 1000

    @property
    def cpu(self) -> float:
        return (self._worked() - self._cpu) * 1000

    def _worked(self) -> float:
        ours = time.process_time()
        if self._server is None:
            return ours
        return ours + int(self._server.read_text().split()[0]) / 1e9


def _server() -> Path | None:
    """Where Linux tells how long the server's process has worked for this connection."""
    if connection.vendor != "postgresql":
        return None
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.get_backend_pid()}/schedstat")
    return told if told.exists() else None


def speed() -> float:
    """Processor milliseconds of a million additions, now: about 25 on a machine of 2024 that does nothing else."""
    began, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return (time.process_time() - began) * 1000
