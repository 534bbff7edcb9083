"""The restore drill: a backup is restored beside the database, and what comes out is compared with what went in."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gansu_care.keeping.backups.archive import DATABASE, TRAIL
from gansu_care.keeping.backups.engines import engine
from gansu_care.keeping.backups.measuring import Measured
from gansu_care.keeping.backups.restoring import Opened, opened_backup


def drill(file: Path) -> tuple[Opened, list[str]]:
    """Returns the backup and everything that is wrong with what it gives back. Raises CannotRestore."""
    with opened_backup(file) as backup:
        target = engine().make_scratch(backup.folder)
        try:
            engine().load_database(backup.folder / DATABASE, target)
            found = differences(backup.manifest.measured, engine().measure_target(target))
            found += engine().faults_of(target)
            found += _faults_of_trail(engine().address(target), backup)
        finally:
            engine().drop_scratch(target)
        return backup, found


def differences(kept: Measured, restored: Measured) -> list[str]:
    found = []
    for table in sorted(kept.tables.keys() | restored.tables.keys()):
        before, after = kept.tables.get(table), restored.tables.get(table)
        if before != after:
            words = {
                "table": table,
                "before": before[0] if before else "-",
                "after": after[0] if after else "-",
            }
            found.append(_("%(table)s：备份 %(before)s 行，恢复 %(after)s 行，或内容不同。") % words)
    if kept.trail != restored.trail:
        found.append(_("操作记录的最后一个印记不同。"))
    return found


def _faults_of_trail(address: str, backup: Opened) -> list[str]:
    """What `verify_trail` says of the restored database, as of the backup."""
    own = {
        "DATABASE_URL": address,
        "TRAIL_DIR": str(backup.folder / TRAIL),
        "GANSU_VAR": str(settings.VAR_DIR),
    }
    keys = {name: getattr(settings, name) for name in ("SECRET_KEY", "SEALING_KEYS", "DIGEST_KEY")}
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_trail", "--at", backup.manifest.made_at],
        cwd=settings.BASE_DIR,
        env=os.environ | keys | own,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()
