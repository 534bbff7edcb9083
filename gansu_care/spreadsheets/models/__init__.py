"""Uploads. The states they go through (states), what each is (upload), what its file holds (staging), what an undo came
to (undone), and who asks for a second person (second_person). What is asked to go out (export_request).
"""

from .export_request import ExportFilePart, ExportRequest, ExportState
from .second_person import SecondPerson
from .staging import StagedRow, StoredProblem, UploadFile
from .states import Outcome, ProblemLevel, UploadState
from .undone import UndoAct, UndoLine, UndoOutcome, UndoWhy
from .upload import Upload

__all__ = [
    "ExportFilePart",
    "ExportRequest",
    "ExportState",
    "Outcome",
    "ProblemLevel",
    "SecondPerson",
    "StagedRow",
    "StoredProblem",
    "UndoAct",
    "UndoLine",
    "UndoOutcome",
    "UndoWhy",
    "Upload",
    "UploadFile",
    "UploadState",
]
