"""The demo province in the register: exact figures, the annual report of 2015, refusals."""

from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Sum

from centers.models import Center
from children.models import Child
from funding.models import Receipt
from gansu_care.demo.seeding import Demo
from gansu_care.divisions.models import Division
from gansu_care.pages.models import SiteMark
from gansu_care.reports.annual import annual_report
from gansu_care.spreadsheets.models import Upload, UploadState
from tests.people import make_user

END_OF_2015 = date(2015, 12, 31)
FEW = 300


@pytest.fixture
def development(settings: Any) -> None:
    settings.DEBUG = True


def test_the_demo_province_and_its_report_of_2015(db: None, development: None, tmp_path: Any) -> None:
    said = StringIO()
    call_command("seed_demo", children=FEW, samples=tmp_path, stdout=said)

    received = Receipt.objects.until(END_OF_2015)
    assert Center.objects.built_by(END_OF_2015).count() == 1248
    assert Center.objects.fully_equipped_on(END_OF_2015).count() == 1248
    assert received.aggregate(total=Sum("amount"))["total"] == Decimal("21800000.00")
    assert received.joint().aggregate(total=Sum("amount"))["total"] == Decimal("1790000.00")
    assert Child.objects.count() == FEW
    assert Center.objects.values("county").distinct().count() == 87
    assert SiteMark.demo()
    assert len(list(tmp_path.iterdir())) == 8
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.APPLIED}
    the_report_shows_them()
    with pytest.raises(CommandError):  # no second one on top
        call_command("seed_demo", children=FEW, stdout=said)


def the_report_shows_them() -> None:
    report = annual_report(2015, Division.objects.get(code="620000"))
    key_figures = next(
        table for section in report.sections for table in section.tables if table.number == "T1"
    )
    shown = {row.label: [cell.value for cell in row.cells] for row in key_figures.rows}

    assert 1248 in shown["累计建成"]
    assert any(Decimal("21800000.00") in values for values in shown.values())
    assert any(Decimal("1790000.00") in values for values in shown.values())
    assert all(
        check.holds for section in report.sections for table in section.tables for check in table.checks
    )


def test_a_database_with_somebodys_data_is_refused(db: None, development: None) -> None:
    make_user("system", "620000")

    with pytest.raises(CommandError, match="免得虚构的人混进真的登记册"):
        call_command("seed_demo", children=1)
    assert not SiteMark.demo()


def test_production_is_refused(db: None, settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command("seed_demo", children=1)


def test_a_clock_that_is_behind_ends_the_story_earlier() -> None:
    with time_machine.travel("2026-03-02 09:00 +0800"):
        assert Demo().as_of == date(2026, 3, 2)
    with time_machine.travel("2031-01-01 09:00 +0800"):
        assert Demo().as_of == date(2026, 11, 20)
