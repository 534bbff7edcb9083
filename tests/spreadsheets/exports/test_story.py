"""A file with children leaves on request: asked for, agreed to by somebody else, fetched once, opened with a password
that came by another way."""

import io
import re
from datetime import date, timedelta

import msoffcrypto
import pytest
import pyzipper
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from children.models import Child
from gansu_care.accounts.roles import Role
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.exports.deciding import AlreadyDecided, approve, refuse, withdraw
from gansu_care.spreadsheets.exports.handing_out import expire_due
from gansu_care.spreadsheets.exports.making import make_export
from gansu_care.spreadsheets.models import ExportFilePart, ExportRequest, ExportState, Upload
from gansu_care.spreadsheets.release import ApprovalMissing, release
from gansu_care.spreadsheets.uploads import check_upload, receive
from gansu_care.trail.models import Action, Event
from tests.exporting import EVERY_PART, agreed, asked, fetched, no_progress, opened, sheet_of
from tests.people import make_user, person
from tests.records import invented_id_number, make_child

pytestmark = pytest.mark.django_db
ASK = "/exports/new/children/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def filled(**changes) -> dict:
    return {"purpose": "开学前核对学籍", "recipient": "县教育局", "parts": EVERY_PART, "full": "", **changes}


def cells(sheet) -> list[str]:
    return [str(cell.value) for row in sheet.rows for cell in row if cell.value is not None]


# --- the whole story through the pages


def test_officer_asks_staff_agrees_officer_fetches_once_and_opens_it(officer, county):
    child = make_child(name="王小红", sex="2", id_number=invented_id_number(date(2010, 9, 1), 12))
    make_child(name="张小明")
    her, staff = signed_in("officer"), signed_in("county")

    page = her.get(ASK + "?sex=2").content.decode()
    assert [word for word in ("性别", "女", "1 名", "赵玉兰") if word not in page] == []
    answer = her.post(ASK + "?sex=2", filled())
    request = ExportRequest.objects.get()
    assert answer.url == f"/exports/{request.number}/"
    assert (request.rows_asked, request.state, request.full) == (1, ExportState.WAITING, False)

    assert request.number in staff.get("/").content.decode()
    assert "县教育局" in staff.get(f"/exports/{request.number}/").content.decode()
    told = staff.post(f"/exports/{request.number}/approve/", {"looked": "1"}).content.decode()
    password = re.search(r"\b[2-9bcdfghjkmnpqrstvwxz]{4}(?:-[2-9bcdfghjkmnpqrstvwxz]{4}){2}", told)[0]
    assert password not in her.get(f"/exports/{request.number}/").content.decode()
    assert password not in staff.get(f"/exports/{request.number}/").content.decode()

    make_export(request.pk, no_progress)
    assert "去下载" in her.get("/").content.decode()
    got = her.post(f"/exports/{request.number}/file/")
    assert got.headers["Cache-Control"] == "private, no-store"
    content = b"".join(got.streaming_content)
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(content, "wrong")
    book = load_workbook(io.BytesIO(opened(content, password)))
    assert child.number in cells(book.worksheets[0])
    assert "张小明" not in cells(book.worksheets[0])
    assert child.id_number.open() not in cells(book.worksheets[0])
    assert "李晓梅" in book.worksheets[0].oddHeader.center.text
    assert "李晓梅" in book.worksheets[0].oddFooter.left.text
    assert any(request.number in line for line in cells(book["导出说明"]))
    assert any("县教育局" in line for line in cells(book["导出说明"]))

    assert not ExportFilePart.objects.exists()
    again = her.post(f"/exports/{request.number}/file/", follow=True).content.decode()
    assert "已经下载过" in again


def test_every_step_is_in_the_trail(officer, county):
    make_child()
    fetched(officer)
    told = [
        (event.action, event.kind, event.rows)
        for event in Event.objects.filter(kind__startswith="export").order_by("id")
    ]
    assert told == [
        (Action.REQUEST, "export.ask", 1),
        (Action.REVIEW, "export.approve", 1),
        (Action.DOWNLOAD, "export.file", 1),
    ]
    made = Event.objects.get(action=Action.EXPORT)
    assert (made.kind, made.rows, made.username, made.reason) == (
        "child",
        1,
        "officer",
        "children 开学前核对",
    )
    assert made.number == ExportRequest.objects.get().number


# --- who agrees


def test_nobody_agrees_to_her_own_request(county):
    make_child()
    request = asked(county)
    with pytest.raises(PermissionDenied):
        approve(request, county)
    client = signed_in("county")
    assert "approve" not in client.get(f"/exports/{request.number}/").content.decode()
    assert client.post(f"/exports/{request.number}/approve/", {"looked": "1"}).status_code == 403


