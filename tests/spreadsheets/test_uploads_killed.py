"""A killed worker and a lost connection: all rows or none, and after another run exactly all, every time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from children.models import Child, Parent
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_confirmed, apply_upload, ask_undo, confirm, undo_upload
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.register_rows import register_rows
from tests.uploading import checked, child_numbered, children_file, fresh, no_progress, written
from tests.worker_process import environment

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 120
RUN = """
import sys, django
django.setup()
from gansu_care.spreadsheets.uploads import {act}
print("ready", flush=True)
sys.stdin.readline()
{act}({upload}, lambda *_, **__: None)
"""


def killed(act: str, upload: Upload, after: float) -> None:
    """Run it in a process of its own, which is killed so many seconds after it began."""
    code = RUN.format(act=act, upload=upload.pk)
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def confirmed() -> Upload:
    rows = (child_numbered(place) for place in range(ROWS))
    upload = checked(person("officer"), children_file(*rows), "children")
    assert upload.new == ROWS
    return confirm(upload, person("officer"), queue=False)


MOMENTS = (0.05, 0.3, 0.8)


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_while_it_applies(moment):
    upload = confirmed()
    killed("apply_upload", upload, moment)
    assert Child.objects.count() in (0, ROWS)
    assert (fresh(upload).state == UploadState.APPLIED) == (Child.objects.count() == ROWS)
    apply_upload(upload.pk, no_progress)
    assert (fresh(upload).state, fresh(upload).written) == (UploadState.APPLIED, ROWS)
    assert (Child.objects.count(), Parent.objects.count()) == (ROWS, 2 * ROWS)
    assert Child.history.count() == ROWS
    assert Event.objects.filter(action=Action.APPLY).count() == 1


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_while_it_undoes(moment):
    written(person("officer"), children_file({}), "children")
    before = register_rows()
    rows = ({"村": "北街村"}, *(child_numbered(place) for place in range(1, ROWS)))
    upload = written(person("officer"), children_file(*rows), "children")
    after = register_rows(())
    ask_undo(upload, person("county"), "传错了", queue=False)
    killed("undo_upload", upload, moment)
    is_undone = fresh(upload).state == UploadState.UNDONE
    assert (register_rows() == before) if is_undone else (register_rows(()) == after)
    undo_upload(upload.pk, no_progress)
    assert fresh(upload).state == UploadState.UNDONE
    assert register_rows() == before
    assert fresh(upload).undo_lines.count() == ROWS
    assert Event.objects.filter(action=Action.UNDO).count() == 1


# --- the connection


@pytest.fixture
def cut(monkeypatch) -> Callable[[], None]:
    """cut() -> the database ends the connection of this very work at its next insertion of parents."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file: there is no connection to be lost")
    real, done = bulk.insert, []

    def insert(rows):
        if rows and isinstance(rows[0], Parent) and not done:
            done.append(True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (backend,) = cursor.fetchone()
            _terminate(backend)
        return real(rows)

    return lambda: monkeypatch.setattr(bulk, "insert", insert)


def _terminate(backend: int) -> None:
    held = connection.settings_dict
    other = psycopg2.connect(
        dbname=held["NAME"],
        user=held["USER"],
        password=held["PASSWORD"],
        host=held["HOST"],
        port=held["PORT"],
    )
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
    other.close()


def test_a_lost_connection_writes_nothing_and_the_next_run_all(cut):
    upload = confirmed()
    cut()
    with pytest.raises(OperationalError):
        apply_confirmed(upload.pk, no_progress)
    assert not Child.objects.exists()
    back = fresh(upload)
    assert (back.state, back.refusal) == (UploadState.CHECKED, "broken_off")
    confirm(back, person("officer"), queue=False)
    apply_upload(upload.pk, no_progress)
    assert (fresh(upload).state, Child.objects.count()) == (UploadState.APPLIED, ROWS)
