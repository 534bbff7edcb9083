"""`manage.py erase_again`: run after a backup was restored."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from children.erasing import erase_again


class Command(BaseCommand):
    help = "Erases again, after a restore, every record that had been erased since the backup was made."

    def handle(self, *args: Any, **options: Any) -> None:
        again = erase_again()
        self.stdout.write(_("重新删除 %(n)s 条记录的个人信息。") % {"n": len(again)})
        for number in again:
            self.stdout.write(number)
