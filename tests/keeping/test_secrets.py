"""Keys and persons stand neither in what is printed nor in what is logged; nobody else reads what is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from gansu_care.keeping.checks import only_the_service_reads
from tests.records import make_child
from tests.uploading import A_CHILD
from tests.worker_process import environment


@pytest.mark.django_db(transaction=True)
def test_nothing_secret_is_printed_or_logged_even_in_debugging(settings, tmp_path: Path) -> None:
    make_child(id_number=A_CHILD["身份证号"], address="临洮县洮阳镇南门村一社17号")
    keys = [settings.SECRET_KEY, settings.DIGEST_KEY, *settings.SEALING_KEYS.split(":")[1:]]
    own = {"LOG_LEVEL": "DEBUG", "BACKUP_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    said = ""
    for command in ("rotate_keys", "rotate_index_key", "backup", "no_such_command"):
        done = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=settings.BASE_DIR,
            env=os.environ | environment() | own,
            capture_output=True,
            text=True,
            check=False,
        )
        said += done.stdout + done.stderr

    assert "SEALING_KEYS" in said
    for secret in (*keys, A_CHILD["身份证号"], "南门村一社17号"):
        assert secret not in said


def test_what_others_can_read_is_named_by_check_deploy(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = settings.BACKUP_DIR = settings.TRAIL_DIR = tmp_path
    settings.BASE_DIR = tmp_path
    tmp_path.chmod(0o700)
    (tmp_path / ".env").touch(mode=0o600)
    assert only_the_service_reads() == []

    (tmp_path / ".env").chmod(0o644)
    assert [warning.hint for warning in only_the_service_reads()] == [f"chmod 600 {tmp_path / '.env'}"]


def test_git_never_takes_keys_or_files_of_a_site(settings) -> None:
    ignored = (settings.BASE_DIR / ".gitignore").read_text().splitlines()
    assert {".env", "var/"} <= set(ignored)


@pytest.mark.django_db
def test_a_digest_key_that_was_taken_out_too_early_is_found_at_the_start(start_with, settings) -> None:
    old = settings.DIGEST_KEY
    make_child(id_number=A_CHILD["身份证号"])
    call_command("check", "--database", "default")

    start_with(DIGEST_KEY=f"2:{old}")
    with pytest.raises(SystemCheckError, match="rotate_index_key"):
        call_command("check", "--database", "default")
    start_with(DIGEST_KEY=f"1:{old},2:{old}")
    call_command("rotate_index_key")
    start_with(DIGEST_KEY=f"2:{old}")
    call_command("check", "--database", "default")
