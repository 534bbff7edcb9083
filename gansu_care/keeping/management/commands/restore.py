"""`manage.py restore FILE`: the database and files as they were. Stop web and worker first.

Refuses a database in which somebody has entered something, unless told --overwrite. Exit status 1: nothing was changed.
"""

import getpass
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gansu_care.keeping.backups.restoring import CannotRestore, is_empty, opened_backup, restore
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class Command(BaseCommand):
    help = "Restores a backup: database and files, all of it or nothing."
    requires_system_checks = []  # the database may be damaged: that is why it is restored

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="replace a database that is not empty")

    def handle(self, *args: Any, file: Path, overwrite: bool, **options: Any) -> None:
        began = time.monotonic()
        try:
            with opened_backup(file) as backup:
                if not overwrite and not is_empty():
                    raise CannotRestore(_("这个数据库里已经有内容。确实要用备份替换它，请加 --overwrite。"))
                said = restore(backup)
        except CannotRestore as error:
            raise CommandError(str(error)) from error
        record_event(Action.SETTING, None, kind="backup", number=file.stem[:40], rows=backup.manifest.rows,
                     reason="restore", system_user=getpass.getuser())  # fmt: skip
        words = {
            "made": backup.manifest.made_at[:19],
            "rows": f"{backup.manifest.rows:,}",
            "seconds": f"{time.monotonic() - began:.1f}",
        }
        self.stdout.write(_("已恢复 %(made)s（UTC）的备份，%(rows)s 行，用时 %(seconds)s 秒。") % words)
        for line in said:
            self.stdout.write(line)
