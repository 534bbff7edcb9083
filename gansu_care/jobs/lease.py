"""Work outlives its worker: a job that nobody holds any more goes back into the queue.

    a holder of this machine that has ended         at the next sweep (jobs/alive.py)
    a holder elsewhere without a heartbeat           when the lease is over
    a waiting job whose message was lost             when the queue has nothing left of it

The sweep runs in a thread of each worker command, when it starts and every few seconds after; never as a task of the
queue, which might wait behind the very job that it must save. Two sweeps at once do no harm: each change of a row names
the attempt that it found.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from gansu_care.jobs import alive, queue
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import MAX_ATTEMPTS, send

LEASE = timedelta(seconds=20)
SWEEP_SECONDS = 5
# A message is on its way for a moment: only after that may it have been lost.
UNDER_WAY = timedelta(seconds=15)
GAVE_UP = gettext_noop("后台程序三次中断，没有完成")


def sweep(*, at_start: bool = False) -> int:
    """Give back what nobody holds; give up after three attempts. Returns how many jobs were sent.

    `at_start`: this worker has taken no message yet, and what waits need not be on its way.
    """
    return _take_up_the_held() + _send_again(at_start)


def starving() -> bool:
    """Whether jobs wait and nobody anywhere works: a healthy worker takes one within a second."""
    states = set(
        Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING)).values_list("state", flat=True)
    )
    return states == {JobState.WAITING}


def _take_up_the_held() -> int:
    running = Job.objects.filter(state=JobState.RUNNING)
    over = set(running.filter(heartbeat__lt=Now() - LEASE).values_list("pk", flat=True))
    return sum(_take_up(job, job.pk in over) for job in running.defer("result").order_by("pk"))


def _take_up(job: Job, lease_is_over: bool) -> bool:
    gone = alive.is_gone(job.holder)
    if gone is None:
        gone = lease_is_over
    if not gone:
        return False
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(job)
        return False
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    if not held.filter(_still_without(job)).update(state=JobState.WAITING, heartbeat=Now()):
        return False
    send(job.pk)
    return True


def _still_without(job: Job) -> Q:
    """Its heartbeat is still the one that was looked at. (SQLite keeps fewer digits than it compares.)"""
    return Q(heartbeat__lte=job.heartbeat)


def _give_up(job: Job) -> None:
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
        if held.filter(_still_without(job)).update(
            state=JobState.FAILED, failure=GAVE_UP, ended_at=timezone.now()
        ):
            queue.stop(job, cancelled=False)


def _send_again(at_start: bool) -> int:
    """Jobs that wait although the queue is empty. What a busy worker has taken out is sent twice, and begun once."""
    waiting = Job.objects.filter(state=JobState.WAITING)
    if not at_start:
        waiting = waiting.filter(heartbeat__lt=Now() - UNDER_WAY)
    lost = list(waiting.order_by("pk").values_list("pk", flat=True)) if queue.is_empty() else []
    for job_id in lost:
        Job.objects.filter(pk=job_id, state=JobState.WAITING).update(heartbeat=Now())
        send(job_id)
    return len(lost)
