"""The two processes behind `up`: the worker and the server, kept alive, and stopped without leaving orphans."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from gansu_care.jobs.ending import end_with_parent

SECONDS_TO_STOP = 8
SECONDS_BEFORE_RESTART = 2.0


class Process:
    """`manage.py WORDS` in a process group of its own, so that Ctrl-C reaches it through us alone."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self._popen = subprocess.Popen(
            [sys.executable, "manage.py", *self.words],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def restart_if_dead(self) -> bool:
        """At most one attempt every two seconds: a worker that cannot start must not keep the machine busy."""
        if self.is_alive() or time.monotonic() - self.started < SECONDS_BEFORE_RESTART:
            return False
        self._kill_group()
        self.start()
        return True

    def ask_to_stop(self) -> None:
        # The process alone: the worker ends its own children in order.
        with contextlib.suppress(ProcessLookupError):
            self._popen.terminate()

    def wait(self, until: float) -> None:
        """Until it has ended or the clock (time.monotonic) says `until`; whatever is left of its group is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(max(0.1, until - time.monotonic()))
        self._kill_group()
        self._popen.wait()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)


def stop(processes: list[Process]) -> None:
    for process in processes:
        process.ask_to_stop()
    until = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        process.wait(until)


def wait_for_answer(host: str, port: int, alive: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something answers HTTP at the address before the time is over or the server has died."""
    until = time.monotonic() + seconds
    while alive() and time.monotonic() < until:
        if _answers(host, port):
            return True
        time.sleep(0.1)
    return False


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
