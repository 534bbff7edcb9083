"""The annual report of a year and division, its workbook, and the rows behind each of its figures."""

import io
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.accounts.roles import Right
from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division, Level
from gansu_care.divisions.scoping import user_covers
from gansu_care.pages.keyset import keyset_page
from gansu_care.pages.standing import standing_of
from gansu_care.reports.annual import Report, annual_report
from gansu_care.reports.annual.withholding import sees_small_cells
from gansu_care.reports.behind import Behind
from gansu_care.reports.dimensions import UnknownValue
from gansu_care.reports.indicators import INDICATORS
from gansu_care.reports.paper import paper_of
from gansu_care.reports.periods import UnknownYear, known_year, years
from gansu_care.reports.tables import LISTINGS
from gansu_care.spreadsheets.writing.reports import write_report
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KIND = "annual_report"


def division_in_scope(request: HttpRequest, code: str) -> Division:
    """The division of today that the code stands for; 404 beyond the reader's own."""
    division = book().by_code.get(code)
    if division is None or not user_covers(request.user, division.current):  # type: ignore[arg-type]
        raise Http404
    return division.current


def year_of_report(year: int) -> int:
    try:
        return known_year(year)
    except UnknownYear as error:
        raise Http404 from error


def stand_at(request: HttpRequest, year: int, division: Division) -> None:
    """The top bar shows what the page shows; choosing there opens the report of the choice."""
    standing: Any = standing_of(request)
    standing.year, standing.division = year, division
    request.stand_next = reverse("reports:report")  # type: ignore[attr-defined]


class CurrentReport(View):
    """The report of where the reader stands; a choice made in the page's own form leads to that report."""

    right = Right.SEE_REPORT

    def get(self, request: HttpRequest) -> HttpResponse:
        year, code = request.GET.get("year", ""), request.GET.get("division", "")
        if year.isascii() and year.isdigit() and code:
            return redirect("reports:annual", year=int(year[:4]), code=code[:12])
        standing = standing_of(request)
        if standing.division is None:
            raise Http404
        return AnnualReport().get(request, standing.year, standing.division.code)


class AnnualReport(View):
    right = Right.SEE_REPORT

    def get(self, request: HttpRequest, year: int, code: str) -> HttpResponse:
        division, year = division_in_scope(request, code), year_of_report(year)
        stand_at(request, year, division)
        report = annual_report(year, division, request.user)
        context = {**paper_of(report), "years": reversed(years()), "choices": choices(request)}
        return render(request, "reports/annual_report.html", context)


class ReportWorkbook(View):
    """Aggregates only: no approval, but an event."""

    right = Right.SEE_REPORT

    def get(self, request: HttpRequest, year: int, code: str) -> FileResponse:
        division, year = division_in_scope(request, code), year_of_report(year)
        report = annual_report(year, division, public=not sees_small_cells(request.user))
        file = io.BytesIO()
        write_report(file, report.tables, footer=printed_by(request))
        file.seek(0)
        record_event(
            Action.EXPORT, request.user, kind=KIND, number=f"{year}-{division.code}", rows=len(report.tables)
        )
        return FileResponse(file, as_attachment=True, filename=file_name(report), content_type=XLSX)


class RowsBehind(View):
    """The rows that a figure counts, within the reader's rights: 404 out of scope, 403 without the right to them."""

    right = Right.SEE_REPORT

    def get(self, request: HttpRequest, year: int, code: str, indicator: str) -> HttpResponse:
        division, year = division_in_scope(request, code), year_of_report(year)
        found = INDICATORS.get(indicator)
        if found is None:
            raise Http404
        if not request.user.may(found.right):  # type: ignore[union-attr]
            raise PermissionDenied
        stand_at(request, year, division)
        try:
            behind = Behind(found, division, year, request.GET)
        except UnknownValue as error:
            raise Http404 from error
        return self.show(request, behind)

    def show(self, request: HttpRequest, behind: Behind) -> HttpResponse:
        listing, as_of = LISTINGS[behind.indicator.model], behind.period.last
        rows = listing.rows(behind.seen_by(request.user), as_of)
        page = keyset_page(rows, listing.sort, request.GET, cap=None)
        if behind.indicator.right == Right.SEE_PERSONS:
            record_event(
                Action.READ, request.user, kind=behind.indicator.code, number=behind.name, rows=len(page.rows)
            )
        table = listing.table_of(page, as_of, request)
        context = {"behind": behind, "page": page, "table": table, "noun": listing.noun}
        return render(request, "reports/rows.html", context)


def choices(request: HttpRequest) -> list[Division]:
    """The divisions whose report the reader may open, townships left out unless it is her own."""
    own = standing_of(request).own
    return [
        division
        for division in book().by_id.values()
        if division.in_force
        and (division.level != Level.TOWNSHIP or (own is not None and division.pk == own.pk))
        and user_covers(request.user, division)  # type: ignore[arg-type]
    ]


def printed_by(request: HttpRequest) -> str:
    user: Any = request.user
    return f"{user.unit_label} {user.label}　{timezone.localtime():%Y-%m-%d %H:%M}"


def file_name(report: Report) -> str:
    name = _("%(division)s%(year)s年度报告") % {"division": report.division.label, "year": report.year}
    return f"{name}.xlsx"
