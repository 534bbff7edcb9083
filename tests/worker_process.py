"""The real worker, `manage.py worker`, as a process beside the test, on the test's own database and files."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

SECONDS_TO_STOP = 15


def database_url() -> str:
    """The test database as DATABASE_URL would name it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{user}:{password}@{database['HOST']}{port}/{database['NAME']}"


def environment() -> dict[str, str]:
    """What another process needs to work on this test's database: the same keys, the same folder for files."""
    same = {name: getattr(settings, name) for name in ("SECRET_KEY", "SEALING_KEYS", "DIGEST_KEY")}
    return (
        os.environ
        | same
        | {
            "DJANGO_SETTINGS_MODULE": "gansu_care.settings",
            "DATABASE_URL": database_url(),
            "GANSU_VAR": str(settings.VAR_DIR),
            "DEBUG": "true",
        }
    )


@pytest.fixture
def worker(transactional_db: None) -> Iterator[subprocess.Popen]:
    """Runs until the test is over; stopped before the database is emptied."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment(),
        start_new_session=True,
    )
    yield process
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    finally:
        _kill_group(process.pid)


def processes_below(pid: int) -> list[int]:
    """Children and theirs, as Linux lists them."""
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [found for child in children for found in (child, *processes_below(child))]


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
