"""SQLite: VACUUM INTO copies one moment while others write; the way back is one transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from gansu_care.keeping.backups.measuring import Measured, measure

BUSY = 60.0  # seconds


def copy_database(into: Path) -> Measured:
    """Copy the database as it is at one moment into a new file, and measure the copy."""
    with closing(sqlite3.connect(_name(), timeout=BUSY)) as live:
        live.execute("VACUUM INTO ?", [str(into)])
    into.chmod(0o600)
    return measure_file(into)


def measure_file(file: Path) -> Measured:
    with closing(sqlite3.connect(file)) as copy:
        return measure(copy.cursor(), "sqlite")


def load_database(copy: Path, target: dict[str, Any] | None = None) -> None:
    """Make the database what the copy is: all of it or nothing, even if this process is killed half-way."""
    if found := faults_of({"NAME": str(copy)}):
        raise sqlite3.DatabaseError(found[0])
    connection.close()
    name = target["NAME"] if target else _name()
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(name, timeout=BUSY)) as live,
    ):
        source.backup(live)


def faults_of(target: dict[str, Any]) -> list[str]:
    """What SQLite itself finds wrong: pages, indexes, foreign keys."""
    with closing(sqlite3.connect(target["NAME"])) as restored:
        damage = [said for (said,) in restored.execute("PRAGMA integrity_check") if said != "ok"]
        links = [f"{row[0]} {row[1]} -> {row[2]}" for row in restored.execute("PRAGMA foreign_key_check")]
    return damage + links


def measure_target(target: dict[str, Any]) -> Measured:
    return measure_file(Path(target["NAME"]))


def make_scratch(folder: Path) -> dict[str, Any]:
    """A database of its own to try a backup on; as connection settings."""
    return connection.settings_dict | {"NAME": str(folder / "drill.sqlite3")}


def drop_scratch(target: dict[str, Any]) -> None:
    Path(target["NAME"]).unlink(missing_ok=True)


def address(target: dict[str, Any]) -> str:
    """As DATABASE_URL."""
    return f"sqlite:///{target['NAME']}"


def _name() -> str:
    return str(connection.settings_dict["NAME"])
