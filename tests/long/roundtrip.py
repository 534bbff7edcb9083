"""Rows of all shapes out and in again, thousands of tables: what was exported must come back the same.

    python -m tests.long roundtrip --examples 2000 --kind children

On a database of its own beside the one that DATABASE_URL names; ends with the first table that comes back otherwise.
"""

import argparse
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings

from tests.benchmarks.ground.scratch import scratch_database

EXAMPLES, ROWS = 1_000, 30


def run(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.long roundtrip", description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES, help=f"tables of each kind ({EXAMPLES:,})")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"at most, of each table ({ROWS})")
    parser.add_argument("--kind", default="", help="only this kind")
    options = parser.parse_args(argv)
    with scratch_database(keep=False):
        _try_all(options)


def _try_all(options: argparse.Namespace) -> None:
    from tests.people import person
    from tests.spreadsheets.coming_back import GOOD
    from tests.uploading import written, xlsx

    officer = person("officer")
    written(officer, xlsx([["中心名称", "类型", "乡镇"], ["儿童之家", "儿童之家", "洮阳镇"]]), "centers")
    for code in GOOD:
        if options.kind in ("", code):
            user = person("province") if code in ("receipts", "allocations") else officer
            print(f"{code}: {_try(user, code, options):,} rows came back the same", flush=True)


def _try(user: object, code: str, options: argparse.Namespace) -> int:
    from tests.spreadsheets.coming_back import goes_and_comes, tables

    went = 0

    @settings(
        max_examples=options.examples, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(tables(code, options.rows))
    def come_back(table: list) -> None:
        nonlocal went
        went += goes_and_comes(user, code, table)

    come_back()
    return went
