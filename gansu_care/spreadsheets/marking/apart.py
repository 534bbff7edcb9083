"""Marking in a process of its own, as reading is (reading/apart.py): with little memory and time, and no secrets.

The order comes from us and may be unpickled there; what comes back is only bytes, handed to the officer whose file
it was. The program is child.py.
"""

import logging
import pickle
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from gansu_care.spreadsheets import limits

from .orders import CannotMark, Order

logger = logging.getLogger(__name__)

ENDINGS = ("xlsx", "xlsm", "xltx", "xltm")
_CHILD = "gansu_care.spreadsheets.marking.child"
_ROOT = Path(__file__).resolve().parents[3]
# Marking is heavy: one at a time in each process of the site, the others wait for their turn.
_TURN = BoundedSemaphore(1)


def mark_apart(data: bytes, order: Order) -> tuple[str, bytes]:
    """The ending and the content of the marked file; nothing in the original can harm us. Raises CannotMark."""
    if not _TURN.acquire(timeout=limits.READING_SECONDS):
        raise CannotMark
    try:
        return _in_child(data, order)
    finally:
        _TURN.release()


def _in_child(data: bytes, order: Order) -> tuple[str, bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", _CHILD],
            input=pickle.dumps((data, order), pickle.HIGHEST_PROTOCOL),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.READING_SECONDS,
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        logger.warning("marking a workbook ended with %s", getattr(fault, "returncode", "a timeout"))
        raise CannotMark from None
    ending, _line, content = done.stdout.partition(b"\n")
    if ending.decode("ascii", "replace") not in ENDINGS or not content:
        raise CannotMark
    return ending.decode(), content
