"""After a transactional test: the tables that it wrote to are emptied, and the divisions stand as they stood.

Django's own flush truncates all hundred of them, which takes PostgreSQL a second each time, and then makes anew what a
migration makes. Here the list of tables is asked which hold a row, and what a migration makes is left as it is.
"""

from functools import cache

from django.db import connection, transaction

from gansu_care.trail.guards import lift_guards, set_guards
from tests import standing

MADE_BY_MIGRATING = {"django_content_type", "auth_permission"}


def empty(*args: object) -> None:
    """In place of TransactionTestCase._fixture_teardown."""
    left = standing.tables() if standing.is_as_it_was() else set()
    with transaction.atomic(), connection.cursor() as cursor:
        lift_guards(connection)
        for table in sorted(_that_hold_rows(cursor) - left):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        if not left:
            standing.put_back()
        set_guards(connection)


def _that_hold_rows(cursor: object) -> set[str]:
    quoted = {table: connection.ops.quote_name(table) for table in _all_tables()}
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in quoted.items()
    )
    cursor.execute(asked)  # type: ignore[attr-defined]
    return {table for (table,) in cursor.fetchall()}  # type: ignore[attr-defined]


@cache
def _all_tables() -> tuple[str, ...]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(names) - MADE_BY_MIGRATING))
