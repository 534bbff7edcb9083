"""`python -m tests.benchmarks NAME …`: a database of its own, the benchmark of that name, and the database is gone."""

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        sys.exit(f"python -m tests.benchmarks NAME [--help], where NAME is one of: {', '.join(NAMES)}")
    folder = Path(tempfile.gettempdir()) / "gansu_benchmarks"
    folder.mkdir(exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gansu_care.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'register.sqlite3'}")

    import django

    django.setup()
    _run(name)


def _run(name: str) -> None:
    from tests.benchmarks.ground.scratch import scratch_database

    benchmark = import_module(f"tests.benchmarks.{name}")
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.benchmarks {name}",
        description=benchmark.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--keep", action="store_true", help="leave the database, and use it if it is there")
    benchmark.arguments(parser)
    options = parser.parse_args(sys.argv[2:])
    with scratch_database(keep=options.keep):
        benchmark.run(options)


if __name__ == "__main__":
    main()
