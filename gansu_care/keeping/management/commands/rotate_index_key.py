"""`manage.py rotate_index_key`: fills the blind index under every key of DIGEST_KEY, empties it where there is none.

The four steps of replacing the key stand in keeping/reindexing.py. Exit status 1: some values could not be opened.
"""

import getpass
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from gansu_care.keeping.reindexing import Reindexed, reindex_everything
from gansu_care.sealed import cipher
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class Command(BaseCommand):
    help = "Makes the blind index for exact search anew under the keys of DIGEST_KEY, while the site runs."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            done = reindex_everything(self.tell)
        except IntegrityError as error:
            raise CommandError(_("两条在册记录的身份证号相同，索引没有做完：请先合并它们。")) from error
        versions = "、".join(map(str, cipher.digest_versions()))
        record_event(
            Action.SETTING, None, kind="key", number=f"digest {versions}", rows=done.rows, system_user=getpass.getuser()
        )  # fmt: skip
        words = {"versions": versions, "rows": f"{done.rows:,}", "seconds": round(time.monotonic() - began)}
        self.stdout.write(
            _("索引已按第 %(versions)s 号密钥做好，改了 %(rows)s 行，用时 %(seconds)s 秒。") % words
        )
        self.say_what_comes_next(done)

    def tell(self, name: str, rows: int) -> None:
        self.stdout.write(f"  {name}: {rows:,}")

    def say_what_comes_next(self, done: Reindexed) -> None:
        for table, key in sorted(done.unopened, key=str):
            words = {"table": table, "key": key}
            self.stdout.write(self.style.ERROR(_("%(table)s 第 %(key)s 行打不开，原样保留。") % words))
        if done.unopened:
            raise SystemExit(1)
        old, *new = cipher.digest_versions()
        if new:
            words = {"old": old, "new": new[0]}
            self.stdout.write(_("每一行都有了新索引：DIGEST_KEY 可以只留第 %(new)s 号。") % words)
            self.stdout.write(_("重启以后再运行一次，清掉第 %(old)s 号的索引。") % words)
