"""From a table to the register, out again as an export writes it, and back: everything must be the same."""

import io
from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis.strategies import SearchStrategy

from gansu_care.spreadsheets.form_columns import export_columns
from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.models import UploadState
from gansu_care.spreadsheets.writing.sheets import write_xlsx
from gansu_care.spreadsheets.writing.text_files import write_csv
from tests.spreadsheets import shapes
from tests.uploading import applied, checked, codes, counts, xlsx

Table = list[list[Any]]
WAYS = [(masked, writer) for masked in (True, False) for writer in (write_xlsx, write_csv)]
GOOD: dict[str, Callable[[], dict[str, Any]]] = {
    "children": shapes.good_child,
    "centers": lambda: {
        "name": lambda place: f"第{place}儿童之家", "division": "洮阳镇", "type": "儿童之家",
    },
    "equipment": lambda: {
        "center": "儿童之家", "asset_no": lambda place: f"T-{place}", "category": "图书", "item": "百科",
        "quantity": 30, "unit": "册",
    },
    "receipts": lambda: {"sources": "省级财政", "amount": lambda place: 1000 + place, "received_on": "2009-03-05"},
    "allocations": lambda: {
        "source": "省级财政", "division": "临洮县", "amount": lambda place: 1000 + place, "allocated_on": "2009-04-01",
    },
}  # fmt: skip
RESOURCES = {"receipts": ("funding", 0), "allocations": ("funding", 1)}


def resource_of(code: str) -> tuple[str, Any]:
    """The kind of workbook, and the resource of it."""
    kind, place = RESOURCES.get(code, (code, 0))
    return kind, kind_of(kind).resources[place]()


def tables(code: str, rows: int) -> SearchStrategy[Table]:
    return shapes.table(resource_of(code)[1], GOOD[code](), rows)


def goes_and_comes(user: Any, code: str, table: Table) -> int:
    """Write the good rows of a table; every export of them must come back the same. The register stays as it was.

    Returns how many rows went: a table of which every row breaks a rule proves nothing.
    """
    kind, resource = resource_of(code)
    with transaction.atomic():
        upload = checked(user, xlsx(table), kind)
        if upload.state == UploadState.CHECKED and upload.new:
            applied(upload, user, good_rows=True)
        count = resource._meta.model.objects.count()
        for masked, writer in WAYS if count else ():
            back = checked(user, exported(resource, user, masked, writer), kind)
            assert (counts(back), codes(back)) == ({"same": count}, []), told(back)
        transaction.set_rollback(True)
    return count


def exported(resource: Any, user: Any, masked: bool, writer: Any) -> bytes:
    """As release.py writes it."""
    rows = resource._meta.model.objects.visible_to(user).order_by("pk")
    file = io.BytesIO()
    writer(file, export_columns(resource.export_columns()), resource.export_rows(rows, user, masked=masked))
    return file.getvalue()


def told(upload: Any) -> str:
    """What came back otherwise, for whoever has to mend it."""
    changes = [(row.row, row.outcome, row.changes) for row in upload.staged.exclude(outcome="same")]
    problems = [(one.row, one.code, one.heading, one.problem.value) for one in upload.problems.all()]
    return f"{upload.state} {upload.unreadable_code} {changes} {problems}"
