"""The bytes of a file, read by a process of its own.

Whoever closes a file of SQLite's gives up all locks that her process holds on it, those of an open connection too ("How
To Corrupt An SQLite Database File", 2.2): the next that closes the database takes its log away from under it.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

PIECE = 1024 * 1024


def pieces_of(file: Path) -> Iterator[bytes]:
    """In pieces of at most 1 MB; nothing of a file that is gone meanwhile."""
    command = ["cat", "--", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:
        assert reading.stdout
        while piece := reading.stdout.read(PIECE):
            yield piece
