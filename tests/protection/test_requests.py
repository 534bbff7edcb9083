"""A person asks to look, copy, correct or delete: registered, due, answered, refused in writing, handed out."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine

from children.erasing import erase
from gansu_care.protection.models import PersonRequest
from gansu_care.protection.working_days import after_working_days
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.children.whole_database import holding
from tests.people import person
from tests.protection.registers import make_request
from tests.records import invented_id_number, make_child
from tests.uploading import registered

pytestmark = pytest.mark.django_db


def form(child, **values: str) -> dict[str, str]:
    return {
        "child_number": child.number,
        "kind": "copy",
        "received_on": "2026-11-03",
        "about": "要孩子的登记内容",
        "asked_by": "张大山",
        "capacity": "parent",
        "verified_how": "id_card",
        "phone": "13800000001",
    } | values


def answered(record: PersonRequest, **values: str):
    said = {
        "state": "granted",
        "answered_on": "2026-11-10",
        "answer": "已当面交给请求人",
        "version": str(record.version),
    }
    return signed_in("officer").post(f"/protection/requests/{record.number}/answer/", said | values)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2026, 11, 3), 15, date(2026, 11, 24)),
        (date(2026, 11, 6), 1, date(2026, 11, 9)),  # a Friday
        (date(2026, 11, 7), 1, date(2026, 11, 9)),  # a Saturday
        (date(2026, 12, 28), 15, date(2027, 1, 18)),
    ],
)
def test_working_days(day: date, days: int, due: date) -> None:
    assert after_working_days(day, days) == due


@time_machine.travel(date(2026, 11, 25))
def test_a_request_is_due_after_fifteen_working_days() -> None:
    child = make_child()
    officer = signed_in("officer")

    assert officer.post("/protection/requests/new/", form(child)).status_code == 302

    record = PersonRequest.objects.get()
    assert (record.due_on, record.division, record.state) == (date(2026, 11, 24), child.division, "open")
    assert record.asked_by.open() == "张大山"
    home = officer.get("/").content.decode()
    assert "1 件个人信息请求等待答复" in home
    assert "其中 1 件已过期限" in home
    assert record.number in officer.get(f"/children/{child.number}/").content.decode()
    assert Event.objects.filter(action=Action.ADD, kind="request", number=record.number).count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"child_number": "GC9999999999"}, "没有找到档案编号"),
        ({"received_on": "2999-01-01"}, "日期还没有到"),
        ({"about": ""}, "必填项"),
    ],
)
def test_a_request_that_cannot_be_is_refused_whole(values: dict[str, str], sentence: str) -> None:
    answer = signed_in("officer").post("/protection/requests/new/", form(make_child(), **values))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PersonRequest.objects.exists()


def test_another_countys_child_cannot_be_named() -> None:
    child = make_child("621125")

    answer = signed_in("officer").post("/protection/requests/new/", form(child))

    assert "没有找到档案编号" in answer.content.decode()


@time_machine.travel(date(2026, 11, 25))
def test_a_refusal_is_a_letter_with_its_reasons() -> None:
    record = make_request(make_child(), kind="delete")

    response = answered(record, state="refused", answer="孩子仍在册，监护人没有撤回同意")

    assert response.status_code == 302
    record.refresh_from_db()
    assert (record.state, record.answered_on) == ("refused", date(2026, 11, 10))
    letter = signed_in("officer").get(f"/protection/requests/{record.number}/letter/").content.decode()
    for words in ("不予办理告知书", "张大山", "孩子仍在册，监护人没有撤回同意", "向人民法院提起诉讼"):
        assert words in letter
    assert Event.objects.get(action=Action.PRINT).number == record.number


@time_machine.travel(date(2026, 11, 25))
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"answer": ""}, "必填项"),
        ({"answered_on": "2026-11-01"}, "答复日期早于收到日期"),
        ({"answered_on": "2026-12-01"}, "日期还没有到"),
        ({"version": "5"}, "刚刚被别人改过"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(values: dict[str, str], sentence: str) -> None:
    response = answered(make_request(make_child()), **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_an_answered_request_is_not_written_over() -> None:
    record = make_request(make_child(), state="granted", answered_on=date(2026, 11, 5), answer="已办理")
    officer = signed_in("officer")

    assert officer.get(f"/protection/requests/{record.number}/edit/").status_code == 404
    assert answered(record).status_code == 422
    assert officer.post(f"/protection/requests/{record.number}/printout/").status_code == 404


def test_one_child_in_full_for_who_may_ask(officer) -> None:
    child = registered(officer)
    record = make_request(child)

    answer = signed_in("officer").post(f"/protection/requests/{record.number}/printout/")

    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    lines = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert lines["身份证号"] == child.id_number.open()
    assert lines["姓名"] == "王小花"
    assert lines["监护人同意：同意人"] == "王大山"
    assert "13800000000" in lines.values()
    logged = {(event.action, event.number) for event in Event.objects.filter(number=child.number)}
    assert {(Action.UNMASK, child.number), (Action.EXPORT, child.number)} <= logged
    assert record.number in Event.objects.get(action=Action.UNMASK).reason
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("username", ["province", "admin"])
def test_who_may_not_see_full_values_hands_nothing_out(username: str) -> None:
    record = make_request(make_child(id_number=invented_id_number(date(2010, 9, 1), 3)))

    assert signed_in(username).post(f"/protection/requests/{record.number}/printout/").status_code == 403
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_when_the_record_is_erased_the_request_keeps_only_that_it_was(county) -> None:
    child = make_child(ended=(date(2020, 6, 1), "02"))
    record = make_request(
        child, asked_by="王二麻", answer="请王二麻来取", state="granted", answered_on=date(2026, 11, 5)
    )
    record._change_reason = "改"
    record.save()
    assert holding({"王二麻"})

    erase(child, "request", county)

    record.refresh_from_db()
    assert (record.state, record.asked_by, record.about) == ("granted", None, None)
    assert holding({"王二麻", "13800000001"}) == set()


def test_the_neighbour_county_learns_nothing() -> None:
    record = make_request(make_child())

    assert record.number not in signed_in("neighbour").get("/protection/requests/").content.decode()
    assert person("neighbour").may("keep_registers")
