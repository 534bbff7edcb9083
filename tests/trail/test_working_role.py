"""In earnest PostgreSQL knows two roles: under the one that works the site works, and the trail cannot be touched."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection  # noqa: F401  named in skipif

from gansu_care.trail.chain import faults
from tests.trail.test_guards import working_role  # noqa: F401
from tests.worker_process import environment


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no roles")
@pytest.mark.django_db(transaction=True)
def test_140_of_140_attempts_are_refused_while_the_site_works(
    working_role: str,  # noqa: F811
    tmp_path: Path,
    settings,
) -> None:
    own = {"DATABASE_URL": working_role, "TRAIL_DIR": str(tmp_path), "BACKUP_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.trail.site_at_work"],
        cwd=settings.BASE_DIR,
        env=environment() | own,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    day = json.loads(done.stdout.splitlines()[-1])
    assert (day["refused"], day["done"]) == (140, [])
    assert (day["children"], day["village"]) == (2, "南门村")
    assert all(earlier < later for earlier, later in pairwise(day["told"].values())), "each act leaves events"
    settings.TRAIL_DIR = tmp_path
    assert list(faults()) == []
