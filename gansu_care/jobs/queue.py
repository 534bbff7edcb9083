"""The one place that knows the queue (django-q2). Work is a handler's name and an object's id, nothing personal.

    @handler("check_upload")
    def check(upload_id: int, progress: Progress) -> None: …

    enqueue("check_upload", upload.pk, user)

Handlers are idempotent: a worker may be killed at any moment, and the lease (jobs/lease.py) runs the job again.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from gansu_care.jobs.models import Job, JobState

log = logging.getLogger(__name__)
Handler = Callable[[int, "Progress"], None]
HANDLERS: dict[str, Handler] = {}
MAX_ATTEMPTS = 3


class Progress(Protocol):
    """How a handler says how far it is: `progress(step, done, total)`."""

    def __call__(self, step: str, done: int = 0, total: int = 0, *, force: bool = False) -> None: ...


class JobProgress:
    """Tells the Job row how far the work is, at most once a second, outside the work's own transaction."""

    def __init__(self, job: Job) -> None:
        self.job, self._last = job, timezone.now()

    def __call__(self, step: str, done: int = 0, total: int = 0, *, force: bool = False) -> None:
        now = timezone.now()
        if not force and (now - self._last).total_seconds() < 1:
            return
        self._last = now
        Job.objects.filter(pk=self.job.pk).update(step=step, done=done, total=total, heartbeat=now)


def handler(kind: str) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def enqueue(kind: str, object_id: int, user: object) -> Job:
    """Put one piece of work into the queue once the caller's transaction is committed."""
    job = Job.objects.create(kind=kind, object_id=object_id, user=user)
    transaction.on_commit(partial(send, job.pk))
    return job


def send(job_id: int) -> None:
    async_task("gansu_care.jobs.queue.run", job_id, task_name=f"job-{job_id}")


def run(job_id: int) -> None:
    """Called by the worker. Takes the job if nobody else has it, runs its handler, writes how it ended."""
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat=timezone.now()
    )
    if not taken:
        return
    job = Job.objects.get(pk=job_id)
    try:
        HANDLERS[job.kind](job.object_id, JobProgress(job))
    except Exception as error:
        log.exception("job failed", extra={"job": job_id})
        _end(job_id, JobState.FAILED, failure=type(error).__name__)
    else:
        _end(job_id, JobState.DONE)


def _end(job_id: int, state: str, failure: str = "") -> None:
    Job.objects.filter(pk=job_id).update(
        state=state, failure=failure, ended_at=timezone.now(), heartbeat=timezone.now()
    )
