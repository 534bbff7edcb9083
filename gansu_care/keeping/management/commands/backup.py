"""`manage.py backup`: one sealed file in BACKUP_DIR; copies older than BACKUP_KEPT_DAYS are deleted afterwards."""

import getpass
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gansu_care.keeping.backups import shelf
from gansu_care.keeping.backups.engines import FAILURES
from gansu_care.keeping.backups.making import make_backup
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class Command(BaseCommand):
    help = (
        "Makes a sealed backup of database and files while the site runs, and says which keys it will need."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            made = make_backup()
        except FAILURES as error:
            raise CommandError(_("没有做成备份：%(why)s") % {"why": error}) from error
        deleted = shelf.delete_old()
        record_event(Action.SETTING, None, kind="backup", number=made.file.stem, rows=made.manifest.rows,
                     system_user=getpass.getuser())  # fmt: skip
        self.stdout.write(str(made.file))
        words = {
            "tables": len(made.manifest.tables),
            "rows": f"{made.manifest.rows:,}",
            "files": made.manifest.files,
            "size": f"{made.file.stat().st_size / 1024**2:.1f}",
            "seconds": f"{time.monotonic() - began:.1f}",
            "old": len(deleted),
            "keys": "、".join(made.manifest.sealing_keys),
        }
        self.stdout.write(
            _(
                "%(tables)s 张表 %(rows)s 行，%(files)s 个文件，%(size)s MB，用时 %(seconds)s 秒。到期删除 %(old)s 份。"
            )
            % words
        )
        self.stdout.write(_("恢复时要用 SEALING_KEYS 的第 %(keys)s 号密钥。密钥不在备份里。") % words)
