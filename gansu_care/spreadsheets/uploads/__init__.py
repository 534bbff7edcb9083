"""The way of an upload, from a file to rows of the register. Read it in this order:

    receiving.py    bytes from an officer -> Upload (or the answer that this very file was applied before)
    checking.py     the file -> rows (file_rows.py) -> what each of them comes to (judging.py), all problems gathered
    headings.py     columns that only the officer can name: asked before the check, remembered for her county
    staging.py      the check kept in the database: staged rows, problems, counts that add up
    mending.py      a row mended on a page, a doubtful one decided: beside the file, and checked again
    confirming.py   the officer says yes: the whole file, or its good rows
    reviewing.py    a second person agrees, where a division asks for one
    applying.py     one transaction writes the staged rows and their history, and counts what it wrote
    undoing.py      one transaction takes all of it back that nobody has touched since, and lists the rest
    clearing.py     files and staged rows are deleted when they have served
    refusals.py     why a file was not applied, in words

Nothing is written to the register before `applying`. `check`, `apply` and `undo` are jobs (jobs/queue.py) and may run
twice.
"""

from .applying import apply_confirmed, apply_upload
from .checking import check_stopped, check_upload
from .clearing import clear_due
from .confirming import CannotApply, confirm, recheck
from .headings import forget, remember
from .mending import decide, mend, take_back
from .receiving import CannotUpload, Received, receive
from .refusals import REFUSALS
from .reviewing import accept, keep_out, send_back
from .undoing import ask_undo, undo_upload

__all__ = [
    "REFUSALS",
    "CannotApply",
    "CannotUpload",
    "Received",
    "accept",
    "apply_confirmed",
    "apply_upload",
    "ask_undo",
    "check_stopped",
    "check_upload",
    "clear_due",
    "confirm",
    "decide",
    "forget",
    "keep_out",
    "mend",
    "receive",
    "recheck",
    "remember",
    "send_back",
    "take_back",
    "undo_upload",
]
