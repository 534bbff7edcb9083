"""`manage.py seed_demo`: invents a province and sends it through the same doors as a user's data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gansu_care.demo import preparing
from gansu_care.demo.doors import NotTaken
from gansu_care.demo.samples import write_samples
from gansu_care.demo.seeding import CHILDREN, MOST_CHILDREN, SEED, Demo, seed
from gansu_care.pages.models import SiteMark

REFUSED = (
    "这里不能建立示例数据：只在开发时（DEBUG 开启）、在本机的空数据库里建立，免得虚构的人混进真的登记册。\n"
    "No demo here: it is made in development (DEBUG on) only, in an empty database on this machine, so that no "
    "invented person gets into a real register."
)


class Command(BaseCommand):
    help = "Invents a province with a fixed seed and sends it through the same doors as a user's data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, default=CHILDREN, help=f"up to {MOST_CHILDREN:,}")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument(
            "--samples", type=Path, default=None, help="a folder for sample workbooks to upload"
        )

    def handle(self, *args: Any, children: int, seed: int, samples: Path | None, **options: Any) -> None:
        if not 0 <= children <= MOST_CHILDREN:
            raise CommandError(f"--children: 0 … {MOST_CHILDREN:,}")
        if not preparing.may_hold_demo():
            raise CommandError(REFUSED)
        self.invent(Demo(children, seed))
        folder = samples or settings.VAR_DIR / "samples"
        write_samples(folder)
        self.stdout.write(f"可以试传的表格 workbooks to try: {folder}")

    def invent(self, demo: Demo) -> None:
        SiteMark.begin_demo()
        try:
            seed(demo, self.stdout.write)
        except NotTaken as error:
            raise CommandError(f"示例数据没有建成。 The demo was not made: {error}") from error
        SiteMark.finish_demo()
