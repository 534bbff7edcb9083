"""The list of children as xlsx against the export of a vanilla django-import-export Resource.

Ours writes every column of a child's row, parents and carer included, through the one door (release.py); vanilla those
of the children's own table, with the divisions joined. The whole list is one file here: the limit of an upload, above
which it is parted by county, is lifted. Processor time counts, ours and the database's together.
"""

import argparse
from pathlib import Path
from typing import Any
from unittest.mock import patch

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.release import release
from tests.benchmarks.ground.apart import taken_by
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.population import populate
from tests.benchmarks.sides import vanilla

ROWS, MOST_MB = 100_000, 150


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in the register ({ROWS:,})")
    parser.add_argument(
        "--vanilla",
        type=int,
        default=None,
        metavar="N",
        help="rows for the vanilla side (as many); 0: leave it out",
    )
    parser.add_argument("--json", type=Path, default=None, metavar="FILE")


def run(options: argparse.Namespace) -> None:
    populate(options.rows)
    found = Comparison("export", rows=options.rows)
    fewer = taken_by(_ours, options.rows // 10)
    found.add("ours", taken_by(_ours, options.rows))
    vanilla_rows = options.rows if options.vanilla is None else options.vanilla
    if vanilla_rows:
        found.add("vanilla", taken_by(_vanilla, vanilla_rows), vanilla_rows)
        found.ratio("vanilla / ours", found["vanilla"], found["ours"], at_least=12)
    found.value("peak memory, MB", found["ours"].peak_mb, at_most=MOST_MB)
    found.value("peak memory: ours / ours of a tenth", found["ours"].peak_mb / fewer.peak_mb, at_most=1.1)
    found.write(options.json)


def _children(rows: int) -> Any:
    last = Child.objects.order_by("pk").values_list("pk", flat=True)[rows - 1]
    return Child.objects.filter(pk__lte=last)


def _ours(rows: int) -> int:
    user = User.objects.get(username="province")
    with patch.object(limits, "DATA_ROWS", rows), release(user, "children", _children(rows)).file:
        return rows


def _vanilla(rows: int) -> int:
    return len(vanilla.export_children(_children(rows)))
