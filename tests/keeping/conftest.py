"""Keys that change as after a new start, and people who go on writing meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as the_settings
from django.db import connection

from gansu_care.sealed import cipher


@pytest.fixture
def start_with() -> Iterator[Callable[..., None]]:
    """start_with(SEALING_KEYS=…): the settings as if web and worker had been started again with them."""
    with pytest.MonkeyPatch.context() as patch:

        def start(**keys: str) -> None:
            for name, value in keys.items():
                patch.setattr(the_settings, name, value)
            cipher.forget_keys()

        yield start
    cipher.forget_keys()


class AtWork:
    """Two people, each in a thread of her own, who do something again and again until they are told to stop."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.threads: list[threading.Thread] = []
        self.failures: list[Exception] = []

    def begin(self, act: Callable[[int], None]) -> None:
        """`act` is told its turn: 0, 2, 4 … for one of them, 1, 3, 5 … for the other."""
        self.threads = [threading.Thread(target=self._work, args=(act, first)) for first in (0, 1)]
        for thread in self.threads:
            thread.start()

    def _work(self, act: Callable[[int], None], turn: int) -> None:
        try:
            while not self.over.is_set():
                act(turn)
                turn += 2
                time.sleep(0.02)  # who never pauses leaves nobody else SQLite's one write lock
        except Exception as failure:
            self.failures.append(failure)
        finally:
            connection.close()

    def end(self) -> None:
        """Return when both have stopped; whatever went wrong for them is the test's failure."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        assert self.failures == []


@pytest.fixture
def at_work() -> Iterator[AtWork]:
    people = AtWork()
    yield people
    people.end()
