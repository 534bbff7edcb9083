"""Reading a workbook in a process of its own, with little memory, little time and none of our secrets.

A hostile or damaged file can make a reader ask for more memory than there is: the Rust reader then ends the whole
process, which no `except` can catch. So the process that ends is not ours. Any end but a clean one means: broken.

    python -m gansu_care.spreadsheets.reading.apart     # file in, pickled answer out
"""

import io
import logging
import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from .. import limits
from .cells import EmptyFormula, ErrorValue
from .files import read_workbook
from .sheets import Sheet, Workbook
from .unreadable import Unreadable

logger = logging.getLogger(__name__)

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
            [sys.executable, "-m", __name__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.READING_SECONDS,
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        logger.warning("reading a workbook ended with %s", getattr(fault, "returncode", "a timeout"))
        raise Unreadable("E_FILE_BROKEN") from None
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


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.READING_BYTES, limits.READING_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.READING_SECONDS, limits.READING_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: Any = read_workbook(sys.stdin.buffer.read())
    except Unreadable as fault:
        answer = fault.code, fault.params
    pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    _main()
