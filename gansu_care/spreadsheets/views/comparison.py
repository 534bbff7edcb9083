"""The comparison of a file with the register, as the officer and the second person see it: one look for both."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gansu_care.pages.keyset import Sort, keyset_page
from gansu_care.pages.wording import number
from gansu_care.spreadsheets.models import Outcome, Upload
from gansu_care.spreadsheets.preview_rows import preview_rows, row_headings
from gansu_care.spreadsheets.result_notes import result_notes
from gansu_care.spreadsheets.views.steps import sums_note

IN_FILE_ORDER = Sort("place", "id")
TABS = (Outcome.CHANGED, Outcome.NEW, Outcome.SAME, Outcome.DOUBTFUL, Outcome.REFUSED)
GOOD = (Outcome.NEW, Outcome.CHANGED)


def comparison(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """Context of templates/spreadsheets/staged_rows.html and of what stands above it."""
    outcome = _outcome(request, upload)
    page = keyset_page(upload.staged.filter(outcome=outcome), IN_FILE_ORDER, request.GET, cap=None)
    return {
        "page": page,
        "outcome": outcome,
        "outcome_label": Outcome(outcome).label,
        "shows_problems": outcome in (Outcome.DOUBTFUL, Outcome.REFUSED),
        "rows": preview_rows(upload, page, request.user),
        "sums": upload,
        "sums_note": sums_note(upload),
        "notes": result_notes(upload),
        "tabs": _tabs(upload, outcome),
        **row_headings(upload),
    }


def _outcome(request: HttpRequest, upload: Upload) -> str:
    """The tab asked for, else the first that has rows."""
    asked = request.GET.get("show", "")
    if asked in Outcome.values:
        return asked
    return next((tab for tab in TABS if getattr(upload, tab)), Outcome.NEW)


def _tabs(upload: Upload, outcome: str) -> list[tuple[str, str, bool]]:
    words = {
        Outcome.CHANGED: _("变更 %(n)s"),
        Outcome.NEW: _("新增 %(n)s"),
        Outcome.SAME: _("相同 %(n)s"),
        Outcome.DOUBTFUL: _("存疑 %(n)s"),
        Outcome.REFUSED: _("拒绝 %(n)s"),
    }
    good = "&good=1" if upload.bad else ""
    return [
        (words[tab] % {"n": number(getattr(upload, tab))}, f"?show={tab}{good}", tab == outcome)
        for tab in TABS
    ]
