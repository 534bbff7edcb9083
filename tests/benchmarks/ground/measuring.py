"""A page asked for several times by one person: its time, queries and slowest statement; as a table and as JSON."""

import json
import platform
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from gansu_care.accounts.models import User
from tests.benchmarks.ground.clock import Clock, speed

RUNS = 5
SHOWN = 70  # characters of a statement in the table


@dataclass(frozen=True)
class Case:
    """One page as one person asks for it."""

    who: str
    what: str
    url: str


@dataclass
class Statement:
    sql: str
    params: Any
    ms: float


@dataclass
class Measured:
    """Medians over the runs; the slowest statement is that of the last run."""

    who: str
    what: str
    url: str
    ms: float
    cpu_ms: float
    queries: int
    slowest_ms: float
    slowest: str
    status: int
    params: Any = field(default=None, repr=False)


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Every statement sent meanwhile, with the time until its answer."""
    heard: list[Statement] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            heard.append(Statement(sql, params, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(hear):
        yield heard


class Visitors:
    """Signed-in clients, one a person; the first answer, which warms the caches of the process, is not counted."""

    def __init__(self, runs: int = RUNS) -> None:
        self.runs = runs
        self.clients: dict[str, Client] = {}

    def client(self, username: str) -> Client:
        if username not in self.clients:
            client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
            client.force_login(User.objects.get(username=username))
            self.clients[username] = client
        return self.clients[username]

    def measure(self, case: Case) -> Measured:
        client = self.client(case.who)
        status = client.get(case.url).status_code
        times: list[tuple[float, float]] = []
        for _run in range(self.runs):
            with listening() as heard:
                clock = Clock()
                client.get(case.url)
                times.append((clock.wall, clock.cpu))
        slowest = max(heard, key=lambda statement: statement.ms, default=Statement("", None, 0.0))
        wall, cpu = (round(median(column), 1) for column in zip(*times, strict=True))
        return Measured(
            **asdict(case), ms=wall, cpu_ms=cpu, queries=len(heard), slowest_ms=round(slowest.ms, 1),
            slowest=slowest.sql, status=status, params=slowest.params,
        )  # fmt: skip


def measure(cases: Iterable[Case], options: Any, **about: Any) -> None:
    """Measure, print a line each, write the JSON file; with --explain the plans of the slowest statements."""
    about = {**about, "database": connection.vendor, "python": platform.python_version(), "speed": speed()}
    print(f"{about}; times in ms, median of {options.runs}; cpu: of the processor, ours and the database's")
    visitors, found = Visitors(options.runs), []
    print(_line("who", "page", "ms", "cpu", "queries", "slowest", "statement"), flush=True)
    for case in cases:
        if options.only in f"{case.who} {case.what}":
            found.append(visitors.measure(case))
            _tell(found[-1])
    if options.json:
        rows = [{**asdict(one), "params": str(one.params)} for one in found]
        options.json.write_text(json.dumps({**about, "pages": rows}, ensure_ascii=False, indent=1))
    for one in sorted(found, key=lambda one: -one.slowest_ms)[: options.explain]:
        print(f"\n--- {one.who}, {one.what}: {one.slowest_ms:.0f} ms\n{explained(one.slowest, one.params)}")


def arguments(parser: Any) -> None:
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each page; the median counts ({RUNS})")
    parser.add_argument("--only", default="", metavar="TEXT", help="pages whose line begins or goes on so")
    parser.add_argument(
        "--explain", type=int, nargs="?", const=1, default=0, metavar="N", help="plans of the N slowest"
    )
    parser.add_argument("--json", type=Path, default=None, metavar="FILE")


def explained(sql: str, params: Any) -> str:
    """The statement and the database's plan for it."""
    plan = "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{plan} {sql}", params)
        lines = "\n".join(str(row[-1]) for row in cursor.fetchall())
    return f"{sql}\n{params}\n{lines}"


def _shortened(sql: str) -> str:
    """The statement without the long list of its columns."""
    if sql.startswith("SELECT") and " FROM " in sql:
        head, tail = sql.split(" FROM ", 1)
        sql = f"{head if len(head) < 40 else 'SELECT …'} FROM {tail}"
    return sql.replace('"', "")[:SHOWN]


def _tell(one: Measured) -> None:
    note = "" if one.status == 200 else f"[{one.status}] "
    figures = [f"{one.ms:.0f}", f"{one.cpu_ms:.0f}", str(one.queries), f"{one.slowest_ms:.0f}"]
    print(_line(one.who, one.what, *figures, note + _shortened(one.slowest)), flush=True)


def _line(who: str, what: str, ms: str, cpu: str, queries: str, slowest: str, statement: str) -> str:
    return f"{who:<11}{_padded(what, 44)}{ms:>7}{cpu:>7}{queries:>9}{slowest:>9}  {statement}"


def _padded(text: str, width: int) -> str:
    """Chinese characters are two columns wide."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * max(1, width - len(text) - wide)
