"""The least that the work can cost: calamine parses the file, the same columns are written to a table, and that is all.

No rule is looked at, nothing is sealed, compared, staged, logged or kept as history. The table has the columns, the
indexes and the checks of the children's own, without foreign keys; half of the rows are in it before. On PostgreSQL
the rows go in by COPY and one INSERT … ON CONFLICT, on SQLite by an upsert for many.
"""

import json
import subprocess
import sys
from io import BytesIO, StringIO
from typing import Any

from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from children.models import Child
from gansu_care.divisions.models import Division
from tests.benchmarks.ground.children_sheet import COLUMNS, FIELDS

TABLE = "benchmark_child"
KEY = "id_number_digest"  # holds the number itself here
PARSER = """
import sys
from io import BytesIO
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0).to_python()
high = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(high.split()[1]) / 1024)
"""


def parse_apart(data: bytes) -> float:
    """The parse in a program of its own that does nothing else; returns its highest resident memory in MB."""
    done = subprocess.run([sys.executable, "-c", PARSER], input=data, stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def import_children(data: bytes, first_number: int = 0) -> int:
    """Parse and upsert; returns the rows."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    columns = [_cells(name, list(cells)) for name, cells in zip(FIELDS, zip(*rows, strict=True), strict=True)]
    numbers = [str(first_number + place) for place in range(len(rows))]
    values = list(zip(*columns, columns[FIELDS.index("id_number")], numbers, strict=True))
    writer = _upsert_postgresql if connection.vendor == "postgresql" else _upsert_sqlite
    writer(values)
    return len(values)


def _cells(name: str, cells: list[Any]) -> list[Any]:
    """A column as the database takes it: codes as JSON, divisions as keys, whole numbers without their point."""
    field = Child._meta.get_field(name)
    kind = field.get_internal_type()
    if kind == "JSONField":
        return [json.dumps(cell.split("、")) for cell in cells]
    if kind == "ForeignKey":
        keys = dict(Division.objects.values_list("code", "pk"))
        return [keys[cell] for cell in cells]
    if kind == "BooleanField":
        return [int(cell) for cell in cells]
    return [None if cell == "" and field.null else cell for cell in cells]


# --- the table


def _own() -> list[str]:
    """The columns that the file fills."""
    return [Child._meta.get_field(name).column for name in FIELDS] + [KEY, "number"]


def _constants() -> dict[str, Any]:
    """What the other columns hold that may not be empty."""
    blank, own = Child(created_at=timezone.now(), changed_at=timezone.now()), _own()
    fields = [field for field in Child._meta.concrete_fields if not field.null and not field.primary_key]
    return {
        field.column: field.get_db_prep_save(field.value_from_object(blank), connection)
        for field in fields
        if field.column not in own
    }


def make_table() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE {TABLE} (LIKE children_child INCLUDING ALL)")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'children_child' AND sql IS NOT NULL")
        for (sql,) in cursor.fetchall():
            cursor.execute(
                sql.replace('"children_child', f'"{TABLE}').replace('INDEX "', 'INDEX "benchmark_')
            )


def _upsert_postgresql(values: list[tuple]) -> None:
    own, constants = _own(), _constants()
    listed = ", ".join(f'"{name}"' for name in own)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE incoming AS SELECT {listed} FROM {TABLE} WHERE false")
        lines = "\n".join("\t".join("\\N" if cell is None else str(cell) for cell in row) for row in values)
        cursor.copy_expert("COPY incoming FROM STDIN", StringIO(lines))
        cursor.execute(
            f"INSERT INTO {TABLE} ({listed}, {', '.join(constants)}) "
            f"SELECT {listed}, {', '.join(['%s'] * len(constants))} FROM incoming {_conflict()}",
            list(constants.values()),
        )
        cursor.execute("DROP TABLE incoming")


def _upsert_sqlite(values: list[tuple]) -> None:
    own, constants = _own(), _constants()
    listed, held = ", ".join(f'"{name}"' for name in [*own, *constants]), tuple(constants.values())
    marks = ", ".join(["%s"] * (len(own) + len(constants)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} ({listed}) VALUES ({marks}) {_conflict()}",
            [(*row, *held) for row in values],
        )


def _conflict() -> str:
    settings = ", ".join(f'"{name}" = excluded."{name}"' for name in [*_own()[: len(COLUMNS)], "changed_at"])
    return f"ON CONFLICT ({KEY}) WHERE voided_on IS NULL DO UPDATE SET {settings}"
