"""Background jobs: run once, told how far they are, taken up again when their worker dies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gansu_care.jobs import lease, queue
from gansu_care.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A handler of the test's own; what it worked on."""
    seen: list[int] = []

    def work(object_id: int, progress: queue.Progress) -> None:
        seen.append(object_id)
        progress("步骤", 1, 2, force=True)
        if object_id < 0:
            raise RuntimeError("broken")

    monkeypatch.setitem(queue.HANDLERS, "test", work)
    return seen


def job(user, object_id: int = 7, **values) -> Job:
    return Job.objects.create(kind="test", object_id=object_id, user=user, **values)


def test_a_job_runs_once_even_when_told_twice(officer, runs) -> None:
    one = job(officer)
    queue.run(one.pk)
    queue.run(one.pk)

    one.refresh_from_db()
    assert runs == [7]
    assert (one.state, one.done, one.total, one.attempts) == (JobState.DONE, 1, 2, 1)


def test_a_broken_job_ends_as_failed_and_names_the_kind_of_error_only(officer, runs) -> None:
    one = job(officer, -1)
    queue.run(one.pk)

    one.refresh_from_db()
    assert (one.state, one.failure) == (JobState.FAILED, "RuntimeError")


def test_a_job_whose_worker_died_goes_back_into_the_queue(officer, runs, monkeypatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(lease, "send", sent.append)
    old = timezone.now() - timedelta(minutes=2)
    dead = job(officer, state=JobState.RUNNING, attempts=1, heartbeat=old)
    alive = job(officer, state=JobState.RUNNING, attempts=1)
    tired = job(officer, state=JobState.RUNNING, attempts=3, heartbeat=old)

    assert lease.sweep() == 1
    assert sent == [dead.pk]
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {dead.pk: JobState.WAITING, alive.pk: JobState.RUNNING, tired.pk: JobState.FAILED}
