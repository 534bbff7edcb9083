"""Load or update the list of divisions: the project's own, or a file of the same shape."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gansu_care.divisions.list_file import BrokenList
from gansu_care.divisions.loading import LoadResult, load


class Command(BaseCommand):
    help = "Load or update the administrative divisions from a csv file, the project's own by default."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="csv file of the same shape as the project's own list")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = load(options["file"], dry_run=options["dry_run"])
        except BrokenList as broken:
            refusal = _("名单未载入，数据没有改动。")
            raise CommandError("\n".join([refusal, *map(str, broken.problems)])) from broken
        self._print(result, listing=options["dry_run"] or options["verbosity"] > 1)

    def _print(self, result: LoadResult, listing: bool) -> None:
        if listing:
            for change in result.differences:
                self.stdout.write(
                    f"{change.kind}\t{change.code}\t{change.name}\t{change.field}\t{change.old}\t{change.new}"
                )
        counts = {
            "created": result.created,
            "updated": result.updated,
            "ended": result.ended,
            "unchanged": result.unchanged,
            "rederived": result.rederived,
            "missing": len(result.missing),
        }
        sentence = _(
            "新增%(created)d个，更新%(updated)d个，停用%(ended)d个，未变%(unchanged)d个；"
            "重新归属登记记录%(rederived)d条；名单未提及而仍有效的%(missing)d个。"
        )
        self.stdout.write(sentence % counts)
        if result.dry_run:
            self.stdout.write(_("以上为试算，没有改动数据。"))
