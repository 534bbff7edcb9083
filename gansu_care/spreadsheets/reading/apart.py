"""Reading a workbook in a process of its own, with little memory, little time and none of our secrets.

A hostile or damaged file can make a reader ask for more memory than there is: the Rust reader then ends the whole
process, which no `except` can catch. So the process that ends is not ours.
The program is ../reading_child.py. A process of multiprocessing would not do: the worker's own processes are daemons,
which may have no children of that kind.
"""

import io
import logging
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from .. import limits
from .cells import EmptyFormula, ErrorValue
from .files import read_workbook, too_heavy
from .sheets import Sheet, Workbook
from .unreadable import Unreadable

logger = logging.getLogger(__name__)

_CHILD = "gansu_care.spreadsheets.reading_child"
_ROOT = Path(__file__).resolve().parents[3]
_KNOWN = {
    (each.__module__, each.__qualname__): each for each in (Workbook, Sheet, ErrorValue, type(EmptyFormula))
}


def read_workbook_apart(data: bytes, name: str = "") -> Workbook:
    """As `read_workbook`, but nothing in the file can harm the calling process. Raises Unreadable."""
    if len(data) > limits.FILE_BYTES:
        return read_workbook(data, name)  # refuses by size alone
    try:
        done = subprocess.run(
            [sys.executable, "-m", _CHILD],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.READING_SECONDS,
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except subprocess.TimeoutExpired:
        logger.warning("reading a workbook took too long")
        raise too_heavy() from None
    except subprocess.CalledProcessError as fault:
        logger.warning("reading a workbook ended with %s", fault.returncode)
        raise too_heavy() if fault.returncode < 0 else Unreadable("E_FILE_BROKEN") from None
    workbook = _answer(done.stdout)
    workbook.name = name
    return workbook


def _answer(pickled: bytes) -> Workbook:
    try:
        answer = _Answer(io.BytesIO(pickled)).load()
        code, params = ("", {}) if isinstance(answer, Workbook) else answer
    except Exception:
        logger.exception("a workbook's reader gave no proper answer")
        raise Unreadable("E_FILE_BROKEN") from None
    if code:
        raise Unreadable(code, **params)
    return answer


class _Answer(pickle.Unpickler):
    """Takes nothing from the other process but workbooks: a reader that was led astray cannot run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime"):
            return super().find_class(module, name)
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _KNOWN[module, name]
