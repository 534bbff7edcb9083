"""The worker command and those that keep it alive: killed or cut off, its jobs end right, within the time stated."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from children.models import Child
from gansu_care.jobs.models import Job, JobState
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import confirm, receive
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.uploading import checked, child_numbered, children_file, fresh
from tests.worker_process import environment, processes_below

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
PATIENCE = 60.0


class Worker:
    """`manage.py worker` in a process group of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=settings.BASE_DIR,
            env=environment() | {"LOG_LEVEL": "CRITICAL"},
            start_new_session=True,
        )

    def kill(self) -> None:
        """The command alone: what it started must end by itself."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def below(self) -> list[int]:
        return processes_below(self.process.pid)


@pytest.fixture
def start() -> Iterator[Callable[[], Worker]]:
    """start() -> one more worker; all are gone when the test is over."""
    workers: list[Worker] = []

    def one_more() -> Worker:
        workers.append(Worker())
        return workers[-1]

    yield one_more
    for worker in workers:
        worker.process.kill()
        worker.process.wait()
        try:
            os.killpg(worker.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def until(true: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait for it; how long it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.05)
    return time.monotonic() - began


def handed_in(rows: int, first: int = 0, *, queue: bool = True) -> Upload:
    data = children_file(*(child_numbered(first + place) for place in range(rows)))
    return receive(data, f"{first}.xlsx", "children", person("officer"), queue=queue).upload


def confirmed(rows: int, *, queue: bool = True) -> Upload:
    data = children_file(*(child_numbered(place) for place in range(rows)))
    return confirm(checked(person("officer"), data, "children"), person("officer"), queue=queue)


def is_in(upload: Upload, state: str) -> bool:
    return fresh(upload).state == state


# --- killed


def test_a_killed_worker_leaves_nothing_running_and_the_next_takes_its_job_up(start) -> None:
    first = start()
    upload = confirmed(400)
    until(lambda: Job.objects.filter(kind="apply_upload", state=JobState.RUNNING).exists())
    below = first.below()
    assert len(below) >= 3  # the queue's own process, and those that it started
    first.kill()
    until(lambda: not any(_runs(pid) for pid in below), 5)
    start()
    assert until(lambda: is_in(upload, UploadState.APPLIED)) < 30
    until(lambda: not Job.objects.exclude(state=JobState.DONE).exists(), 10)
    assert (Child.objects.count(), Child.history.count()) == (400, 400)
    assert Event.objects.filter(action=Action.APPLY).count() == 1


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_of_the_worker_that_is_killed_costs_seconds_not_the_lease(start) -> None:
    worker = start()
    upload = confirmed(400)
    until(lambda: Job.objects.filter(kind="apply_upload", state=JobState.RUNNING).exists())
    for pid in worker.below()[1:]:  # all that the queue's own process has started
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: is_in(upload, UploadState.APPLIED)) < 50
    assert (Child.objects.count(), Child.history.count()) == (400, 400)


# --- two hosts, one database


@pytest.fixture
def postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file of one machine: there is no connection to be lost, and no second host")


def test_two_workers_share_the_jobs_and_do_each_once(start, postgresql) -> None:
    start()
    start()
    time.sleep(3)
    uploads = [handed_in(40, 100 * place) for place in range(10)]
    until(lambda: not Upload.objects.exclude(state=UploadState.CHECKED).exists(), 120)
    assert {fresh(upload).check_no for upload in uploads} == {1}
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}
    assert len({job.holder for job in Job.objects.all()}) == len(uploads)


def test_a_slow_worker_whose_job_went_to_another_writes_nothing_twice(start, postgresql) -> None:
    """The first is stopped in its work (SIGSTOP), as if on a host that hangs; the second takes the job; the first
    wakes up and finds that the work is done.
    """
    first = start()
    upload = confirmed(400)
    until(lambda: Job.objects.filter(kind="apply_upload", state=JobState.RUNNING).exists())
    asleep = [first.process.pid, *first.below()]
    for pid in asleep:
        os.kill(pid, signal.SIGSTOP)
    # Of a host that hangs the database drops the connections, and its transaction with them.
    _end_connections_in_a_transaction()
    Job.objects.filter(state=JobState.RUNNING).update(holder="elsewhere/1", heartbeat="2026-01-01T00:00Z")
    start()
    until(lambda: is_in(upload, UploadState.APPLIED))
    for pid in asleep:
        os.kill(pid, signal.SIGCONT)
    until(lambda: not Job.objects.exclude(state=JobState.DONE).exists(), 15)
    time.sleep(3)
    job = Job.objects.get(kind="apply_upload")
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert (Child.objects.count(), Child.history.count()) == (400, 400)
    assert Event.objects.filter(action=Action.APPLY).count() == 1


# --- the connection


def _end_connections_in_a_transaction(
    others: str = "state = 'idle in transaction' OR state = 'active'",
) -> int:
    held = connection.settings_dict
    other = psycopg2.connect(
        dbname=held["NAME"],
        user=held["USER"],
        password=held["PASSWORD"],
        host=held["HOST"],
        port=held["PORT"],
    )
    connection.close()
    with other, other.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            f" WHERE datname = current_database() AND pid <> pg_backend_pid() AND ({others})"
        )
        (ended,) = cursor.fetchone()
    other.close()
    return ended


def test_every_connection_is_cut_again_and_again_and_the_work_is_done(start, postgresql, client) -> None:
    """The worker finds its job again by itself; a page is served at the next request."""
    start()
    client.force_login(person("officer"))
    upload = confirmed(300)
    for _cut in range(4):
        _end_connections_in_a_transaction("true")
        time.sleep(0.4)
        began = time.monotonic()
        answers = [client.get("/uploads/").status_code for _try in range(2)]
        assert (answers[-1], time.monotonic() - began < 10) == (200, True)
    if fresh(upload).state == UploadState.CHECKED:  # three attempts in a row were cut off: it says so
        confirm(fresh(upload), person("officer"))
    until(lambda: is_in(upload, UploadState.APPLIED))
    assert (Child.objects.count(), Child.history.count()) == (300, 300)
