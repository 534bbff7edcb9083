"""A worker that was told to stop begins no other job: what it was handed waits for the next worker.

The word is kept in memory that the command shares with the processes that it forks afterwards; without a lock, which
a killed process could take with it.
"""

from ctypes import c_bool
from multiprocessing.sharedctypes import RawValue


class _Word:
    said: c_bool = c_bool(False)


def share() -> None:
    """Called by the command before it forks."""
    _Word.said = RawValue(c_bool, False)


def ask() -> None:
    _Word.said.value = True


def is_asked() -> bool:
    return _Word.said.value
