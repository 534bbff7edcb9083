"""A child registered in another county: held, asked for, answered; what each side learns and what it does not."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from children import transfers
from children.models import Child, NameKey, TransferRequest, TransferState
from gansu_care.accounts.roles import Role
from gansu_care.trail.models import Action, Event
from tests.people import LINTAO, ZHANG, make_user, person
from tests.records import make_transfer
from tests.upload_pages import page, text
from tests.uploading import checked, children_file, codes, counts, registered

pytestmark = pytest.mark.django_db
NEAR = {"乡镇": "武阳镇"}  # of 漳县, the neighbour
SECRETS = ("临洮", "洮阳", "GC00000000", "李秀兰", "赵玉兰")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def child(officer) -> Child:
    """王小花, registered in 临洮县."""
    return registered(officer)


@pytest.fixture
def held(child, neighbour):
    """The neighbour county's file with her row."""
    return checked(neighbour, children_file(NEAR), "children")


def ask(client, upload, why="moved", row=2):
    address = reverse("children:ask_transfer", args=[upload.number, 0, row])
    return client.post(address, {"why": why})


@pytest.fixture
def asked(held, neighbour) -> TransferRequest:
    ask(signed_in(neighbour), held)
    return TransferRequest.objects.get()


def answer(user, request, act, refusal="", version=None):
    address = reverse("children:transfer_decide", args=[request.number])
    sent = {"act": act, "refusal": refusal, "version": version or request.version}
    return signed_in(user).post(address, sent)


# --- asking


def test_a_held_row_leads_to_the_request(held, neighbour):
    client = signed_in(neighbour)
    assert (counts(held), codes(held)) == ({"refused": 1}, ["W_TRANSFER_CANDIDATE"])
    address = reverse("children:ask_transfer", args=[held.number, 0, 2])
    assert address in page(client, "problems", held, show="rows")
    said = text(client.get(address).content.decode())
    assert "申请转入：第 2 行" in said
    assert "武阳镇" in said
    assert not any(secret in said for secret in SECRETS)


def test_the_asking_county_sees_its_own_request_and_nothing_of_the_record(asked, child, neighbour):
    client = signed_in(neighbour)
    for address in (asked.get_absolute_url(), reverse("children:transfers")):
        said = text(client.get(address).content.decode())
        assert asked.number in said
        assert "等待答复" in said
        assert not any(secret in said for secret in ("临洮", "洮阳", child.number, "王小花"))
    assert client.get(child.get_absolute_url()).status_code == 404
    event = Event.objects.filter(action=Action.ADD, kind="transferrequest").get()
    assert (event.number, event.username, event.reason) == (asked.number, "neighbour", asked.asked_from)


def test_wherever_the_child_is_the_answer_is_the_same(officer, neighbour, prefecture):
    """In the same prefecture or in another one: page for page, but for the numbers of upload and request."""
    said = []
    elsewhere = make_user(Role.COUNTY_OFFICER, "620123", username="yuzhong", name="榆中")
    for holder, place in ((officer, "洮阳镇"), (elsewhere, "城关镇")):
        registered(holder, 乡镇=place)
        upload = checked(neighbour, children_file(NEAR), "children")
        client = signed_in(neighbour)
        pages = [page(client, "problems", upload, show=show) for show in ("all", "kinds", "rows")]
        address = reverse("children:ask_transfer", args=[upload.number, 0, 2])
        pages.append(client.get(address).content.decode())
        made = ask(client, upload)
        request = TransferRequest.objects.latest("pk")
        pages.append(client.get(made.url).content.decode())
        said.append([_without_numbers(one, upload, request) for one in pages])
        TransferRequest.objects.all().delete()
        Child.objects.filter(voided_on=None).update(voided_on="2026-11-01", void_reason="x")
    assert said[0] == said[1]


