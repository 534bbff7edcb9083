"""Erasing on its pages: what is due, the proposal, the other person's decision, and what is left to see."""

from datetime import date

import pytest

from children.models import Child, Erasure
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.records import make_child

pytestmark = pytest.mark.django_db
GONE = (date(2020, 6, 1), "02")


def proposed(child: Child, username: str = "officer", **values: str) -> int:
    form = {"ground": "retention"} | values
    return signed_in(username).post(f"/protection/erasures/{child.number}/propose/", form).status_code


def decided(child: Child, username: str = "county", **values: str):
    form = {"decision": "confirm", "typed": child.number} | values
    return signed_in(username).post(f"/protection/erasures/{child.number}/decide/", form)


def test_from_the_list_of_what_is_due_to_a_record_without_a_person() -> None:
    child = make_child(ended=GONE)
    officer, county = signed_in("officer"), signed_in("county")
    assert "1 份档案到期，请提出删除" in officer.get("/").content.decode()
    due = officer.get("/protection/erasures/due/").content.decode()
    assert child.number in due
    assert "退出后保存期已满" in due

    assert proposed(child) == 302
    assert "1 份删除申请等待您确认" in county.get("/").content.decode()
    assert "等待您确认" not in officer.get("/").content.decode()
    assert child.number in county.get("/protection/erasures/").content.decode()
    assert decided(child).status_code == 302

    child.refresh_from_db()
    assert (child.name, child.status) == ("", "restricted")
    page = officer.get(f"/children/{child.number}/").content.decode()
    assert "个人信息已于" in page
    assert "张小明" not in page
    assert child.number not in officer.get("/protection/erasures/due/").content.decode()
    told = Event.objects.filter(number=child.number).exclude(action=Action.READ)
    assert [(event.action, event.username, event.reason) for event in told] == [
        (Action.CHANGE, "county", "确认删除"),
        (Action.CLEAR, "county", "退出后保存期已满"),
        (Action.CHANGE, "officer", "退出后保存期已满"),
        (Action.CHANGE, "officer", "退出后保存期已满"),
    ]  # fmt: skip


def test_who_proposed_finds_no_page_to_confirm_on() -> None:
    child = make_child(ended=GONE)
    proposed(child, "county")

    assert decided(child, "county").status_code == 404
    assert Child.objects.get().name == "张小明"


def test_a_confirmation_asks_for_the_number_once_more() -> None:
    child = make_child(ended=GONE)
    proposed(child)

    answer = decided(child, typed="GC0000000019")

    assert answer.status_code == 422
    assert "不一致" in answer.content.decode()
    assert Child.objects.get().name == "张小明"


def test_a_refusal_needs_its_reason_and_keeps_the_record() -> None:
    child = make_child(ended=GONE)
    proposed(child)

    assert decided(child, decision="decline", note="").status_code == 422
    assert decided(child, decision="decline", note="案件还没有结束").status_code == 302

    assert Erasure.objects.get().state == "declined"
    assert Child.objects.get().name == "张小明"


def test_a_child_in_the_register_is_not_proposed() -> None:
    child = make_child()

    answer = signed_in("officer").post(f"/protection/erasures/{child.number}/propose/", {"ground": "request"})

    assert answer.status_code == 409
    assert "还在册" in answer.content.decode()
    assert not Erasure.objects.exists()


def test_of_two_who_propose_the_second_is_told() -> None:
    child = make_child(ended=GONE)
    proposed(child)

    answer = signed_in("county").post(
        f"/protection/erasures/{child.number}/propose/", {"ground": "retention"}
    )

    assert answer.status_code == 409
    assert "已经提出删除" in answer.content.decode()


def test_the_neighbour_county_neither_sees_nor_proposes() -> None:
    child = make_child(ended=GONE)

    neighbour = signed_in("neighbour")

    assert child.number not in neighbour.get("/protection/erasures/due/").content.decode()
    assert proposed(child, "neighbour") == 404
