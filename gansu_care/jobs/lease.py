"""Work outlives its worker: a job whose heartbeat is old goes back into the queue.

The queue's own redelivery waits longer than the longest job may take; a killed worker's job is taken up again
within a minute by this sweep, which runs when a worker starts and every half minute after.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import MAX_ATTEMPTS, send

LEASE = timedelta(seconds=45)
GAVE_UP = gettext_noop("后台程序三次中断，没有完成")


def sweep() -> int:
    """Requeue jobs that nobody works on; give up after three attempts. Returns how many were requeued."""
    old = Job.objects.filter(state=JobState.RUNNING, heartbeat__lt=timezone.now() - LEASE)
    old.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, failure=GAVE_UP, ended_at=timezone.now()
    )
    requeued = 0
    for job_id in list(old.filter(attempts__lt=MAX_ATTEMPTS).values_list("pk", flat=True)):
        if Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(
            state=JobState.WAITING, heartbeat=timezone.now()
        ):
            send(job_id)
            requeued += 1
    return requeued
