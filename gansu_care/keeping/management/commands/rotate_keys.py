"""`manage.py rotate_keys`: seals everything anew under the newest of SEALING_KEYS, while the site runs.

First append the new key to SEALING_KEYS and start web and worker again; when this command has ended with status 0, the
older keys may be taken out of it. Exit status 1: some tokens could not be opened; they are named.
"""

import getpass
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gansu_care.keeping.resealing import Resealed, reseal_everything
from gansu_care.sealed import cipher
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action


class Command(BaseCommand):
    help = "Seals everything anew under the newest of SEALING_KEYS, while the site runs."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        done = reseal_everything(self.tell)
        newest = cipher.newest_version()
        record_event(
            Action.SETTING,
            None,
            kind="key",
            number=f"sealing {newest}",
            rows=done.rows,
            system_user=getpass.getuser(),
        )
        words = {"version": newest, "rows": f"{done.rows:,}", "seconds": round(time.monotonic() - began)}
        self.stdout.write(_("已用第%(version)s号密钥重新封存 %(rows)s 行，用时 %(seconds)s 秒。") % words)
        self.say_which_keys_may_go(done)

    def tell(self, name: str, rows: int) -> None:
        self.stdout.write(f"  {name}: {rows:,}")

    def say_which_keys_may_go(self, done: Resealed) -> None:
        for name, key in sorted(done.unopened, key=str):
            words = {"table": name, "key": key}
            self.stdout.write(self.style.ERROR(_("%(table)s 第 %(key)s 行打不开，原样保留。") % words))
        if done.unopened:
            self.stdout.write(_("还不能去掉旧密钥。缺少的密钥补进 SEALING_KEYS 后再运行一次。"))
            raise SystemExit(1)
        older = cipher.key_versions()[:-1]
        if not older:
            self.stdout.write(_("SEALING_KEYS 里只有这一个密钥。"))
            return
        words = {"versions": "、".join(map(str, older))}
        said = _("库里已没有第 %(versions)s 号密钥封存的内容，可以从 SEALING_KEYS 里去掉。")
        self.stdout.write(said % words)
        self.stdout.write(_("以前的备份仍然要用它，请留到那些备份删除以后。"))
