"""Background jobs: run once, told how far they are, taken up again when their worker dies, stopped when asked to."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from gansu_care.jobs import alive, lease, queue, stopping
from gansu_care.jobs.attempt import Attempt, TakenAway
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.remaining import remaining

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


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """What was told to the test's handler: which object was stopped, and whether somebody cancelled it."""
    told: list[tuple[int, bool]] = []
    monkeypatch.setitem(queue.STOPS, "test", lambda pk, cancelled: told.append((pk, cancelled)))
    return told


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs that a message was put into the queue for."""
    messages: list[int] = []
    monkeypatch.setattr(lease, "send", messages.append)
    monkeypatch.setattr(queue, "send", messages.append)
    return messages


def job(user, object_id: int = 7, **values) -> Job:
    return Job.objects.create(kind="test", object_id=object_id, user=user, **values)


def handler_does(monkeypatch: pytest.MonkeyPatch, act) -> None:
    monkeypatch.setitem(queue.HANDLERS, "test", act)


MINUTES_AGO = timedelta(minutes=2)


# --- once


def test_a_job_runs_once_even_when_told_twice(officer, runs) -> None:
    one = job(officer)
    queue.run(one.pk)
    queue.run(one.pk)

    one.refresh_from_db()
    assert runs == [7]
    assert (one.state, one.done, one.total, one.attempts) == (JobState.DONE, 1, 2, 1)


def test_a_broken_job_ends_as_failed_and_names_the_kind_of_error_only(officer, runs, stops) -> None:
    one = job(officer, -1)
    queue.run(one.pk)

    one.refresh_from_db()
    assert (one.state, one.failure) == (JobState.FAILED, "RuntimeError")
    assert stops == [(-1, False)]


# --- an attempt whose job is another's by now


def test_an_old_attempt_neither_ends_nor_moves_what_a_new_one_works_at(officer, stops, monkeypatch) -> None:
    one = job(officer)

    def slow(object_id: int, progress: queue.Progress) -> None:
        progress("第一次", 1, 9)
        Job.objects.filter(pk=one.pk).update(attempts=2, step="第二次", done=5, total=9)  # taken up elsewhere
        if object_id < 0:
            raise RuntimeError("the old attempt breaks")

    handler_does(monkeypatch, slow)
    queue.run(one.pk)
    one.refresh_from_db()
    assert (one.state, one.step, one.done) == (JobState.RUNNING, "第二次", 5)
    assert stops == []


def test_an_old_attempt_stops_at_its_next_look(officer) -> None:
    one = job(officer, state=JobState.RUNNING, attempts=2)
    old = Attempt(one, 1)
    old.beat()
    with pytest.raises(TakenAway):
        old("步骤", 3, 9)
    one.refresh_from_db()
    assert one.done == 0


# --- what passes


def test_a_lost_connection_is_another_attempt_and_at_last_a_failure(
    officer, stops, sent, monkeypatch
) -> None:
    one = job(officer)

    def cut(object_id: int, progress: queue.Progress) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    handler_does(monkeypatch, cut)
    for attempt in (1, 2):
        queue.run(one.pk)
        one.refresh_from_db()
        assert (one.state, one.attempts) == (JobState.WAITING, attempt)
    assert (sent, stops) == ([one.pk, one.pk], [])
    queue.run(one.pk)
    one.refresh_from_db()
    assert (one.state, one.failure, stops) == (JobState.FAILED, "OperationalError", [(7, False)])


# --- whoever held it is gone


def test_a_job_whose_worker_died_goes_back_into_the_queue(officer, runs, sent, stops) -> None:
    old = timezone.now() - MINUTES_AGO
    dead = job(officer, state=JobState.RUNNING, attempts=1, heartbeat=old)
    still = job(officer, state=JobState.RUNNING, attempts=1)
    tired = job(officer, 8, state=JobState.RUNNING, attempts=3, heartbeat=old)

    assert lease.sweep() == 1
    assert sent == [dead.pk]
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {dead.pk: JobState.WAITING, still.pk: JobState.RUNNING, tired.pk: JobState.FAILED}
    assert stops == [(8, False)]


def test_on_this_machine_the_dead_are_known_at_once_and_the_slow_are_not_taken_for_dead(
    officer, sent
) -> None:
    with alive.held() as gone:
        pass
    dead = job(officer, state=JobState.RUNNING, attempts=1, holder=gone)
    with alive.held() as slow:
        job(officer, state=JobState.RUNNING, attempts=1, holder=slow, heartbeat=timezone.now() - MINUTES_AGO)
        assert lease.sweep() == 1
    assert sent == [dead.pk]


def test_of_a_holder_elsewhere_only_the_heartbeat_tells() -> None:
    assert alive.is_gone("0a1b2c3d-elsewhere/1234") is None
    assert alive.is_gone("") is None


def test_a_job_whose_message_was_lost_is_sent_again(officer, sent) -> None:
    job(officer)  # on its way
    lost = job(officer, heartbeat=timezone.now() - MINUTES_AGO)
    assert lease.sweep() == 1
    assert sent == [lost.pk]
    assert lease.sweep() == 0, "it is on its way now"


def test_a_worker_that_starts_sends_whatever_waits(officer, sent) -> None:
    one = job(officer)
    assert lease.sweep(at_start=True) == 1
    assert sent == [one.pk]


def test_a_worker_that_was_told_to_stop_begins_nothing(officer, runs) -> None:
    one = job(officer)
    stopping.share()
    stopping.ask()
    queue.run(one.pk)
    stopping.share()
    one.refresh_from_db()
    assert (one.state, runs) == (JobState.WAITING, [])


def test_jobs_that_wait_while_nobody_works_starve(officer) -> None:
    assert not lease.starving()
    job(officer)
    assert lease.starving()
    job(officer, state=JobState.RUNNING)
    assert not lease.starving()


# --- cancelled


def test_a_waiting_job_is_cancelled_at_once(officer, county, runs, stops) -> None:
    one = job(officer)
    assert queue.cancel(one, county)
    queue.run(one.pk)
    one.refresh_from_db()
    assert (one.state, one.cancelled_by, runs) == (JobState.CANCELLED, county, [])
    assert stops == [(7, True)]


def test_a_running_job_is_cancelled_at_its_next_step(officer, stops, monkeypatch) -> None:
    one, steps = job(officer), []

    def work(object_id: int, progress: queue.Progress) -> None:
        for step in range(3):
            if step == 1:
                assert queue.cancel(one, officer)
                progress.beat()  # as its own thread does each second
            progress("步骤", step, 3)
            steps.append(step)

    handler_does(monkeypatch, work)
    queue.run(one.pk)
    one.refresh_from_db()
    assert (one.state, steps, stops) == (JobState.CANCELLED, [0], [(7, True)])


def test_what_is_over_is_not_cancelled(officer, stops) -> None:
    one = job(officer, state=JobState.DONE)
    assert not queue.cancel(one, officer)
    assert stops == []


# --- the time that is left


@pytest.mark.parametrize(
    ("done", "total", "spent", "since", "said"),
    [
        (500, 1000, 10, 0, 10),
        (500, 1000, 10, 4, 6),
        (900, 1000, 9, 30, 1),  # it takes longer than it looked: never less than nothing
        (10, 1000, 60, 0, None),  # too little is done to know
        (500, 1000, 1, 0, None),
        (0, 0, 60, 0, None),
        (1000, 1000, 60, 0, None),
    ],
)
def test_the_time_left_is_said_when_it_can_be_known(done, total, spent, since, said) -> None:
    found = remaining(done, total, timedelta(seconds=spent), timedelta(seconds=since))
    assert found == (None if said is None else timedelta(seconds=said))
