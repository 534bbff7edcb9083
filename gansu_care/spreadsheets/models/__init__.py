"""Uploads. The states they go through (states), what each is (upload), what its file holds (staging), what was done to
its rows by hand (by_hand), what an undo came to (undone), who asks for a second person (second_person), and what a
county means by its own headings (headings). Long lists that go out (list_export), and what is asked to go out
(export_request).
"""

from .by_hand import MendedRow, RowAnswer
from .export_request import ExportFilePart, ExportRequest, ExportState
from .headings import AskedHeading, HeadingChoice
from .list_export import ListExport, ListExportPart
from .second_person import SecondPerson
from .staging import StagedRow, StoredProblem, UploadFile
from .states import Outcome, ProblemLevel, UploadState
from .undone import UndoAct, UndoLine, UndoOutcome, UndoWhy
from .upload import Upload

__all__ = [
    "AskedHeading",
    "ExportFilePart",
    "ExportRequest",
    "ExportState",
    "HeadingChoice",
    "ListExport",
    "ListExportPart",
    "MendedRow",
    "Outcome",
    "ProblemLevel",
    "RowAnswer",
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
