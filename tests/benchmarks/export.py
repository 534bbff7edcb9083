"""The list of children as xlsx against the export of a vanilla django-import-export Resource.

Three sides. "ours" is the file that people fetch: every column of a child's row, with parents, grandparents, carer,
episode and consent, in full values, through the one door (release.py) on a request that was agreed to, behind its
password; parted by county where there are more rows than an upload may hold. "ours, same columns" writes what vanilla
writes, those of the children's own table, into one sheet: the like for like. Vanilla joins the divisions. Processor
time counts, ours and the database's together.
"""

import argparse
from pathlib import Path
from typing import Any

from children.models import Child
from children.resources import ChildResource
from gansu_care.accounts.models import User
from gansu_care.spreadsheets.exports.protecting import scratch
from gansu_care.spreadsheets.form_columns import export_columns
from gansu_care.spreadsheets.models import ExportRequest
from gansu_care.spreadsheets.release import release
from gansu_care.spreadsheets.writing.sheets import write_blocks
from tests.benchmarks.ground.apart import taken_by
from tests.benchmarks.ground.children_sheet import FIELDS
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.population import populate
from tests.benchmarks.sides import vanilla
from tests.exporting import agreed
from tests.people import person

ROWS, MOST_MB = 100_000, 150
FEWER = 10  # for the memory: a tenth of the rows


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
    taken_by(populate, options.rows)  # apart, so that its memory is not inherited by what is measured
    request, _password = agreed(person("province"), full=True)
    found = Comparison("export", rows=options.rows)
    fewer = taken_by(_ours, request, options.rows // FEWER)
    found.add("ours", taken_by(_ours, request, options.rows))
    found.add("ours, same columns", taken_by(_same_columns, request.user, options.rows))
    vanilla_rows = options.rows if options.vanilla is None else options.vanilla
    if vanilla_rows:
        found.add("vanilla", taken_by(_vanilla, vanilla_rows), vanilla_rows)
        found.ratio(
            "vanilla / ours, same columns", found["vanilla"], found["ours, same columns"], at_least=12
        )
        found.ratio("vanilla / ours", found["vanilla"], found["ours"], at_least=12)
    found.value("peak memory, MB", found["ours"].peak_mb, at_most=MOST_MB)
    found.value(
        f"peak memory: ours / ours of a {FEWER}th", found["ours"].peak_mb / fewer.peak_mb, at_most=1.1
    )
    found.write(options.json)


def _children(rows: int) -> Any:
    last = Child.objects.order_by("pk").values_list("pk", flat=True)[rows - 1]
    return Child.objects.filter(pk__lte=last)


def _ours(request: ExportRequest, rows: int) -> int:
    """A request is good for one file, as handed out on its page; made here as often as it is measured."""
    made = release(request.user, "children", _children(rows), approval=request)
    made.file.close()
    return made.rows


def _same_columns(user: User, rows: int) -> int:
    resource = ChildResource()
    columns = {name: resource.fields[name] for name in FIELDS}
    blocks = resource.export_blocks(_children(rows).visible_to(user), user, masked=False, columns=columns)
    with scratch() as file:
        return write_blocks(file, export_columns(columns), blocks)


def _vanilla(rows: int) -> int:
    return len(vanilla.export_children(_children(rows)))
