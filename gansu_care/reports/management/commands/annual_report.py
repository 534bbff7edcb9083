"""annual_report YEAR [--division CODE] --format {json,xlsx,html} --out FILE: the annual report as a file."""

import getpass
import io
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gansu_care.divisions.book import book
from gansu_care.divisions.models import Division
from gansu_care.reports.annual import Report, annual_report
from gansu_care.reports.paper import paper_of
from gansu_care.reports.periods import UnknownYear, known_year
from gansu_care.spreadsheets.tables import check_text
from gansu_care.spreadsheets.writing.reports import write_report
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

STYLES_HERE = "<!-- styles -->"
# Of Bootstrap's sheet the paper needs this rule alone.
HIDDEN = ".visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"


class Command(BaseCommand):
    help = "Writes the annual report of a year and division to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year")
        parser.add_argument("--division", default="620000", help="code of a province, prefecture or county")
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument(
            "--public",
            action="store_true",
            help="for everybody to read: small figures of children are withheld",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, division = _year(options["year"]), _division(options["division"])
        report = annual_report(year, division, public=options["public"])
        _write(options["out"], FORMATS[options["format"]](report))
        record_event(
            Action.EXPORT,
            None,
            kind="annual_report",
            number=f"{report.year}-{report.division.code}",
            rows=len(report.tables),
            system_user=getpass.getuser(),
            reason="public" if options["public"] else "",
        )
        self.stdout.write(_("已写入 %(file)s：%(title)s") % {"file": options["out"], "title": report.title})
        for table, check in report.failed:
            self.stderr.write(
                _("勾稽关系不成立：%(table)s %(check)s") % {"table": table.label, "check": check_text(check)}
            )


def _year(text: str) -> int:
    try:
        return known_year(text)
    except UnknownYear as error:
        raise CommandError(str(error)) from error


def _division(code: str) -> Division:
    division = book().by_code.get(code)
    if division is None:
        raise CommandError(
            _("没有代码为“%(code)s”的行政区划。请填省、市州或县区的6位代码，如 620000。") % {"code": code}
        )
    return division.current


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        words = {"file": file, "why": error.strerror}
        raise CommandError(_("不能写入文件 %(file)s：%(why)s。请换一个文件名或文件夹。") % words) from error


def _json(report: Report) -> bytes:
    return json.dumps(report.as_json(), ensure_ascii=False, indent=1).encode()


def _xlsx(report: Report) -> bytes:
    file = io.BytesIO()
    write_report(file, report.tables)
    return file.getvalue()


def _html(report: Report) -> bytes:
    """One file that opens anywhere: the page's own style sheet is put into it."""
    page = render_to_string("reports/annual_report_file.html", paper_of(report))
    found = finders.find("design.css")
    styles = Path(found).read_text(encoding="utf-8") if found else ""
    return page.replace(STYLES_HERE, f"<style>\n{styles}\n{HIDDEN}\n</style>", 1).encode()


FORMATS = {"json": _json, "xlsx": _xlsx, "html": _html}