@pytest.mark.parametrize("who", ["county", "prefecture", "province", "admin"])
def test_the_same_unit_or_one_above_it_may_agree(request, officer, who):
    make_child()
    one = asked(officer)
    assert approve(one, request.getfixturevalue(who))
    one.refresh_from_db()
    assert one.state == ExportState.APPROVED


@pytest.mark.parametrize("who", ["officer", "neighbour", "township", "leader", "auditor", "system"])
def test_nobody_else_may(request, officer, who):
    one, user = asked(officer), request.getfixturevalue(who)
    with pytest.raises((PermissionDenied, AlreadyDecided)):
        approve(one, user)
    one.refresh_from_db()
    assert one.state == ExportState.WAITING


def test_a_unit_beside_or_below_does_not_even_see_it(prefecture, county):
    one = asked(prefecture)
    beside = make_user(Role.STAFF_COUNTY, "621125", username="beside")
    for user in (county, beside):
        client = Client()
        client.force_login(user)
        there = client.get(f"/exports/{one.number}/")
        nowhere = client.get("/exports/E-621100-20200101-001/")
        assert there.status_code == nowhere.status_code == 404
        assert strip(there, one.number) == strip(nowhere, "E-621100-20200101-001")


def strip(answer, number: str) -> str:
    own = r'R-\w{8}|csrftoken": ?"\w+"|name="csrfmiddlewaretoken" value="\w+"'
    return re.sub(own, "", answer.content.decode().replace(number, ""))


def test_a_colleague_without_the_right_to_agree_sees_only_her_own(officer):
    other = make_user(Role.COUNTY_OFFICER, "621124", username="other")
    one = asked(officer)
    client = Client()
    client.force_login(other)
    assert client.get(f"/exports/{one.number}/").status_code == 404
    assert one.number not in client.get("/exports/").content.decode()


def test_a_refusal_has_a_reason_and_the_requester_reads_it(officer, county):
    one = asked(officer)
    staff, her = signed_in("county"), signed_in("officer")
    assert staff.post(f"/exports/{one.number}/refuse/", {"why": ""}).status_code == 422
    staff.post(f"/exports/{one.number}/refuse/", {"why": "栏目太多，只要姓名和学校"})
    assert "栏目太多，只要姓名和学校" in her.get(f"/exports/{one.number}/").content.decode()
    with pytest.raises(AlreadyDecided):
        approve(one, county)


def test_who_asked_may_take_it_back_and_then_nobody_agrees(officer, county):
    one = asked(officer)
    withdraw(one, officer)
    with pytest.raises(AlreadyDecided):
        approve(one, county)
    with pytest.raises(AlreadyDecided):
        refuse(one, county, "晚了")


def test_a_yes_without_having_looked_is_none(officer, county):
    one = asked(officer)
    assert signed_in("county").post(f"/exports/{one.number}/approve/").status_code == 422
    one.refresh_from_db()
    assert one.state == ExportState.WAITING


# --- masked or full, and which columns


def test_full_values_leave_only_when_the_request_asked_for_them(province):
    """The province has no right of its own to look behind a mask: here the approval gives it."""
    make_child(name="张小明", id_number="620100201009010013", health=["disabled"])
    masked, full = cells(sheet_of(province)), cells(sheet_of(province, full=True))
    assert "620100201009010013" not in masked
    assert "张小明" not in masked
    assert "残疾" not in masked
    assert {"620100201009010013", "张小明", "残疾"} <= set(full)


def test_only_the_columns_that_were_asked_for_leave(officer):
    make_child(school="洮阳小学")
    made = cells(sheet_of(officer, parts=["identity"]))
    assert "张小明" in made
    assert "洮阳小学" not in made
    assert "父亲姓名" not in made


@pytest.mark.parametrize(
    ("part", "read"), [("identity", set()), ("family", {"parent", "grandparent"}), ("care", {"carer"})]
)
def test_persons_who_were_not_asked_for_are_not_even_read(officer, part, read):
    make_child()
    request, _password = agreed(officer, parts=[part])
    with CaptureQueriesContext(connection) as heard:
        make_export(request.pk, no_progress)
    asked_for = " ".join(query["sql"] for query in heard)
    assert {
        who for who in ("parent", "grandparent", "carer") if f'FROM "children_{who}"' in asked_for
    } == read


