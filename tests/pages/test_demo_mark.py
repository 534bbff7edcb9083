"""A database of invented people is marked, and production does not start on it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError

from gansu_care.pages.demo_mark import refuse_demo_in_production
from gansu_care.pages.models import SiteMark

pytestmark = pytest.mark.django_db

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "a-key-for-this-test-only-a-key-for-this-test-only-a-key",
    "SEALING_KEYS": f"1:{KEY}",
    "DIGEST_KEY": KEY,
    "ALLOWED_HOSTS": "example.org",
}


def test_production_refuses_a_demo_database() -> None:
    SiteMark.begin_demo()
    with pytest.raises(ImproperlyConfigured, match="是演示库，里面的人和数字都是虚构的，正式环境不能使用"):
        refuse_demo_in_production()


def test_production_refuses_half_a_demo_too_and_a_finished_one() -> None:
    SiteMark.begin_demo()
    assert SiteMark.half_a_demo()
    SiteMark.finish_demo()
    assert not SiteMark.half_a_demo()
    with pytest.raises(ImproperlyConfigured):
        refuse_demo_in_production()


def test_production_starts_on_a_database_without_a_mark() -> None:
    refuse_demo_in_production()
    assert not SiteMark.demo()


def test_development_starts_on_a_demo_database(settings) -> None:
    settings.DEBUG = True
    SiteMark.begin_demo()
    refuse_demo_in_production()


def test_there_is_one_mark_at_most() -> None:
    with pytest.raises(IntegrityError):
        SiteMark.objects.create(pk=2, is_demo=False)


def _run(program: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "GANSU_VAR": str(tmp_path),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {program}"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "gansu_care.settings"} | own | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.apart
def test_the_door_for_gunicorn_asks_the_mark(tmp_path: Path) -> None:
    mark = (
        "from django.db import connection; from gansu_care.pages.models import SiteMark; "
        "editor = connection.schema_editor(); editor.__enter__(); editor.create_model(SiteMark); "
        "editor.__exit__(None, None, None); SiteMark.begin_demo()"
    )
    assert _run(mark, tmp_path).stderr == ""
    refused = _run("import gansu_care.wsgi", tmp_path, **PRODUCTION)
    assert refused.returncode == 1
    assert "production (DEBUG off) does not start on it" in refused.stderr


@pytest.mark.apart
def test_the_door_for_gunicorn_opens_on_a_new_database(tmp_path: Path) -> None:
    opened = _run("import gansu_care.wsgi", tmp_path, **PRODUCTION)
    assert opened.returncode == 0, opened.stderr
