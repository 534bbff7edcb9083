"""PostgreSQL: pg_dump of the same snapshot that is measured; and the way back through psql in one transaction."""

import os
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from gansu_care.keeping.backups.measuring import TABLES, Measured, measure

MAINTENANCE = "postgres"
FUNCTION = "trail_is_append_only()"


class ToolFailed(Exception):
    """pg_dump, pg_restore or psql said no; the first line of what it said."""


def copy_database(into: Path) -> Measured:
    with _connected(connection.settings_dict) as session, session.cursor() as cursor:
        session.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        into.touch(mode=0o600)
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run(["pg_dump", *options, f"--file={into}", *_where(connection.settings_dict)])
        return measure(cursor, "postgresql")


def load_database(copy: Path, target: dict[str, Any] | None = None) -> None:
    """All of it or nothing. The tables that are there go first, in the same transaction."""
    target = target or connection.settings_dict
    script = copy.with_suffix(".sql")
    script.touch(mode=0o600)
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy)])
    connection.close()
    emptying = copy.with_suffix(".emptying.sql")
    emptying.write_text(_emptying(target))
    files = [f"--file={emptying}", f"--file={script}"]
    _run(
        ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", *files, *_where(target)]
    )  # fmt: skip


def _emptying(target: dict[str, Any]) -> str:
    with _connected(target) as session, session.cursor() as cursor:
        cursor.execute(TABLES["postgresql"])
        tables = ", ".join(f'public."{name}"' for (name,) in cursor.fetchall())
    drop = f"DROP TABLE {tables} CASCADE;" if tables else ""
    return f"SET client_min_messages = warning; {drop} DROP FUNCTION IF EXISTS public.{FUNCTION} CASCADE;\n"


def measure_target(target: dict[str, Any]) -> Measured:
    with _connected(target) as session, session.cursor() as cursor:
        session.set_session(isolation_level="REPEATABLE READ", readonly=True)
        return measure(cursor, "postgresql")


def faults_of(target: dict[str, Any]) -> list[str]:
    """Constraints that PostgreSQL has not found true; it looks at each when a dump is loaded."""
    with _connected(target) as session, session.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        return [name for (name,) in cursor.fetchall()]


def make_scratch(folder: Path) -> dict[str, Any]:
    name = f"{connection.settings_dict['NAME']}_drill_{os.getpid()}"
    _maintain(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    return connection.settings_dict | {"NAME": name}


def drop_scratch(target: dict[str, Any]) -> None:
    _maintain(f'DROP DATABASE IF EXISTS "{target["NAME"]}" WITH (FORCE)')


def address(target: dict[str, Any]) -> str:
    user, password = quote(target["USER"]), quote(target["PASSWORD"], safe="")
    port = f":{target['PORT']}" if target["PORT"] else ""
    host = quote(target["HOST"], safe="")
    return f"postgres://{user}{':' + password if password else ''}@{host}{port}/{target['NAME']}"


def _maintain(statement: str) -> None:
    with _connected(connection.settings_dict | {"NAME": MAINTENANCE}) as session:
        session.autocommit = True
        session.cursor().execute(statement)


def _connected(target: dict[str, Any]) -> Any:
    """A session of its own, in UTC like Django's: `with` closes it."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    params = {name: target[key] for key, name in names.items() if target[key]}
    chosen = {name: value for name, value in target["OPTIONS"].items() if name.startswith("ssl")}
    return closing(psycopg2.connect(**params, **chosen, options="-c timezone=UTC"))


def _where(target: dict[str, Any]) -> list[str]:
    return DatabaseClient.settings_to_cmd_args_env(target, [])[0][1:]


def _run(command: list[str]) -> None:
    environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[1] or {}
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolFailed(
            f"{command[0]}: {done.stderr.strip().splitlines()[0] if done.stderr else done.returncode}"
        )