def _without_numbers(html: str, upload, request) -> str:
    """What stands in the page itself, without what differs between any two uploads and requests."""
    found = re.search("<main.*</main>", html, re.S)
    assert found
    page = found[0].replace(upload.number, "").replace(request.number, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|\d\d:\d\d', "", page)


def test_asked_twice_there_is_one_request(held, neighbour):
    client = signed_in(neighbour)
    first, second = ask(client, held), ask(client, held)
    assert first.url == second.url
    assert TransferRequest.objects.count() == 1


def test_asking_is_limited(held, neighbour, monkeypatch):
    monkeypatch.setattr(transfers, "MOST_A_DAY", 0)
    refused = ask(signed_in(neighbour), held)
    assert refused.status_code == 409
    assert "今天提出的申请太多" in refused.content.decode()
    assert not TransferRequest.objects.exists()


def test_a_reason_must_be_given(held, neighbour):
    assert ask(signed_in(neighbour), held, why="").status_code == 422
    assert ask(signed_in(neighbour), held, why="other").status_code == 422
    assert not TransferRequest.objects.exists()


def test_only_a_held_row_can_be_asked_from(child, officer, neighbour):
    good = checked(neighbour, children_file(NEAR | {"姓名": "马小兰", "身份证号": None}), "children")
    assert ask(signed_in(neighbour), good).status_code == 404
    assert ask(signed_in(neighbour), good, row=99).status_code == 404
    assert not TransferRequest.objects.exists()


def test_a_child_that_is_gone_meanwhile_is_not_asked_for(held, child, neighbour):
    Child.objects.filter(pk=child.pk).update(voided_on="2026-11-01", void_reason="x")
    refused = ask(signed_in(neighbour), held)
    assert refused.status_code == 409
    assert "请重新检查这份表格" in refused.content.decode()


def test_who_may_ask(held, officer, county, township, prefecture, leader, neighbour):
    got = {
        user.username: ask(signed_in(user), held).status_code
        for user in (officer, county, township, prefecture, leader)
    }
    assert got == {"officer": 404, "county": 404, "township": 403, "prefecture": 403, "leader": 403}
    assert not TransferRequest.objects.exists()


# --- the answer


def test_the_holding_county_sees_the_child_and_is_reminded(asked, child, county):
    client = signed_in(county)
    assert "1 份转入申请等您答复" in text(client.get("/").content.decode())
    said = text(client.get(asked.get_absolute_url()).content.decode())
    for word in (child.number, "王小花", "武阳镇", "随父母或照护人搬到本地", "同意转出"):
        assert word in said
    read = Event.objects.filter(action=Action.READ, kind="child", username="county").get()
    assert read.number == child.number


def test_agreed_the_child_moves_with_her_history(asked, child, county, neighbour):
    episode = child.episodes.get().registered_on
    assert answer(county, asked, "agree").status_code == 302
    moved = Child.objects.get()
    assert (moved.division.name, moved.county.name, moved.version) == ("武阳镇", "漳县", child.version + 1)
    assert moved.episodes.get().registered_on == episode
    assert set(NameKey.objects.values_list("county__code", flat=True)) == {ZHANG}
    assert moved.history.latest().history_change_reason == f"transferred:{asked.number}"
    assert moved.history.count() == child.history.count()
    events = Event.objects.filter(username="county", action__in=(Action.CHANGE, Action.REVIEW))
    assert set(events.values_list("kind", "number")) == {
        ("child", moved.number),
        ("transfer.agreed", asked.number),
    }
    assert signed_in(county).get(moved.get_absolute_url()).status_code == 404
    assert signed_in(neighbour).get(moved.get_absolute_url()).status_code == 200


def test_both_sides_are_told_of_the_agreement(asked, held, child, county, neighbour):
    answer(county, asked, "agree")
    client = signed_in(neighbour)
    assert f"转入申请 {asked.number} 已同意" in text(client.get("/").content.decode())
    assert child.number in client.get(asked.get_absolute_url()).content.decode()
    again = checked(neighbour, children_file(NEAR), "children")
    assert counts(again) == {"same": 1}
    said = text(signed_in(county).get(reverse("children:transfers")).content.decode())
    assert "已同意" in said
    assert child.number in said


def test_refused_the_asking_county_reads_the_coded_reason_alone(asked, child, county, neighbour):
    assert answer(county, asked, "refuse", "still_here").status_code == 302
    client = signed_in(neighbour)
    assert f"转入申请 {asked.number} 没有同意" in text(client.get("/").content.decode())
    said = text(client.get(asked.get_absolute_url()).content.decode())
    assert "核实后，孩子没有转到申请地" in said
    assert not any(secret in said for secret in ("临洮", child.number, "王小花", "赵玉兰"))
    assert Child.objects.get().county.code == LINTAO


@pytest.mark.parametrize(
    ("act", "refusal"), [("", ""), ("refuse", ""), ("refuse", "because"), ("x", "unclear")]
)
def test_an_answer_that_says_nothing_is_refused(asked, county, act, refusal):
    assert answer(county, asked, act, refusal).status_code == 422
    asked.refresh_from_db()
    assert asked.state == TransferState.WAITING


def test_answered_once(asked, county, officer):
    answer(county, asked, "refuse", "unclear")
    second = answer(officer, asked, "agree")
    assert second.status_code == 409
    assert "已经答复过" in second.content.decode()
    assert Child.objects.get().county.code == LINTAO


def test_who_may_answer(asked, officer, county, neighbour, township, prefecture, province, leader):
    """The holding county, and whoever stands above both; not the asking county itself."""
    stranger = make_user(Role.STAFF_COUNTY, "621122", username="longxi")
    looks = {
        user.username: signed_in(user).get(asked.get_absolute_url()).status_code
        for user in (officer, county, neighbour, township, prefecture, province, leader, stranger)
    }
    assert looks == {
        "officer": 200, "county": 200, "neighbour": 200, "township": 403, "prefecture": 200, "province": 200,
        "leader": 403, "longxi": 404,
    }  # fmt: skip
    got = {
        user.username: answer(user, asked, "x").status_code
        for user in (officer, county, neighbour, township, prefecture, province, leader, stranger)
    }
    assert got == {
        "officer": 422, "county": 422, "neighbour": 403, "township": 403, "prefecture": 422, "province": 422,
        "leader": 403, "longxi": 404,
    }  # fmt: skip


def test_a_prefecture_above_the_holding_county_alone_does_not_answer(child):
    far = make_transfer(child, "620123", person("province"))  # 榆中县, of another prefecture
    assert signed_in(person("prefecture")).get(far.get_absolute_url()).status_code == 200
    assert answer(person("prefecture"), far, "agree").status_code == 403
    assert answer(person("province"), far, "agree").status_code == 302
    assert fresh_county() == "620123"


def fresh_county() -> str:
    return Child.objects.get().county.code


def test_the_list_has_the_requests_of_both_sides_only(asked, officer, neighbour):
    stranger = make_user(Role.COUNTY_OFFICER, "621122", username="longxi")
    seen = {
        user.username: asked.number in signed_in(user).get(reverse("children:transfers")).content.decode()
        for user in (officer, neighbour, stranger)
    }
    assert seen == {"officer": True, "neighbour": True, "longxi": False}
