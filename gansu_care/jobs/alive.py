"""Whether whoever holds a job is still there, known at once on the same machine.

While a process works at a job it keeps a lock on a small file of its own in var/jobs/. The system takes the lock away
when the process ends, however it ends: a worker killed this moment is found out this moment, and one that is only slow
(SQLite, where nobody can write a heartbeat during another's long transaction) is not taken for dead.

A holder's name is `place/file`; the place is this folder under this start of this machine. Of holders elsewhere nothing
is known here: there the heartbeat decides (lease.py).
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

BOOT = Path("/proc/sys/kernel/random/boot_id")


@contextmanager
def held() -> Iterator[str]:
    """The name under which this process holds one job as long as it is inside."""
    folder = _folder()
    path = folder / secrets.token_hex(8)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield f"{_place(folder)}/{path.name}"
        finally:
            path.unlink(missing_ok=True)


def is_gone(holder: str) -> bool | None:
    """Whether the holder has ended; None if that cannot be told from here."""
    folder = _folder()
    place, _, name = holder.rpartition("/")
    if place != _place(folder):
        return None
    try:
        with (folder / name).open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (folder / name).unlink(missing_ok=True)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(folder: Path) -> str:
    """Of this folder and this start of the machine: a copy of the folder on another machine is another place."""
    mark = folder / "place"
    if not mark.exists():
        aside = folder / f"place.{os.getpid()}"
        aside.write_text(secrets.token_hex(4))
        with suppress(FileExistsError):
            os.link(aside, mark)  # two processes at once: the first wins
        aside.unlink()
    boot = BOOT.read_text().strip()[:8] if BOOT.exists() else ""
    return f"{boot}-{mark.read_text()}"
