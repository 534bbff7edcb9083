"""One attempt at a job: what the handler tells of its progress, and whether the job is still this attempt's.

A thread of its own, on a connection of its own, writes the progress and the heartbeat each second and looks whether
somebody asked to cancel: so a single long statement loses no lease, and a page sees how far a transaction is that it
cannot look into. Each write names the attempt: one whose job was given to another writes nothing any more.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from gansu_care.jobs.models import Job, JobState

log = logging.getLogger(__name__)
BEAT = 1.0  # seconds between two looks
LEAST_OFTEN = 3.0  # seconds after which a heartbeat is written although nothing moved


class Stopped(BaseException):
    """The handler must stop where it is; not an Exception, so that no handler takes it for a failure of its own."""


class Cancelled(Stopped):
    """Somebody asked for it."""


class TakenAway(Stopped):
    """The job is another attempt's by now, or ended: nothing of it may be written."""


class Attempt:
    """The handler calls it as `progress(step, done, total)`; raises Stopped when the work is no longer wanted."""

    def __init__(self, job: Job, number: int) -> None:
        self.job, self.number = job, number
        self.step, self.done, self.total = "", 0, 0
        self.step_began_at: datetime | None = None
        self.cancel_asked = job.cancel_asked_at is not None
        self.taken_away = False
        self._told: tuple[Any, ...] = ()
        self._told_at = time.monotonic()

    def __call__(self, step: str, done: int = 0, total: int = 0, *, force: bool = False) -> None:
        """`force`: it is written and looked at this moment, if the handler is in no transaction."""
        if step != self.step:
            self.step_began_at = timezone.now()
        self.step, self.done, self.total = step, done, total
        if force and not connection.in_atomic_block:
            self.beat()
        self.stop_if_unwanted()

    def stop_if_unwanted(self) -> None:
        if self.taken_away:
            raise TakenAway
        if self.cancel_asked:
            raise Cancelled

    def rows(self) -> QuerySet[Job]:
        """The job's row, as long as it is this attempt's."""
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempts=self.number)

    def progress(self) -> dict[str, Any]:
        names = ("step", "done", "total", "step_began_at")
        return {name: getattr(self, name) for name in names}

    def beat(self) -> None:
        """Look whether the job is still wanted; write what moved, and a heartbeat now and then."""
        asked = self.rows().values_list("cancel_asked_at").first()
        self.taken_away = asked is None
        self.cancel_asked = self.cancel_asked or bool(asked and asked[0])
        progress = self.progress()
        told = tuple(progress.values())
        if told != self._told or time.monotonic() - self._told_at >= LEAST_OFTEN:
            self.rows().update(**progress, heartbeat=Now())
            self._told, self._told_at = told, time.monotonic()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """With the thread that beats; without it inside a transaction, where no other connection sees the job."""
        if connection.in_atomic_block:
            yield
            return
        over = threading.Event()
        thread = threading.Thread(target=self._watch, args=(over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(BEAT):
            try:
                self.beat()
            except DatabaseError as error:  # locked by another's transaction, or away: next time
                log.info("no heartbeat: %s", type(error).__name__)
                connection.close()
        connection.close()
