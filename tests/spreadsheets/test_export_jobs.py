"""A long list is made as a job: the same file as a short one, sealed where it lies, for one person, for one day."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from centers.models import Center
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Division
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import cancel, run
from gansu_care.spreadsheets import export_jobs, limits
from gansu_care.spreadsheets.export_jobs import clear_exports
from gansu_care.spreadsheets.models import ListExport, ListExportPart
from gansu_care.trail.models import Action, Event
from tests.people import ZHANG, person
from tests.records import make_center

pytestmark = pytest.mark.django_db
LIST, JOBS = "/centers/export/", "/uploads/jobs/"


@pytest.fixture(autouse=True)
def long_from_three_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXPORT_AT_ONCE", 2)


@pytest.fixture
def four(officer) -> None:
    for place in range(4):
        make_center(name=f"第{place}儿童之家")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def asked_for(client: Client, query: str = "") -> ListExport:
    answer = client.get(LIST + query)
    assert (answer.status_code, answer.headers["Location"]) == (302, JOBS)
    return ListExport.objects.latest("id")


def made(client: Client) -> ListExport:
    export = asked_for(client)
    run(export.job.pk)
    export.refresh_from_db()
    return export


def fetched(client: Client, export: ListExport) -> bytes | None:
    answer = client.get(f"/uploads/exports/{export.pk}/")
    return b"".join(answer.streaming_content) if answer.streaming else None


def names_in(content: bytes) -> set[str]:
    cells = [
        cell.value for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row
    ]
    known = set(Center.objects.values_list("name", flat=True))
    return known & set(cells)


# --- made


def test_a_long_list_is_made_behind_the_page_and_found_again(four) -> None:
    client = signed_in("officer")
    export = made(client)
    assert (export.job.state, export.rows, export.job.total) == (JobState.DONE, 4, 0)
    assert export.file_name in client.get("/").content.decode(), "the home page reminds her"
    assert f"/uploads/exports/{export.pk}/" in client.get(JOBS).content.decode()
    content = fetched(client, export)
    assert content is not None
    assert (len(content), len(names_in(content))) == (export.size, 4)
    assert export.file_name not in client.get("/").content.decode()


def test_it_holds_what_the_list_on_the_screen_held(four) -> None:
    client, one = signed_in("officer"), Center.objects.first()
    export = asked_for(client)
    Center.objects.filter(pk=one.pk).update(village="改了的村")
    assert Job.objects.get(kind="export_list").object_id == export.pk
    assert sorted(export.ids) == sorted(Center.objects.values_list("pk", flat=True))


def test_a_short_list_comes_at_once(officer) -> None:
    make_center()
    assert signed_in("officer").get(LIST).status_code == 200
    assert not ListExport.objects.exists()


def test_a_second_click_makes_no_second_file(four) -> None:
    client = signed_in("officer")
    assert asked_for(client).pk == asked_for(client).pk
    assert ListExport.objects.count() == 1


def test_a_job_that_runs_again_leaves_one_file(four) -> None:
    export = made(signed_in("officer"))
    parts = export.parts.count()
    Job.objects.filter(pk=export.job.pk).update(state=JobState.WAITING)
    run(export.job.pk)
    assert ListExportPart.objects.count() == parts


def test_one_that_is_cancelled_leaves_none(four, officer) -> None:
    export = asked_for(signed_in("officer"))
    assert cancel(export.job, officer)
    run(export.job.pk)
    assert (export.job.state, export.parts.count()) == (JobState.CANCELLED, 0)


# --- sealed, and hers alone


def test_neither_names_nor_the_file_lie_open_in_the_database(four, monkeypatch) -> None:
    monkeypatch.setattr(export_jobs, "PART_BYTES", 1000)
    client = signed_in("officer")
    export = made(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM spreadsheets_listexportpart")
        held = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(held) > 3
    assert not any(piece.startswith(b"PK") for piece in held)
    assert len(names_in(fetched(client, export) or b"")) == 4, "the pieces make the file again"


@pytest.mark.parametrize("username", ["county", "prefecture", "admin", "neighbour"])
def test_nobody_else_fetches_it(four, username) -> None:
    export = made(signed_in("officer"))
    assert signed_in(username).get(f"/uploads/exports/{export.pk}/").status_code == 404


def test_not_after_a_right_was_taken_or_a_center_has_left_her_scope(four, officer) -> None:
    client = signed_in("officer")
    export = made(client)
    center = Center.objects.first()
    center.division = Division.objects.get(code=ZHANG)
    center.save_version(center.version)
    assert fetched(client, export) is None
    assert "请重新导出" in client.get(JOBS).content.decode()
    User.objects.filter(pk=officer.pk).update(role=Role.LEADER)
    assert client.get(f"/uploads/exports/{export.pk}/").status_code == 403


def test_the_trail_has_the_making_and_each_fetching(four) -> None:
    client = signed_in("officer")
    export = made(client)
    fetched(client, export)
    fetched(client, export)
    events = (
        Event.objects.filter(action=Action.EXPORT).order_by("id").values_list("username", "rows", "reason")
    )
    assert list(events) == [("officer", 4, "export"), ("officer", 4, "fetched"), ("officer", 4, "fetched")]


# --- gone after a day


def test_after_a_day_it_is_gone(four) -> None:
    client = signed_in("officer")
    export = made(client)
    assert clear_exports() == 0
    ListExport.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert (clear_exports(), clear_exports()) == (1, 0)
    assert not ListExportPart.objects.exists()
    assert ListExport.objects.get().ids == []
    assert fetched(client, export) is None
    assert "已经到期删除" in client.get(JOBS).content.decode()
    assert Event.objects.filter(action=Action.CLEAR, reason="fetched").count() == 1
