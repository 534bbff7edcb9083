"""Files sent while no worker runs; then one that is told to stop in the midst of them; then another that does the rest.

All are checked once, none is lost; the first worker ends within 30 seconds of SIGTERM.
"""

import os
import signal
import time
from argparse import ArgumentParser, Namespace
from typing import Any

from django.db import connections

from gansu_care.demo.processes import Process, stop
from gansu_care.jobs.models import Job, JobState
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import receive
from tests.long.ground import file_of, unfinished
from tests.people import person
from tests.worker_process import environment

FILES, ROWS = 50, 20
DRAINED = 30  # seconds
PATIENCE = 10  # seconds a file, on a busy machine


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--files", type=int, default=FILES, help=f"({FILES})")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in each file ({ROWS})")


def run(options: Namespace) -> dict[str, Any]:
    officer = person("officer")
    for number in range(options.files):
        data = file_of(range(number * options.rows, (number + 1) * options.rows))
        receive(data, f"{number}.xlsx", "children", officer)
    os.environ.update(environment())
    connections.close_all()
    first = Process("worker")
    _until(
        lambda: Upload.objects.filter(state=UploadState.CHECKED).count() >= options.files // 3, options.files
    )
    drained = _told_to_stop(first)
    left = Upload.objects.filter(state=UploadState.RECEIVED).count()
    second = Process("worker")
    began = time.monotonic()
    try:
        _until(lambda: not unfinished(), options.files)
    finally:
        stop([second])
    return {
        "files": options.files,
        "seconds to drain": drained,
        "left for the second": left,
        "seconds of the second": round(time.monotonic() - began, 1),
        "violations": _violations(options.files, drained),
    }


def _told_to_stop(worker: Process) -> float:
    began = time.monotonic()
    os.kill(worker.pid, signal.SIGTERM)
    worker.wait(began + 2 * DRAINED)
    return round(time.monotonic() - began, 1)


def _violations(files: int, drained: float) -> list[str]:
    found = [] if drained < DRAINED else [f"{drained} seconds to drain"]
    states = set(Upload.objects.values_list("state", "check_no"))
    found += [] if states == {(UploadState.CHECKED, 1)} else [f"uploads: {states}"]
    jobs = Job.objects.filter(state=JobState.DONE).count()
    return found + ([] if jobs == files else [f"{jobs} jobs are done, of {files}"])


def _until(true: Any, files: int) -> None:
    until = time.monotonic() + PATIENCE * files
    while not true() and time.monotonic() < until:
        time.sleep(0.2)
