"""The intake of a workbook of children against a vanilla django-import-export Resource, and against the least cost.

Half of the children exist already, and each of those rows changes ten cells. All sides read the same columns, those of
the children's own table. Ours seals, compares, stages, checks the scope, keeps history, search keys and trail; vanilla
previews and confirms (sides/vanilla.py). Processor time counts, our processes and the database's together; each side
works in a process of its own, one after the other, in one run.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from tests.benchmarks.ground.apart import Taken, taken_by
from tests.benchmarks.ground.children_sheet import child_rows, children_xlsx
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.population import analyze
from tests.benchmarks.sides import least, ours, unsealed, vanilla
from tests.people import person

ROWS = 10_000
FEWER = 10  # for the number of queries: a tenth of the rows


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rows", type=int, default=ROWS, help=f"of the workbook; half of them exist ({ROWS:,})"
    )
    parser.add_argument(
        "--vanilla",
        type=int,
        default=None,
        metavar="N",
        help="rows for the vanilla side (as many); 0: leave it out",
    )
    parser.add_argument(
        "--unsealed", action="store_true", help="also ours without its cipher: what sealing costs"
    )
    parser.add_argument("--json", type=Path, default=None, metavar="FILE")


def run(options: argparse.Namespace) -> None:
    found = Comparison("import", rows=options.rows, existing=options.rows // 2)
    user, children = person("officer"), _Children()
    least.make_table()
    fewer = _ours(children, user, options.rows // FEWER)
    found.add("ours", _ours(children, user, options.rows))
    if options.unsealed:
        found.add("ours, unsealed", _ours(children, user, options.rows, unsealed.import_children))
    found.add("least: parse and upsert", _least(children, options.rows))
    data = children.later(options.rows)
    parsed = taken_by(least.parse_apart, data)
    found.add("parse alone", parsed)
    vanilla_rows = options.rows if options.vanilla is None else options.vanilla
    if vanilla_rows:
        _exist(children, user, vanilla_rows)
        found.add(
            "vanilla", taken_by(vanilla.import_children, children.later(vanilla_rows), user), vanilla_rows
        )
    _compare(found, fewer, parsed.answer)
    found.write(options.json)


class _Children:
    """Children nobody has used yet: each side gets its own, so that none finds what another has written."""

    def __init__(self) -> None:
        self.start = 0

    def now(self, rows: int) -> bytes:
        """The first half, to be there before."""
        return _workbook(rows // 2, self.start)

    def later(self, rows: int) -> bytes:
        """All of them, a year on; the next ones are others."""
        data = _workbook(rows, self.start, later=True)
        self.start += rows
        return data


def _workbook(rows: int, start: int, later: bool = False) -> bytes:
    """Made apart: what that takes of memory must not be inherited by what is measured."""
    return taken_by(_made, rows, start, later).answer


def _made(rows: int, start: int, later: bool) -> bytes:
    return children_xlsx(child_rows(rows, start=start, later=later))


def _exist(
    children: _Children, user: Any, rows: int, work: Callable[..., int] = ours.import_children
) -> None:
    taken_by(work, children.now(rows), user)
    analyze()


def _ours(
    children: _Children, user: Any, rows: int, work: Callable[..., int] = ours.import_children
) -> Taken:
    _exist(children, user, rows, work)
    return taken_by(work, children.later(rows), user)


def _least(children: _Children, rows: int) -> Taken:
    taken_by(least.import_children, children.now(rows))
    analyze()
    return taken_by(least.import_children, children.later(rows), rows)


def _compare(found: Comparison, fewer: Taken, parse_mb: float) -> None:
    mine = found["ours"]
    if "vanilla" in found:
        found.ratio(
            "vanilla / ours", found["vanilla"], mine, at_least=40 if connection.vendor == "postgresql" else 25
        )
    found.ratio("ours / least", mine, found["least: parse and upsert"], at_most=3.5)
    if "ours, unsealed" in found:
        found.ratio("ours / ours, unsealed", mine, found["ours, unsealed"], at_most=1.5)
    found.value("peak memory: ours / parse alone", mine.peak_mb / parse_mb, at_most=1.7)
    # Once in a quarter of a minute each process asks whether the list of divisions is still the same.
    found.value(f"queries beyond those for a {FEWER}th of the rows", mine.queries - fewer.queries, at_most=4)
