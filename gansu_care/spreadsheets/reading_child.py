"""The program that reads a workbook: little memory, little time, and no way out.

    python -m gansu_care.spreadsheets.reading_child     # file in, pickled answer out

It knows no settings, no database and no secrets; reading/apart.py starts it.
"""

import codecs
import pickle
import resource
import sys
from typing import Any

from . import limits
from .reading.files import read_workbook
from .reading.unreadable import Unreadable

_STREAMS = 3  # in, out and errors
_CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "ascii", "latin-1", "cp437")


def main() -> None:
    confine()
    try:
        answer: Any = read_workbook(sys.stdin.buffer.read())
    except Unreadable as fault:
        answer = fault.code, fault.params
    pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


def confine() -> None:
    """From here on this process can open no file and no connection, and is ended when it takes too much."""
    for name in _CODECS:
        codecs.lookup(name)  # their modules are files, too
    for bound, most in (
        (resource.RLIMIT_AS, limits.READING_BYTES),
        (resource.RLIMIT_CPU, limits.READING_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _STREAMS),
    ):
        resource.setrlimit(bound, (most, most))


if __name__ == "__main__":
    main()
