"""Nobody changes or removes an event: not the program, not who has its database role."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gansu_care.trail.chain import seal_events
from gansu_care.trail.events import record_event
from gansu_care.trail.guards import standing_guards, wanted_guards
from gansu_care.trail.models import Action, Event
from tests.worker_process import database_url, environment

pytestmark = pytest.mark.django_db


def refused(statement: str) -> str:
    """What the database says to a statement that it must refuse."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize("table", ["trail_event", "trail_eventseal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_sql_that_changes_or_deletes_an_event_is_refused(officer, table: str, statement: str) -> None:
    record_event(Action.READ, officer)
    seal_events()

    assert "append-only" in refused(statement.format(table))
    assert Event.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_truncating_is_refused(officer) -> None:
    assert "append-only" in refused("TRUNCATE trail_event")


def test_the_guards_stand_on_a_migrated_database() -> None:
    assert standing_guards(connection) == wanted_guards(connection)


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_remade_the_table_finds_them_set_again() -> None:
    with connection.schema_editor() as editor:
        editor.execute("DROP TRIGGER trail_event_no_update" + (
            " ON trail_event" if connection.vendor == "postgresql" else ""
        ))  # fmt: skip
    assert standing_guards(connection) != wanted_guards(connection)

    call_command("migrate", verbosity=0)

    assert standing_guards(connection) == wanted_guards(connection)


# --- in earnest, PostgreSQL knows two roles

PASSWORD = "of_no_use_elsewhere"


@pytest.fixture
def working_role(transactional_db) -> Iterator[str]:
    """The address of the test database for the role that works, after the owner has migrated."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    database = connection.settings_dict
    role = f"works_in_{database['NAME']}"  # roles are the server's: each database of the tests has its own
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
    address = f"postgres://{role}:{PASSWORD}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=environment() | {"DATABASE_URL": address, "MIGRATE_DATABASE_URL": database_url()},
        check=True,
    )
    yield address
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def test_the_working_role_adds_events_and_cannot_touch_them(working_role: str) -> None:
    with (
        psycopg2.connect(working_role.replace("postgres://", "postgresql://")) as own,
        own.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO trail_event (at, action, username, role, division_code, address, system_user, kind, number,"
            " reason, reference) VALUES (now(), 'read', 'x', '', '', '', '', '', '', '', '')"
        )
        cursor.execute("UPDATE accounts_user SET name = name")
        own.commit()
        for statement in (
            "UPDATE trail_event SET username = 'y'",
            "DELETE FROM trail_event",
            "TRUNCATE trail_event",
            "DROP TABLE trail_event",
            "ALTER TABLE trail_event DISABLE TRIGGER ALL",
            "DROP TRIGGER trail_event_no_update ON trail_event",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
            own.rollback()
    assert list(Event.objects.values_list("username", flat=True)) == ["x"]


def test_the_site_works_under_the_working_role(working_role: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_trail"],
        cwd=settings.BASE_DIR,
        env=os.environ | environment() | {"DATABASE_URL": working_role, "TRAIL_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
