"""From pressing the button to the result: an .xls of 3,000 children, checked by the real worker, the site in use.

The officer sends the file on its page; the worker, `manage.py worker`, runs as a process of its own. Meanwhile two
others read lists and the home page, a page each half a second. Seconds of the clock count, as she waits for them; the
file is sent several times, each time with other children.
"""

import argparse
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import reverse

from gansu_care.spreadsheets.models import Upload, UploadState
from tests.benchmarks.ground.apart import taken_by
from tests.benchmarks.ground.children_sheet import HEADINGS, child_rows
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.measuring import Visitors
from tests.benchmarks.ground.population import populate
from tests.uploading import xls
from tests.worker_process import environment

ROWS, REGISTER, TIMES, MOST = 3_000, 2_000, 3, 5
WARM = 10  # rows of a first file that is not measured
VISITORS = ("county", "prefecture")
PAGES = ("/children/", "/", "/children/?sex=2")
BETWEEN_PAGES, LOOKED_EVERY, PATIENCE = 0.5, 0.05, 120  # seconds
FORK = multiprocessing.get_context("fork")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ROWS, help=f"of the file ({ROWS:,})")
    parser.add_argument(
        "--register", type=int, default=REGISTER, help=f"children there before ({REGISTER:,})"
    )
    parser.add_argument("--times", type=int, default=TIMES, help=f"the file is sent ({TIMES})")
    parser.add_argument("--json", type=Path, default=None, metavar="FILE")


def run(options: argparse.Namespace) -> None:
    taken_by(populate, options.register)
    found = Comparison("check", rows=options.rows, register=options.register)
    client = Visitors().client("officer")
    with worker(), visited():
        _seconds_to_result(client, children_xls(WARM, start=0), WARM)  # until the worker has started
        for turn in range(options.times):
            data = children_xls(options.rows, start=WARM + turn * options.rows)
            waited = _seconds_to_result(client, data, options.rows)
            found.value(f"seconds to the result, file {turn + 1}", waited, at_most=MOST)
    found.write(options.json)


def children_xls(rows: int, *, start: int) -> bytes:
    """The children's sheet as Excel 97 keeps it, its days as text."""
    told = (
        [str(cell) if isinstance(cell, date) else cell for cell in row]
        for row in child_rows(rows, start=start)
    )
    return xls([list(HEADINGS), *told])


def _seconds_to_result(client: Any, data: bytes, rows: int) -> float:
    file = BytesIO(data)
    file.name = "登记表.xls"
    began = time.perf_counter()
    sent = {"kind": "children", "file": file, "consent_by": "李晓梅", "consent_on": "2026-09-01"}
    answer = client.post(reverse("spreadsheets:choose"), sent)
    if answer.status_code != 302:
        raise SystemExit(f"the file was not taken: {answer.status_code}")
    upload = _checked(Upload.objects.latest("pk"))
    waited = time.perf_counter() - began
    if upload.rows != rows or upload.bad:
        raise SystemExit(f"of {rows} rows {upload.rows} were read, {upload.bad} are bad")
    return waited


def _checked(upload: Upload) -> Upload:
    end = time.monotonic() + PATIENCE
    while upload.state in (UploadState.RECEIVED, UploadState.CHECKING):
        if time.monotonic() > end:
            raise SystemExit(f"still {upload.state} after {PATIENCE} seconds")
        time.sleep(LOOKED_EVERY)
        upload.refresh_from_db()
    if upload.state != UploadState.CHECKED:
        raise SystemExit(f"the check ended as {upload.state} {upload.unreadable_code}")
    return upload


@contextmanager
def worker() -> Iterator[None]:
    """The real one, on the benchmark's database."""
    command = [sys.executable, "manage.py", "worker"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment()) as process:
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def visited() -> Iterator[None]:
    """Others read meanwhile."""
    connections.close_all()
    readers = [FORK.Process(target=_read, args=(who,), daemon=True) for who in VISITORS]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        for reader in readers:
            reader.terminate()
            reader.join()


def _read(who: str) -> None:
    client = Visitors().client(who)
    for page in cycle(PAGES):
        client.get(page)
        time.sleep(BETWEEN_PAGES)
