"""The scorecard of uploads: one row an office, or one row a kind within a county; each figure opens its uploads."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.divisions.models import Division
from gansu_care.pages.standing import standing_of
from gansu_care.pages.wording import day, number, share
from gansu_care.spreadsheets.kinds import KINDS
from gansu_care.spreadsheets.models import Upload
from gansu_care.spreadsheets.periods import Period, choices
from gansu_care.spreadsheets.problem_kinds import CODES
from gansu_care.spreadsheets.scorecard import Score, Scorecard
from gansu_care.spreadsheets.upload_list import units_shown


class UploadScorecard(View):
    right = Right.UPLOAD

    def get(self, request: HttpRequest) -> HttpResponse:
        period, kind = Period.parse(request.GET.get("period", "")), _kind(request)
        kinds = [kind] if kind else uploaded_kinds()
        county = _county(request)
        shown = county or standing_of(request).division
        uploads = Upload.objects.visible_to(request.user)
        card = Scorecard(uploads.within(shown) if shown else uploads.none(), kinds, period)
        links = Links(period, kind, county)
        rows = _by_kind(card, county) if county else _by_office(card, units_shown(request), links)
        context = {
            "heading": _("上传情况：%(place)s，%(period)s")
            % {"place": shown.label if shown else "", "period": period.label},
            "rows": [_row(links, *row) for row in rows],
            "total": _row(links, _("合计"), "", sum((row[2] for row in rows), Score()), {}),
            "county": county,
            "back_url": links.page() if request.GET.get("place") else "",
            "kinds": [(code, KINDS[code].title, code == kind) for code in uploaded_kinds()],
            "periods": [(one.code, one.label, one == period) for one in choices()],
        }
        return render(request, "spreadsheets/scorecard.html", context)


def uploaded_kinds() -> list[str]:
    return [kind.code for kind in KINDS.values() if not kind.export_only]


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in uploaded_kinds() else ""


def _county(request: HttpRequest) -> Division | None:
    """The county asked for inside the division where the reader stands; that one itself if it is a county."""
    code, standing = request.GET.get("place", "")[:12], standing_of(request).division
    found = units_shown(request).counties().filter(code=code).first() if code.isdigit() else None
    return found or (standing if standing and standing.is_county else None)


class Links:
    """Addresses of the page itself and of the uploads behind a figure."""

    def __init__(self, period: Period, kind: str, county: Division | None) -> None:
        self.period, self.kind = period, kind
        self.place = county.code if county else ""

    def page(self, **more: str) -> str:
        return f"?{self._query(period=self.period.code, kind=self.kind, **more)}"

    def uploads(self, **more: str) -> str:
        """Those received in the period."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return self._list(since=first, until=last, **more)

    def in_time(self, **more: str) -> str:
        """Those applied in the period, whenever they were received."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return self._list(applied_since=first, applied_until=last, state="applied", **more)

    def _list(self, **asked: str) -> str:
        asked = {"kind": self.kind, "place": self.place} | asked
        return f"{reverse('spreadsheets:list')}?{self._query(**asked)}"

    def _query(self, **asked: str) -> str:
        return urlencode({name: value for name, value in asked.items() if value})


Rows = list[tuple[Any, str, Score, dict[str, str]]]
"""What a row is called, where its name leads, its figures, what of the list it shows."""


def _by_kind(card: Scorecard, county: Division) -> Rows:
    """One row a kind of workbook."""
    return [(KINDS[kind].title, "", card.score(county, [kind]), {"kind": kind}) for kind in card.kinds]


def _by_office(card: Scorecard, units: Any, links: Links) -> Rows:
    """One row a county, whether it sent anything or not; a prefecture or the province only if it did."""
    return [
        (
            unit.label,
            links.page(place=unit.code) if unit.is_county else "",
            card.score(unit, card.kinds),
            {"place": unit.code},
        )
        for unit in units
        if unit.is_county or card.sent(unit)
    ]


def _row(links: Links, label: Any, url: str, score: Score, own: dict[str, str]) -> dict[str, Any]:
    """The cells of one row; a figure of nothing opens nothing."""

    def cell(value: int, **more: str) -> dict[str, str]:
        return {"text": number(value), "url": links.uploads(**own, **more) if value else ""}

    in_time = f"{score.in_time}/{score.due}" if score.due else "—"
    return {
        "label": label,
        "url": url,
        "uploads": cell(score.uploads),
        "applied": cell(score.applied, state="applied"),
        "in_time": {"text": in_time, "url": links.in_time(**own) if score.in_time else ""},
        "is_late": score.in_time < score.due,
        "first_right": cell(score.first_right, result="first_right"),
        "first_share": share(score.first_right, score.first),
        "bad_rows": cell(score.bad_rows, result="bad_rows"),
        "again": cell(score.again, result="again"),
        "last_on": day(score.last_on) or "—",
        "problems": [
            {"text": kind_of_problem(code), "n": number(n), "url": links.uploads(**own, code=code)}
            for code, n in score.top_problems
        ],
    }


def kind_of_problem(code: str) -> str:
    """What a problem of this code says, with a gap where it would quote a cell."""
    if code not in CODES:
        return code
    return str(CODES[code].wrong_for({})) % defaultdict(lambda: "…")
