"""What the project's own tables are made of, told alike whatever made them: columns, constraints, indexes.

Names of constraints are left out, which PostgreSQL gives as it likes; so is the order of columns, which migrations add
last. The tables of Django's own apps are Django's matter.
"""

import re
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

OWN = ("gansu_care.", "centers.", "children.", "funding.")
TOLD_BY = {
    "postgresql": (
        "SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, is_nullable,"
        " column_default IS NULL FROM information_schema.columns WHERE table_name = %(table)s",
        "SELECT regexp_replace(indexdef, ' INDEX \\S+ ', ' INDEX ') FROM pg_indexes WHERE tablename = %(table)s",
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %(table)s::regclass",
    ),
    "sqlite": ("SELECT sql FROM sqlite_master WHERE tbl_name = %(table)s AND type IN ('table', 'index')",),
}
NAMES = re.compile(r'CONSTRAINT "\w+" |(?<=INDEX )"\w+" |(?<=TABLE )"\w+" ')


def described(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    models = apps.get_models(include_auto_created=True)
    own = sorted(model._meta.db_table for model in models if model.__module__.startswith(OWN))
    with connection.cursor() as cursor:
        return {table: _told(cursor, TOLD_BY[connection.vendor], table) for table in own}


def _told(cursor: Any, statements: tuple[str, ...], table: str) -> list[str]:
    lines: list[str] = []
    for statement in statements:
        cursor.execute(statement, {"table": table})
        for row in cursor.fetchall():
            lines += _parted(" ".join(map(str, row)))
    return sorted(lines)


def _parted(told: str) -> list[str]:
    """A table's columns and constraints one by one, as SQLite keeps them in a single statement; all else as it is."""
    told = NAMES.sub("", told)
    if not told.startswith("CREATE TABLE"):
        return [told]
    parts, depth = [""], 0
    for sign in told[told.index("(") + 1 : told.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
