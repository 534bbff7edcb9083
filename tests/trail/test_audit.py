"""The yearly audit: counts, unmaskings, files, refused access, and whether the chain holds."""

import io

import pytest
import time_machine
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from gansu_care.trail.chain import seal_events
from gansu_care.trail.events import record_event
from gansu_care.trail.guards import lift_guards, set_guards
from gansu_care.trail.models import Action, Event
from tests.people import person

pytestmark = pytest.mark.django_db


def taken(year: int, who: str = "auditor"):
    client = Client()
    client.force_login(person(who))
    return client.get(f"/trail/audit/{year}/")


def cells(answer) -> dict[str, list[list[str]]]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return {
        sheet.title: [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.rows]
        for sheet in book
    }


def test_a_year_of_acts_is_counted_and_listed(officer, leader) -> None:
    with time_machine.travel("2025-12-31T23:59:00+08:00", tick=False):
        record_event(
            Action.UNMASK, officer, kind="child.id_number", number="GC0000000019", rows=1, reason="旧年的"
        )
    with time_machine.travel("2026-03-01T09:00:00+08:00", tick=False):
        record_event(
            Action.UNMASK, officer, kind="child.id_number", number="GC0000000027", rows=1, reason="核对户籍"
        )
        record_event(Action.DOWNLOAD, officer, kind="export.file", number="E-621124-20260301-001", rows=12)
        record_event(Action.REFUSED, leader, kind="children", reason="GET children:list")
    seal_events()
    found = cells(taken(2026))
    text = str(found)
    assert "GC0000000027" in text
    assert "E-621124-20260301-001" in text
    assert "旧年的" not in text
    assert "首尾相连，没有改动" in text
    months = next(rows for title, rows in found.items() if "各类操作" in str(rows[0]))
    unmask = next(row for row in months if row and row[0] == "查看完整信息")
    assert unmask[1:] == ["0", "0", "1", *["0"] * 9, "1"]


def test_a_broken_chain_is_told(officer) -> None:
    record_event(Action.READ, officer, kind="child")
    seal_events()
    lift_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_event SET rows = 9")
    set_guards(connection)
    assert "有问题，见下" in str(cells(taken(2026)))


def test_taking_it_leaves_an_event_and_only_the_auditor_takes_it() -> None:
    taken(2026)
    event = Event.objects.get(action=Action.EXPORT)
    assert (event.kind, event.number, event.username) == ("audit", "2026", "auditor")
    assert taken(2026, "province").status_code == 403
    assert taken(1999).status_code == 404
    assert taken(2999).status_code == 404
