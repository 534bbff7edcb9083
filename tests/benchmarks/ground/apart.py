"""A piece of work in a process of its own: what it took of processor, time, memory and queries."""

import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.db import connection, connections

from tests.benchmarks.ground.clock import Clock

FORK = multiprocessing.get_context("fork")
SAMPLED_EVERY = 0.02  # seconds
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True)
class Taken:
    """`cpu`: seconds of processor, of the process, those it started, and the database's own. `peak_mb`: resident
    memory of the process and those it started, at the same moment, at its highest."""

    cpu: float
    wall: float
    peak_mb: float
    queries: int
    answer: Any = None


def taken_by(work: Callable[..., Any], *args: Any) -> Taken:
    """Do the work in a forked process. Raises SystemExit if it fails there."""
    connections.close_all()
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=_do, args=(theirs, work, *args))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise SystemExit(f"{work.__module__}.{work.__name__} failed") from None
    finally:
        process.join()


def _do(answer: Connection, work: Callable[..., Any], *args: Any) -> None:
    count = 0

    def counted(execute: Any, *told: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*told)

    connection.ensure_connection()
    with Memory() as memory, connection.execute_wrapper(counted):
        clock, started = Clock(), _of_started()
        result = work(*args)
        cpu, wall = clock.cpu / 1000 + _of_started() - started, clock.wall / 1000
    answer.send(Taken(round(cpu, 3), round(wall, 3), round(memory.peak_mb, 1), count, result))


def _of_started() -> float:
    """Processor seconds of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory:
    """Watches the resident memory of this process and its children from a thread."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.peak_mb = max(self.peak_mb, resident_mb(os.getpid()))
            time.sleep(SAMPLED_EVERY)


def resident_mb(process: int) -> float:
    """Resident memory of a process and of those it started."""
    own = Path(f"/proc/{process}")
    try:
        pages = int((own / "statm").read_text().split()[1])
        started = [
            name for task in (own / "task").iterdir() for name in (task / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0.0
    return pages * PAGE_MB + sum(resident_mb(int(name)) for name in started)
