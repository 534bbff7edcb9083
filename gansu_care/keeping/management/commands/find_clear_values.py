"""`manage.py find_clear_values`: looks for what ought to be sealed. Exit status 1: it stands somewhere."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gansu_care.keeping.clear_values import kept_files, search_everything, sought_values


class Command(BaseCommand):
    help = "Searches database, files and logs for ID numbers, telephones, addresses and sentences in clear."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        sought = sought_values()
        hits = search_everything(sought)
        for place, count in sorted(hits.items()):
            words = {"place": place, "count": f"{count:,}"}
            self.stdout.write(self.style.ERROR(_("%(place)s：有 %(count)s 处明文。") % words))
        words = {
            "values": f"{len(sought):,}",
            "files": str(len(kept_files())),
            "seconds": f"{time.monotonic() - began:.1f}",
        }
        self.stdout.write(
            _("在所有的表和 %(files)s 个文件里查找了 %(values)s 个应当封存的值，用时 %(seconds)s 秒。")
            % words
        )
        if hits:
            raise SystemExit(1)
        self.stdout.write(_("没有发现明文。"))
