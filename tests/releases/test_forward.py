"""The register of every release comes through today's migrations whole: on the database that the tests run on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.releases.kept import FOLDER, Kept, migration_files
from tests.releases.tables import described
from tests.worker_process import database_url

RELEASES = sorted(FOLDER.glob("*.json.gz"))
# Django writes these itself, one for each model that there is.
GROWING = {"django_content_type", "auth_permission"}


@pytest.fixture
def empty_database(tmp_path: Path, db: None) -> Iterator[str]:
    """The address of a database without a table, beside the one of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/release.sqlite3"
        return
    name = f"{connection.settings_dict['NAME']}_release"
    own = connection.copy()
    own.settings_dict = connection.settings_dict | {"NAME": "postgres"}
    try:
        with own.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        yield database_url() + "_release"
        with own.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
    finally:
        own.close()


def migrated_forward(path: Path, database: str, var: Path) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.releases.forward", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database, "GANSU_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.mark.long
@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_a_register_of_this_release_is_carried_forward_whole(
    path: Path, empty_database: str, tmp_path: Path
) -> None:
    kept = Kept.read(path)

    now = migrated_forward(path, empty_database, tmp_path / "var")

    for name, table in kept.tables.items():
        if name in GROWING:
            assert now["counts"][name] >= len(table.rows), name
        else:
            assert now["counts"][name] == len(table.rows), name
    for name, history in now["history"].items():
        assert history == cells(kept, name, "history_id", "id", "history_type", "history_user_id"), name
    assert now["trail"] == cells(kept, "trail_event", "id", "action", "username", "number")
    assert now["children"] == cells(kept, "children_child", "number", "name", "version", "upload_number")
    digests = cells(kept, "children_child", "number", "id_number_digest")
    assert now["opened"] == {number: digest for number, digest in digests if digest}
    # The other tests' tables are made without the migrations, as the models have them: the same ones.
    assert now["tables"] == described(connection)


def cells(kept: Kept, name: str, *columns: str) -> list[list[Any]]:
    """Some columns of a kept table, in the order of the first; nothing where it held nothing, or came later."""
    if name not in kept.tables:
        return []
    table = kept.tables[name]
    places = [table.columns.index(column) for column in columns]
    return sorted([row[place] for place in places] for row in table.rows)


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_the_migrations_of_a_release_are_never_rewritten(path: Path) -> None:
    """An office has run them: what they did there, they must do here. A new change is a new migration."""
    kept, now = Kept.read(path).files, migration_files()

    assert {name: now.get(name) for name in kept} == kept


def test_a_release_is_kept() -> None:
    assert RELEASES
