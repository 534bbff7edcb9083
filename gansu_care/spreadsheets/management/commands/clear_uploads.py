"""`manage.py clear_uploads`: what the worker does each hour. Deletes files and staged rows that have served."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gansu_care.spreadsheets.uploads.clearing import clear_due


class Command(BaseCommand):
    help = "Deletes files, staged rows and quoted cells of uploads that have served; expires what nobody confirmed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count only")

    def handle(self, *args: Any, **options: Any) -> None:
        cleared = clear_due(dry_run=options["dry_run"])
        words = {"expired": cleared.expired, "over": cleared.over}
        said = _("过期 %(expired)s 批，清除已结束的 %(over)s 批。")
        if options["dry_run"]:
            said = _("到期没有确认的 %(expired)s 批，应清除的已结束的 %(over)s 批。什么也没有删除。")
        self.stdout.write(said % words)
