"""The report as the page, the print and the HTML file show it: one context for all three."""

from typing import Any

from django.utils.translation import gettext as _

from gansu_care.divisions.models import Level
from gansu_care.reports.annual import Report
from gansu_care.spreadsheets.tables import Table


def paper_of(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "organisation": organisation(report),
        "sections": [
            {
                "anchor": section.anchor,
                "heading": section.heading,
                "paragraphs": section.paragraphs,
                "tables": [on_paper(table) for table in section.tables],
            }
            for section in report.sections
        ],
    }


def on_paper(table: Table) -> dict[str, Any]:
    """The table with its cut-off and rule as the first of the notes."""
    paper = table.as_paper()
    basis = [_("%(sentence)s。") % {"sentence": table.basis}] if table.basis else []
    return {**paper, "notes": [*basis, *table.notes]}


def organisation(report: Report) -> str:
    """The name at the head: 甘肃省妇女联合会, 定西市临洮县妇女联合会, 临洮县洮阳镇妇女联合会."""
    division = report.division
    upper = division.parent if division.level in (Level.COUNTY, Level.TOWNSHIP) else None
    if upper is None:
        return _("%(name)s妇女联合会") % {"name": division.label}
    return _("%(upper)s%(name)s妇女联合会") % {"upper": upper.label, "name": division.label}
