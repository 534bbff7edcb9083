"""The one place that knows the queue (django-q2). Work is a handler's name and an object's id, nothing personal.

    @handler("check_upload", stopped=check_stopped)
    def check(upload_id: int, progress: Progress) -> None: …

    enqueue("check_upload", upload.pk, user)

A message in the queue only says that a job may be begun. Whoever gets it takes the job by a compare-and-set on its row
(waiting, this attempt): of two messages one wins, and a message too many or one that was lost does no harm (the sweep
of jobs/lease.py sends it again). Handlers are idempotent: a worker may be killed at any moment.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.tasks import async_task

from gansu_care.jobs import alive, stopping
from gansu_care.jobs.attempt import Attempt, Cancelled, TakenAway
from gansu_care.jobs.models import Job, JobState

log = logging.getLogger(__name__)
Handler = Callable[[int, "Progress"], None]
Stop = Callable[[int, bool], None]
HANDLERS: dict[str, Handler] = {}
STOPS: dict[str, Stop] = {}
MAX_ATTEMPTS = 3
# The database was away, locked, or chose this transaction to break a deadlock: worth another attempt.
PASSING = (OperationalError, InterfaceError)


class Progress(Protocol):
    """How a handler says how far it is: `progress(step, done, total)`. Raises when the work is no longer wanted."""

    def __call__(self, step: str, done: int = 0, total: int = 0, *, force: bool = False) -> None: ...


def handler(kind: str, *, stopped: Stop | None = None) -> Callable[[Handler], Handler]:
    """`stopped(object_id, cancelled)` is called in the transaction in which a job ends without its work: cancelled,
    or broken off for good. It leaves the object in a state from which the work can be asked for again.
    """

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        if stopped is not None:
            STOPS[kind] = stopped
        return function

    return register


def enqueue(kind: str, object_id: int, user: object) -> Job:
    """Put one piece of work into the queue once the caller's transaction is committed."""
    job = Job.objects.create(kind=kind, object_id=object_id, user=user)
    transaction.on_commit(partial(send, job.pk))
    return job


def send(job_id: int) -> None:
    async_task("gansu_care.jobs.queue.run", job_id, task_name=f"job-{job_id}")


def is_empty() -> bool:
    """Whether no message lies in the queue that a worker has not taken out yet."""
    return not get_broker().queue_size()


# --- a worker's side


def run(job_id: int) -> None:
    """Called by the worker. Takes the job if nobody else has it, runs its handler, writes how it ended."""
    if stopping.is_asked():
        return
    with alive.held() as holder:
        attempt = _taken(job_id, holder)
        if attempt is not None:
            _work(attempt)


def _taken(job_id: int, holder: str) -> Attempt | None:
    waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
    job = waiting.first()
    if job is None:
        return None
    number = job.attempts + 1
    taken = waiting.filter(attempts=job.attempts).update(
        state=JobState.RUNNING, attempts=number, holder=holder, heartbeat=Now(), step="", done=0, total=0
    )
    return Attempt(job, number) if taken else None


def _work(attempt: Attempt) -> None:
    job = attempt.job
    try:
        with attempt.watched():
            attempt.stop_if_unwanted()
            HANDLERS[job.kind](job.object_id, attempt)
    except TakenAway:
        log.info("job taken away", extra={"job": job.pk})
    except Cancelled:
        _end(attempt, JobState.CANCELLED)
    except PASSING as error:
        log.warning("job interrupted", extra={"job": job.pk}, exc_info=True)
        if not connection.in_atomic_block:
            close_old_connections()
        if attempt.number < MAX_ATTEMPTS:
            _again(attempt)
        else:
            _end(attempt, JobState.FAILED, failure=type(error).__name__)
    except Exception as error:
        log.exception("job failed", extra={"job": job.pk})
        _end(attempt, JobState.FAILED, failure=type(error).__name__)
    else:
        _end(attempt, JobState.DONE)


def _end(attempt: Attempt, state: str, failure: str = "") -> None:
    """The attempt's own end; nothing if the job is another attempt's by now."""
    with transaction.atomic():
        ended = attempt.rows().update(
            state=state, failure=failure, ended_at=timezone.now(), heartbeat=Now(), **attempt.progress()
        )
        if ended and state != JobState.DONE:
            stop(attempt.job, cancelled=state == JobState.CANCELLED)


def _again(attempt: Attempt) -> None:
    if attempt.rows().update(state=JobState.WAITING, heartbeat=Now()):
        send(attempt.job.pk)


def stop(job: Job, *, cancelled: bool) -> None:
    """What a job leaves behind that ended without its work."""
    if job.kind in STOPS:
        STOPS[job.kind](job.object_id, cancelled)


# --- somebody's side


def cancel(job: Job, user: Any) -> bool:
    """End a waiting job at once, ask a running one to stop at its next step. False: it was over already."""
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk)
        said = {"cancelled_by": user, "cancel_asked_at": timezone.now()}
        ended = held.filter(state=JobState.WAITING).update(
            state=JobState.CANCELLED, ended_at=timezone.now(), **said
        )
        if ended:
            stop(job, cancelled=True)
            return True
        return bool(held.filter(state=JobState.RUNNING).update(**said))