def test_a_searched_id_number_stands_nowhere_in_clear(officer, county):
    make_child(id_number="620100201009010013")
    one = asked(officer, "q=620100201009010013")
    assert one.rows_asked == 1
    assert b"620100201009010013" not in bytes(
        ExportRequest.objects.extra(select={"raw": "filter_json"}).values_list("raw", flat=True)[0]
    )
    page = signed_in("county").get(f"/exports/{one.number}/").content.decode()
    assert "6201**********0013" in page
    assert "620100201009010013" not in page


# --- the door


def test_without_an_approval_no_child_leaves(officer):
    make_child()
    rows = Child.objects.visible_to(officer)
    with pytest.raises(ApprovalMissing):
        release(officer, "children", rows)
    with pytest.raises(ApprovalMissing):
        release(officer, "children", rows, masked=False, full_reason="核对")
    with pytest.raises(ApprovalMissing):
        release(officer, "children", rows, approval=asked(officer))
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_an_approval_serves_nobody_else(officer):
    request, _password = agreed(officer)
    other = make_user(Role.COUNTY_OFFICER, "621124", username="other")
    with pytest.raises(ApprovalMissing):
        release(other, "children", Child.objects.all(), approval=request)


def test_rights_that_ended_after_the_yes_end_the_request(officer):
    make_child()
    request, _password = agreed(officer)
    officer.role = Role.LEADER
    officer.save()
    make_export(request.pk, no_progress)
    request.refresh_from_db()
    assert request.state == ExportState.FAILED
    assert request.password is None
    assert not ExportFilePart.objects.exists()


# --- time


def test_after_a_day_the_file_is_gone(officer):
    make_child()
    request, _password = agreed(officer)
    make_export(request.pk, no_progress)
    assert ExportFilePart.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert (
            "已经过期"
            in signed_in("officer").post(f"/exports/{request.number}/file/", follow=True).content.decode()
        )
        assert expire_due() == 1
    request.refresh_from_db()
    assert (request.state, ExportFilePart.objects.count()) == (ExportState.EXPIRED, 0)
    assert Event.objects.filter(action=Action.CLEAR, number=request.number).count() == 1


def test_a_request_that_nobody_answers_runs_out(officer, county):
    one = asked(officer)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        with pytest.raises(AlreadyDecided):
            approve(one, county)
        assert expire_due() == 1
    one.refresh_from_db()
    assert one.state == ExportState.EXPIRED


def test_a_job_that_is_run_twice_makes_one_file(officer):
    make_child()
    request, _password = agreed(officer)
    make_export(request.pk, no_progress)
    make_export(request.pk, no_progress)
    assert Event.objects.filter(action=Action.EXPORT).count() == 1
    assert ExportFilePart.objects.count() == 1


def test_the_file_lies_sealed_and_the_password_does_not_outlive_its_making(officer):
    make_child(name="张小明")
    request, password = agreed(officer)
    assert request.password == password.encode()
    make_export(request.pk, no_progress)
    request.refresh_from_db()
    assert request.password is None
    raw = bytes(ExportFilePart.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)[0])
    assert not raw.startswith(b"\xd0\xcf")  # no file that Office would know


# --- many rows, and the way back


def test_more_rows_than_an_upload_may_hold_leave_in_a_zip_with_the_password(prefecture, monkeypatch):
    monkeypatch.setattr(limits, "DATA_ROWS", 2)
    for place in ("621124", "621124", "621124", "621125"):
        make_child(place)
    content, password = fetched(prefecture)
    archive = pyzipper.AESZipFile(io.BytesIO(content))
    assert [name.split("_")[0] for name in archive.namelist()] == [
        "临洮县留守儿童",
        "临洮县留守儿童",
        "漳县留守儿童",
    ]
    with pytest.raises(RuntimeError):
        archive.read(archive.namelist()[0])
    archive.setpassword(password.encode())
    assert archive.read(archive.namelist()[0]).startswith(b"PK")


def test_the_protected_file_is_named_as_such_when_uploaded_and_opened_it_is_all_the_same(officer):
    make_child()
    content, password = fetched(officer)
    closed = receive(content, "名单.xlsx", "children", officer, queue=False).upload
    check_upload(closed.pk, no_progress)
    closed.refresh_from_db()
    assert closed.unreadable_code == "E_FILE_ENCRYPTED"

    upload = receive(opened(content, password), "名单.xlsx", "children", officer, queue=False).upload
    check_upload(upload.pk, no_progress)
    upload = Upload.objects.get(pk=upload.pk)
    assert (upload.same, upload.rows) == (1, 1)
