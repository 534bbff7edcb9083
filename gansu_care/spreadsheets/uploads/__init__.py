"""The way of an upload, from a file to rows of the register. Read it in this order:

    receiving.py    bytes from an officer -> Upload (or the answer that this very file was applied before)
    checking.py     the file -> rows (file_rows.py) -> what each of them comes to (judging.py), all problems gathered
    staging.py      the check kept in the database: staged rows, problems, counts that add up
    confirming.py   the officer says yes: the whole file, or its good rows
    applying.py     one transaction writes the staged rows and their history, and counts what it wrote
    refusals.py     why a file was not applied, in words

Nothing is written to the register before `applying`. `check` and `apply` are jobs (jobs/queue.py) and may run twice.
"""

from .applying import apply_confirmed, apply_upload
from .checking import check_upload
from .confirming import CannotApply, confirm, recheck
from .receiving import CannotUpload, Received, receive
from .refusals import REFUSALS

__all__ = [
    "REFUSALS",
    "CannotApply",
    "CannotUpload",
    "Received",
    "apply_confirmed",
    "apply_upload",
    "check_upload",
    "confirm",
    "receive",
    "recheck",
]
