"""`manage.py restore_drill`: restores the newest backup beside the database and compares. Status 0: all is there."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gansu_care.keeping.backups import shelf
from gansu_care.keeping.backups.drill import drill
from gansu_care.keeping.backups.engines import FAILURES
from gansu_care.keeping.backups.restoring import CannotRestore


class Command(BaseCommand):
    help = "Restores a backup into a scratch database and compares counts, checksums, trail and foreign keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the newest one, if none is named")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        began = time.monotonic()
        file = file or next(reversed(shelf.backups()), None)
        if file is None:
            raise CommandError(_("%(folder)s 里还没有备份。") % {"folder": shelf.folder()})
        try:
            backup, found = drill(file)
        except (CannotRestore, *FAILURES) as error:
            raise CommandError(str(error)) from error
        for line in found:
            self.stdout.write(self.style.ERROR(line))
        if found:
            raise SystemExit(1)
        words = {
            "name": file.name,
            "tables": len(backup.manifest.tables),
            "rows": f"{backup.manifest.rows:,}",
            "seconds": f"{time.monotonic() - began:.1f}",
        }
        self.stdout.write(
            _("%(name)s 可以恢复：%(tables)s 张表 %(rows)s 行，全部核对一致，用时 %(seconds)s 秒。") % words
        )
