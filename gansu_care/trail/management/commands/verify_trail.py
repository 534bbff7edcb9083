"""`manage.py verify_trail`: walks the chain of the trail. Exit status 0: it holds; 1: it does not."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import gettext as _

from gansu_care.trail.chain import faults
from gansu_care.trail.guards import standing_guards, wanted_guards
from gansu_care.trail.models import EventSeal


class Command(BaseCommand):
    help = "Walks the chain of the trail and names every event that was changed, removed or inserted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=datetime.fromisoformat, help="as of this time: when a backup was made"
        )

    def handle(self, *args: Any, at: datetime | None = None, **options: Any) -> None:
        found = 0
        for missing in sorted(wanted_guards(connection) - standing_guards(connection)):
            found += self.tell(
                _("数据库的防改触发器 %(name)s 不在了；运行 migrate 会重新装上。") % {"name": missing}
            )
        for fault in faults(at):
            found += self.tell(fault.what)
        if found:
            raise SystemExit(1)
        sealed = EventSeal.objects.count()
        self.stdout.write(_("操作记录完整：%(count)s 条都盖有印记，首尾相连。") % {"count": f"{sealed:,}"})

    def tell(self, what: str) -> int:
        self.stdout.write(self.style.ERROR(what))
        return 1
