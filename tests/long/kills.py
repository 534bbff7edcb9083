"""SIGKILL at random moments of check and apply, of whatever takes part; nobody helps but what always runs.

Each round an officer hands in a file over HTTP and confirms it. At a random moment of one of the two one of these dies:

    worker      the worker command, and its children with it; it is started again as `up` does
    child       one process of the worker's queue
    web         the web process, while it answers or after it; the officer sends again what nobody answered
    database    PostgreSQL ends every connection

The invariant must hold at once afterwards, and when the work has ended by itself. `recovery` is the time from the kill
to the end of the work, in seconds.
"""

import os
import random
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from statistics import median
from typing import Any

import psycopg2
from django.db import connection

from gansu_care.jobs.models import Job, JobState
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.long.ground import (
    faults_of,
    faults_of_the_database,
    faults_of_the_same_file_again,
    file_of,
    unfinished,
)
from tests.long.site import Site
from tests.worker_process import processes_below

ROWS, LONGEST = 400, 2.0
ON_BOTH = ("worker", "child", "web")
AT_WORK = (JobState.WAITING, JobState.RUNNING)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=50, help="kills (50)")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in each file ({ROWS})")
    parser.add_argument("--victims", nargs="*", help="which of: worker child web database")


def run(options: Namespace) -> dict[str, Any]:
    chance = random.Random(options.seed)
    on_this = (*ON_BOTH, "database") if connection.vendor == "postgresql" else ON_BOTH
    victims = options.victims or on_this
    with Site() as site:
        calm = Round(site, 0, options.rows)
        calm.go("", "", 0)
        rounds = []
        for number in range(1, options.rounds + 1):
            one = Round(site, number, options.rows)
            one.go(
                victims[number % len(victims)], chance.choice(("check", "apply")), chance.uniform(0, LONGEST)
            )
            rounds.append(one)
            print(number, one.told(), flush=True)
        site.until(lambda: not unfinished())
        left = [*unfinished(), *faults_of_the_database()]
    times = sorted(one.recovery for one in rounds)
    return {
        "rounds": len(rounds),
        "rows a file": options.rows,
        "victims": {name: sum(one.victim == name for one in rounds) for name in victims},
        "killed at work": sum(one.at_work for one in rounds),
        "recovery median": median(times),
        "recovery longest": times[-1],
        "violations": [*calm.faults, *(fault for one in rounds for fault in one.faults), *left],
        "rounds_told": [one.told() for one in rounds],
    }


class Round:
    """One file, one kill."""

    def __init__(self, site: Site, number: int, rows: int) -> None:
        self.site, self.rows = site, rows
        self.data = file_of(range(number * rows, (number + 1) * rows))
        self.faults: list[str] = []
        self.at_work, self.recovery = False, 0.0

    def told(self) -> dict[str, Any]:
        names = ("victim", "act", "after", "at_work", "recovery", "faults")
        return {name: getattr(self, name) for name in names}

    def go(self, victim: str, act: str, after: float) -> None:
        self.victim, self.act, self.after = victim, act, round(after, 2)
        kill = threading.Thread(target=self.kill)
        if act == "check":
            kill.start()
        upload = self.site.ended(self.site.hand_in(self.data))
        if act == "check":
            kill.join()
            upload = self.look(upload)
        self.faults += faults_of(upload, self.rows, over=False)
        if act == "apply":
            kill.start()
        self.site.confirm(upload)
        upload = self.site.ended(upload)
        if act == "apply":
            kill.join()
            upload = self.look(upload)
        if (
            upload.state == UploadState.CHECKED
        ):  # broken off three times, or checked anew: it says so, and is asked
            self.site.confirm(upload)
            upload = self.site.ended(upload)
        self.faults += faults_of(upload, self.rows, over=True)
        self.faults += faults_of_the_same_file_again(self.data, self.site.officer, self.rows)

    def look(self, upload: Upload) -> Upload:
        """The work has ended by itself; what may still be on its way ends too."""
        upload = self.site.ended(upload)
        self.recovery = round(max(0.0, time.monotonic() - self.killed_at), 1) if self.at_work else 0.0
        return upload

    # --- the victims

    def kill(self) -> None:
        time.sleep(self.after)
        with suppress(Exception):
            self.at_work = Job.objects.filter(state__in=AT_WORK).exists()
        getattr(self, f"kill_{self.victim}")()
        self.killed_at = time.monotonic()
        connection.close()
        for upload in Upload.objects.order_by("-id")[:1]:  # before anything is mended
            self.faults += faults_of(upload, self.rows, over=False)
        connection.close()

    def kill_worker(self) -> None:
        os.kill(self.site.worker.pid, signal.SIGKILL)

    def kill_child(self) -> None:
        below = processes_below(self.site.worker.pid)
        if below:
            with suppress(ProcessLookupError):
                os.kill(random.choice(below), signal.SIGKILL)

    def kill_web(self) -> None:
        os.kill(self.site.web.pid, signal.SIGKILL)

    def kill_database(self) -> None:
        held = connection.settings_dict
        other = psycopg2.connect(
            dbname=held["NAME"],
            user=held["USER"],
            password=held["PASSWORD"],
            host=held["HOST"],
            port=held["PORT"],
        )
        with other, other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        other.close()
