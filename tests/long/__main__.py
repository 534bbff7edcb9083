"""`python -m tests.long NAME …`: a database of its own, the run of that name whole, and the database is gone."""

import argparse
import json
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STANDS_ON = ("ground", "site", "test_samples")
NAMES = sorted(
    path.stem for path in HERE.glob("*.py") if path.stem not in STANDS_ON and not path.stem.startswith("_")
)


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        sys.exit(f"python -m tests.long NAME [--help], where NAME is one of: {', '.join(NAMES)}")
    folder = Path(tempfile.gettempdir()) / "gansu_long"
    folder.mkdir(exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gansu_care.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / f'long-{os.getpid()}.sqlite3'}")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")  # what is broken off on purpose need not be told

    import django

    django.setup()
    sys.exit(_run(name))


def _run(name: str) -> int:
    from tests.benchmarks.ground.scratch import scratch_database

    long = import_module(f"tests.long.{name}")
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.long {name}",
        description=long.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the random moments")
    long.arguments(parser)
    options = parser.parse_args(sys.argv[2:])
    with scratch_database(keep=False):
        began = time.monotonic()
        figures = long.run(options)
        figures |= {"run": name, "seed": options.seed, "seconds": round(time.monotonic() - began)}
        _tell(figures)
    return 1 if figures["violations"] else 0


def _tell(figures: dict[str, Any]) -> None:
    from django.conf import settings
    from django.db import connection

    figures["database"] = connection.vendor
    folder = Path(settings.VAR_DIR) / "long"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{figures['run']}-{connection.vendor}.json"
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1, default=str))
    for key, value in figures.items():
        if key != "rounds_told":
            print(f"{key:>16}  {value}")
    print(f"{'written to':>16}  {path}")


if __name__ == "__main__":
    main()
