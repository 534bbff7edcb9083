"""The disk is full at some moment of a check or an application, and has room again afterwards.

SQLite is allowed so many pages more than it has; the work is done as a job, as the worker does it. Nothing may be half
written, the upload must say that it was not done or still wait to be, and with room again the same upload ends at
exactly all its rows, without a restart.
"""

import random
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

from gansu_care.jobs.lease import sweep
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import run as run_job
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import confirm, receive, recheck
from tests.long.ground import faults_of, faults_of_the_database, file_of
from tests.people import person
from tests.uploading import fresh

ROWS = 120
MOST = 1_073_741_823  # pages, as SQLite has it by itself
WAITING = (JobState.WAITING, JobState.RUNNING)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--points", type=int, default=30, help="moments at which the disk is full (30)")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in each file ({ROWS})")


def run(options: Namespace) -> dict[str, Any]:
    if connection.vendor != "sqlite":
        raise SystemExit("How full a disk is can be told to SQLite only.")
    chance = random.Random(options.seed)
    needed = Point(0, options.rows).pages_without_a_limit()
    points = []
    for number in range(1, options.points + 1):
        act = ("check", "apply")[number % 2]
        point = Point(number, options.rows)
        point.go(act, chance.randrange(needed[act]))
        points.append(point)
    return {
        "points": len(points),
        "pages needed": needed,
        "refused by the disk": sum(point.was_full for point in points),
        "said afterwards": sorted({point.said for point in points}),
        "violations": [*(fault for point in points for fault in point.faults), *faults_of_the_database()],
    }


class Point:
    """One file, and one moment at which the disk is full."""

    def __init__(self, number: int, rows: int) -> None:
        self.rows, self.officer = rows, person("officer")
        self.data = file_of(range(number * rows, (number + 1) * rows))
        self.faults: list[str] = []
        self.was_full, self.said = False, ""

    def pages_without_a_limit(self) -> dict[str, int]:
        """How many pages each act adds."""
        _leave_no_free_pages()
        before = _pages()
        self.hand_in()
        self.work()
        between = _pages()
        confirm(fresh(self.upload), self.officer, queue=True)
        self.work()
        return {"check": between - before, "apply": _pages() - between}

    def go(self, act: str, room: int) -> None:
        _leave_no_free_pages()
        if act == "check":
            with_room(room, self.hand_in, self.full)
            if hasattr(self, "upload"):
                with_room(room, self.work, self.full)
            else:
                self.hand_in()  # the page said that it could not keep the file; she sends it again
        else:
            self.hand_in()
            self.work()
            _leave_no_free_pages()
            with_room(room, self.say_yes, self.full)
        self.look()
        self.go_on()
        self.faults += faults_of(self.upload, self.rows, over=True)

    def full(self, error: DatabaseError) -> None:
        self.was_full = True

    def look(self) -> None:
        """What a page says while the disk is still full, or just after."""
        held = fresh(self.upload)
        self.was_full = (
            self.was_full or Job.objects.filter(object_id=held.pk, failure="OperationalError").exists()
        )
        self.said = f"{held.state} {held.refusal}".strip()
        self.faults += faults_of(self.upload, self.rows, over=False)

    def go_on(self) -> None:
        """With room again: what the worker does by itself, and what the page offers."""
        sweep()
        self.work()
        if fresh(self.upload).state == UploadState.FAILED:
            recheck(self.upload, self.officer)
            self.work()
        if fresh(self.upload).state == UploadState.CHECKED:
            self.say_yes()

    def hand_in(self) -> None:
        self.upload: Upload = receive(self.data, "满.xlsx", "children", self.officer, again=True).upload

    def say_yes(self) -> None:
        confirm(fresh(self.upload), self.officer)
        self.work()

    def work(self) -> None:
        """As the worker does: each job that waits, until none does."""
        for _attempt in range(4):
            for job in Job.objects.filter(object_id=self.upload.pk, state__in=WAITING).order_by("pk"):
                run_job(job.pk)


def with_room(pages: int, act: Callable[[], Any], full: Callable[[DatabaseError], None]) -> None:
    """Do it while the database may grow by so many pages, whichever connection writes."""
    most = _pages() + pages

    def limit(sender: Any, connection: Any, **kwargs: Any) -> None:
        _may_have(connection, most)

    connection_created.connect(limit)
    _may_have(connection, most)
    try:
        act()
    except DatabaseError as error:
        full(error)
    finally:
        connection_created.disconnect(limit)
        _may_have(connection, MOST)


def _may_have(held: Any, pages: int) -> None:
    with held.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")


def _leave_no_free_pages() -> None:
    """Those that are free inside the file would be used first."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def _pages() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        return cursor.fetchone()[0]
