"""The database's own refusal to change or remove what the trail has written, whoever asks.

Triggers refuse UPDATE and DELETE, on PostgreSQL TRUNCATE too. They are set after every migration, because SQLite drops
them without a word when it remakes a table. In earnest PostgreSQL knows two roles: the one of MIGRATE_DATABASE_URL owns
the tables, the one of DATABASE_URL works with them and may only read and add here (README, In earnest).
"""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from gansu_care.trail.models import Event, EventSeal

GUARDED = (Event, EventSeal)
REFUSAL = "the trail is append-only"
EVENTS_ON = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $body$
"""


def guard_after_migrating(using: str, **kwargs: Any) -> None:
    """Told by `migrate` when it has ended, wherever the tables are there."""
    connection = connections[using]
    if {model._meta.db_table for model in GUARDED} <= set(connection.introspection.table_names()):
        set_guards(connection)


def set_guards(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers, and on PostgreSQL what the working role may do. As often as one likes."""
    lift_guards(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table, event, trigger in _triggers(connection):
            cursor.execute(_made(connection.vendor, table, event, trigger))
        if settings.WORKING_ROLE:
            _grant(cursor, connection.ops.quote_name(settings.WORKING_ROLE))


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for the owner of the tables, and for tests that empty them."""
    with connection.cursor() as cursor:
        for table, _event, trigger in _triggers(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def standing_guards(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that stand: those of `wanted_guards`, if nobody has taken one away."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()} & wanted_guards(connection)


def wanted_guards(connection: BaseDatabaseWrapper) -> set[str]:
    return {trigger for _table, _event, trigger in _triggers(connection)}


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """(table, what it refuses, name of the trigger)."""
    tables = [model._meta.db_table for model in GUARDED]
    return [
        (table, event, f"{table}_no_{event.lower()}")
        for table in tables
        for event in EVENTS_ON[connection.vendor]
    ]


def _made(vendor: str, table: str, event: str, trigger: str) -> str:
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION trail_is_append_only()"
    )


def _grant(cursor: Any, role: str) -> None:
    """The working role reads and writes all tables, those to come included; the trail it only reads and adds to."""
    work = "SELECT, INSERT, UPDATE, DELETE ON"
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT {work} ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {work} TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {model._meta.db_table} FROM {role}" for model in GUARDED),
    ):
        cursor.execute(statement)
