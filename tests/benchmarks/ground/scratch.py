"""A database of the benchmark's own beside the one that DATABASE_URL names: made, the divisions in it, and dropped.

Never the named database itself: a benchmark fills what it stands on.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connection

from funding.sources import ensure_sources
from gansu_care.divisions.loading import load_own_list_once


@contextmanager
def scratch_database(*, keep: bool) -> Iterator[None]:
    """With `keep` it is left as it is, and found again by the next run."""
    settings.DEBUG = False  # as in earnest: Django keeps no log of queries
    named = str(connection.settings_dict["NAME"])
    scratch = connection.settings_dict["TEST"]["NAME"] = _scratch_name(named)
    making = get_context("fork").Process(target=_make, args=(keep,))
    making.start()
    making.join()
    if making.exitcode:
        raise SystemExit("the database could not be made")
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = scratch
    try:
        load_own_list_once()
        ensure_sources()
        yield
    finally:
        connection.creation.destroy_test_db(named, verbosity=0, keepdb=keep)


def _make(keep: bool) -> None:
    """In a process of its own: what all migrations take of memory is not inherited by what is measured."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep, serialize=False)


def _scratch_name(named: str) -> str:
    if connection.vendor == "postgresql":
        return f"{named}_benchmark"
    return str(Path(tempfile.gettempdir()) / "gansu_benchmarks" / f"{Path(named).stem}_benchmark.sqlite3")
