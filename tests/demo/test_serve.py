"""`manage.py up`, from the moment .venv is ready: it starts, answers, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.long, pytest.mark.apart]

HOST = "127.0.0.1"
PATIENCE = 60


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Site:
    """`manage.py serve` on a database of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        own = {
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "GANSU_VAR": str(folder),
            "DEBUG": "true",
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=os.environ | own | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def wait_until_open(self) -> str:
        """What it said until it told how to stop it."""
        said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        return said

    def stop(self, number: int) -> float:
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database is: migrated by the first site alone, as on any machine."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture
def start(folder: Path, port: int) -> Iterator[Callable[[], Site]]:
    """start() -> the site, each time on the same database; whatever a failing test leaves is killed."""
    sites: list[Site] = []

    def one_more() -> Site:
        sites.append(Site(folder, port))
        return sites[-1]

    yield one_more
    for site in sites:
        site.process.kill()
        site.process.communicate()


def _children(of: int) -> list[int]:
    tasks = Path(f"/proc/{of}/task/{of}/children").read_text().split()
    return [pid for child in map(int, tasks) for pid in [child, *_children(child)]]


def _still_running(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists() and "Z" not in _state(pid)]


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _answer(port: int) -> int:
    connection = HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", "/")
    return connection.getresponse().status


def test_it_opens_and_stops_without_orphans_as_often_as_one_likes(start: Callable[[], Site]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):  # a service manager's way, and Ctrl-C
        site = start()
        assert f"http://{HOST}:{site.port}/" in site.wait_until_open()
        assert _answer(site.port) < 500
        family = _children(site.process.pid)
        assert len(family) >= 2  # the server, the worker and the worker's own
        assert site.stop(number) < 30
        assert site.process.returncode == 0
        assert _still_running(family) == []


def test_a_dead_worker_is_started_again(start: Callable[[], Site]) -> None:
    site = start()
    site.wait_until_open()
    worker = next(
        pid for pid in _children(site.process.pid) if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    time.sleep(2)
    os.kill(worker, signal.SIGKILL)
    assert site.process.stdout
    assert "后台程序中断，已重新启动。" in site.process.stdout.readline()
    site.stop(signal.SIGTERM)
