"""Who may see no child is not told of 1 to 4 of them: on the page, in print, in xlsx and JSON alike."""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from gansu_care.divisions.models import Division
from gansu_care.reports.annual import annual_report
from gansu_care.reports.annual.withholding import withheld_flows, withheld_lines
from gansu_care.reports.indicators import CHILDREN_REGISTERED
from gansu_care.reports.periods import year_period
from gansu_care.reports.places import WHOLE
from gansu_care.spreadsheets.tables import WITHHELD
from tests.people import person
from tests.records import make_child

pytestmark = pytest.mark.django_db
YEAR = 2018
COUNTS = {"621124": 9, "621125": 7, "620102": 12}  # 临洮县 and 漳县 in 定西市, 城关区 in 兰州市


@pytest.fixture
def children() -> None:
    for place, count in COUNTS.items():
        for n in range(count):
            girl = n < (2 if place == "621124" else 4)
            make_child(
                place, sex="2" if girl else "1", birth_date=date(2008 + n % 4, 9, 1),
                schooling="primary" if n % 3 else "preschool",
            )  # fmt: skip


def report(code: str, **how):
    return annual_report(YEAR, Division.objects.get(code=code), **how)


def table(report, number: str):
    return next(one for one in report.tables if one.number == number)


def values(table) -> dict:
    return {
        (str(row.label), column.key): cell.value
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=False)
    }


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def test_two_girls_of_a_county_are_not_told_and_cannot_be_added_up(children) -> None:
    told, whole = values(table(report("621100", public=True), "T2")), values(table(report("621100"), "T2"))
    girls = [key for key in told if key[1] == "sex_2"]
    assert told["临洮县", "sex_2"] == WITHHELD
    assert told["临洮县", "sex_1"] == WITHHELD
    assert sum(told[key] == WITHHELD for key in girls) >= 2
    assert {key: value for key, value in told.items() if value != WITHHELD} == {
        key: whole[key] for key in told if told[key] != WITHHELD
    }


def test_no_table_of_the_report_tells_what_another_withholds(children) -> None:
    """The same cell is withheld in every table, and in the report above and below."""
    for code, line in (("620000", "定西市"), ("621100", "合计"), ("621100", "临洮县"), ("621124", "合计")):
        totals = {
            values(table(report(code, public=True), number))[line, "total"]
            for number in ("T2", "T3", "T4", "T5")
        }
        assert len(totals) == 1, (code, line)
    for upper, label, lower in (("620000", "定西市", "621100"), ("621100", "临洮县", "621124")):
        above, below = (table(report(code, public=True), "T2") for code in (upper, lower))
        for column in ("total", "sex_1", "sex_2"):
            assert values(above)[label, column] == values(below)["合计", column], (upper, column)


@pytest.mark.parametrize("username", ["leader", "auditor"])
def test_page_and_workbook_are_alike_for_who_sees_no_child(children, username: str) -> None:
    client = signed_in(username)
    page = client.get(f"/report/{YEAR}/621100/").content.decode()
    assert "不公布" in page
    assert not re.search(rf'href="/report/{YEAR}/\d+/children_', page)
    content = b"".join(client.get(f"/report/{YEAR}/621100/xlsx/").streaming_content)
    cells = [str(cell.value) for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    assert "*" in cells


def test_who_sees_the_children_is_told_all(children) -> None:
    for username in ("prefecture", "province", "admin"):
        page = signed_in(username).get(f"/report/{YEAR}/621100/").content.decode()
        assert "不公布" not in page


def test_the_command_writes_a_public_report(children, tmp_path) -> None:
    files = {name: tmp_path / f"{name}.json" for name in ("public", "whole")}
    call_command("annual_report", YEAR, "--division", "621100", "--format", "json", "--out", files["whole"])
    call_command(
        "annual_report",
        YEAR,
        "--division",
        "621100",
        "--format",
        "json",
        "--out",
        files["public"],
        "--public",
    )
    read = {name: json.loads(file.read_text()) for name, file in files.items()}
    rows = {
        name: {row["label"]: row["cells"] for row in one["tables"]["T2"]["rows"]}
        for name, one in read.items()
    }
    assert rows["whole"]["临洮县"]["sex_2"] == 2
    assert rows["public"]["临洮县"]["sex_2"] == WITHHELD
    assert "*" not in json.dumps(read["whole"]["tables"])


def test_the_home_page_withholds_what_the_report_does(children) -> None:
    make_child("621126")
    hidden = withheld_lines(CHILDREN_REGISTERED, Division.objects.get(code="621100"), year_period(YEAR))
    assert Division.objects.get(code="621126").pk in hidden
    assert len(hidden) >= 2
    assert WHOLE not in hidden
    client = signed_in("leader")
    page = client.get(f"/stand/?division=621100&year={YEAR}", follow=True).content.decode()
    assert page.count(">*<") >= 2


def test_entries_and_exits_go_together(children) -> None:
    make_child("621126", registered_on=date(YEAR, 3, 1))
    division = Division.objects.get(code="621100")
    assert Division.objects.get(code="621126").pk in withheld_flows(division, YEAR)
    told = values(table(report("621126", public=True), "T1"))
    flows = {label: value for (label, column), value in told.items() if column == "this" and "本年" in label}
    assert {flows[label] for label in flows if "入册" in label or "退出" in label} == {WITHHELD}
