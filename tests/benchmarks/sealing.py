"""What the cipher costs a page: the list of children with it, and with one that remembers instead of opening.

The same page of the same register, asked for by turns in one process, so that both sides meet the same minutes. A
side's processor time is the median of its requests times their number, for now and then a request meets something that
has nothing to do with the page (Python collects its garbage, a list is read anew). The remembering cipher knows the
value of each token from the first answer: a look-up in its place, no decryption. What sealing costs an upload:
`python -m tests.benchmarks import --unsealed`.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from gansu_care.sealed import cipher
from tests.benchmarks.ground.apart import Taken, resident_mb, taken_by
from tests.benchmarks.ground.clock import Clock
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.measuring import Visitors, listening
from tests.benchmarks.ground.population import populate

ROWS, REQUESTS, MOST = 2_000, 100, 1.05
PEOPLE = ("officer", "prefecture")
PAGE = "/children/"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in the register ({ROWS:,})")
    parser.add_argument("--requests", type=int, default=REQUESTS, help=f"of each side ({REQUESTS})")
    parser.add_argument("--json", type=Path, default=None, metavar="FILE")


def run(options: argparse.Namespace) -> None:
    taken_by(populate, options.rows)
    found = Comparison("sealing", rows=options.rows, requests=options.requests)
    for who in PEOPLE:
        sealed, remembered, opened = _by_turns(who, options.requests)
        found.add(f"{who}, sealed", sealed)
        found.add(f"{who}, remembered", remembered)
        found.value(f"{who}: values opened a page", opened, at_least=1)
        found.ratio(f"{who}: sealed / remembered", sealed, remembered, at_most=MOST)
    found.write(options.json)


def _by_turns(who: str, requests: int) -> tuple[Taken, Taken, int]:
    """Both sides, and how many sealed values the page opens."""
    client = Visitors().client(who)
    known: dict[bytes, bytes] = {}
    unseal, times = cipher.unseal, 0

    def learn(token: bytes, name: str) -> bytes:
        nonlocal times
        times += 1
        return known.setdefault(bytes(token), unseal(token, name))

    def remember(token: bytes, name: str) -> bytes:
        return known[bytes(token)]

    client.get(PAGE)  # warms the caches of the process
    with patch.object(cipher, "unseal", learn):
        client.get(PAGE)
    sealed, remembered = _Side(client, unseal), _Side(client, remember)
    for turn in range(requests):
        for side in (sealed, remembered) if turn % 2 else (remembered, sealed):
            side.ask()
    return sealed.taken(), remembered.taken(), times


class _Side:
    def __init__(self, client: Any, unseal: Callable[[bytes, str], bytes]) -> None:
        self.client, self.unseal = client, unseal
        self.times: list[tuple[float, float]] = []
        self.queries = 0

    def ask(self) -> None:
        with patch.object(cipher, "unseal", self.unseal), listening() as heard:
            clock = Clock()
            answer = self.client.get(PAGE)
            self.times.append((clock.cpu, clock.wall))
        if answer.status_code != 200:
            raise SystemExit(f"{PAGE} answers {answer.status_code}")
        self.queries += len(heard)

    def taken(self) -> Taken:
        cpu, wall = (median(column) * len(self.times) / 1000 for column in zip(*self.times, strict=True))
        return Taken(cpu, wall, resident_mb(os.getpid()), self.queries)
