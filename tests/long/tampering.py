"""1,000 random acts of someone who owns the tables of the trail: each is found."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from gansu_care.accounts.models import User
from gansu_care.trail.guards import lift_guards
from tests.trail.tampering import make_trail, unnoticed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=1_000)


def run(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as outside:
        settings.TRAIL_DIR = Path(outside)
        make_trail(User(username="officer", role="county_officer"))
        lift_guards(connection)
        return {"rounds": options.rounds, "violations": unnoticed(options.rounds, options.seed)}
