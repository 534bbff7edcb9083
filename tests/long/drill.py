"""A backup of a large register is restored beside it: every table has its rows, every checksum and the trail agree."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from children.models import Child
from gansu_care.keeping.backups.drill import drill
from gansu_care.keeping.backups.making import make_backup
from tests.benchmarks.ground.population import populate


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=120_000, help="children")


def run(options: argparse.Namespace) -> dict[str, Any]:
    populate(options.rows)
    seconds: dict[str, float] = {}
    made = _timed("backup", seconds, make_backup)
    try:
        backup, found = _timed("restore and compare", seconds, lambda: drill(made.file))
        size = made.file.stat().st_size
    finally:
        made.file.unlink()
    return {
        "children": Child.objects.count(),
        "tables": len(backup.manifest.tables),
        "rows": backup.manifest.rows,
        "megabytes": round(size / 2**20, 1),
        "seconds each": seconds,
        "violations": found,
    }


def _timed(what: str, seconds: dict[str, float], work: Callable[[], Any]) -> Any:
    began = time.monotonic()
    done = work()
    seconds[what] = round(time.monotonic() - began, 1)
    return done
