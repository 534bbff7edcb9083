"""One child's pages: look, add, edit, clash of two editors, end, void, unmask, history."""

from datetime import date

import pytest

from children.models import Child, ChildStatus
from gansu_care.trail.models import Action, Event
from tests.children.child_form import edited, filled, signed_in
from tests.records import division, invented_id_number, make_child

pytestmark = pytest.mark.django_db
ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)
OTHER_ID_NUMBER = invented_id_number(date(2010, 9, 1), 5)


def test_officer_registers_a_child_with_her_family() -> None:
    response = signed_in("officer").post("/children/new/", filled())

    child = Child.objects.get()
    assert response.status_code == 302
    assert (child.status, child.county.code, child.prefecture.code) == (
        ChildStatus.ACTIVE,
        "621124",
        "621100",
    )
    assert child.id_number.open() == filled()["id_number"]
    assert {parent.kind: parent.states.get().condition for parent in child.parents.all()} == {
        "father": "away",
        "mother": "away",
    }
    assert Child.objects.left_behind_on(date(2026, 3, 1)).get() == child
    assert Event.objects.filter(action=Action.ADD, number=child.number).count() == 1


def test_without_consent_the_child_stays_a_draft_and_in_no_figure() -> None:
    signed_in("officer").post("/children/new/", filled(**{"consent-given": ""}))

    child = Child.objects.get()
    assert child.status == ChildStatus.DRAFT
    assert not Child.objects.registered_on(date(2026, 12, 31)).exists()


def test_a_carer_alone_cannot_consent() -> None:
    signed_in("officer").post("/children/new/", filled(**{"consent-capacity": "carer"}))

    assert Child.objects.get().status == ChildStatus.DRAFT


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"id_number": "620100201609010010"}, "校验"),
        ({"sex": "2"}, "性别"),
        ({"birth_date": "2016-09-02"}, "出生日期"),
        ({"birth_date": "2009-09-01", "id_number": ""}, "身份证号"),
        ({"guardianship_type": "1"}, "监护"),
        ({"consent-given_by": ""}, "这一项必须填"),
        ({"id_number": "6201**********0013"}, "星号"),
    ],
)
def test_a_broken_form_says_what_is_wrong_and_writes_nothing(values: dict[str, str], sentence: str) -> None:
    response = signed_in("officer").post("/children/new/", filled(**values))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Child.objects.exists()


def test_a_known_id_number_is_refused_without_telling_where() -> None:
    other = make_child(
        "621125",
        name="吴小蝶",
        id_number=filled()["id_number"],
        birth_date=date(2016, 9, 1),
        registered_on=date(2020, 1, 1),
    )

    answer = signed_in("officer").post("/children/new/", filled()).content.decode()

    assert "这个身份证号不能登记" in answer
    assert other.number not in answer
    assert "吴小蝶" not in answer


def test_officer_cannot_register_into_another_county() -> None:
    response = signed_in("officer").post("/children/new/", filled(division=str(division("621125").pk)))

    assert response.status_code == 422
    assert not Child.objects.exists()


def test_a_mask_sent_back_changes_nothing() -> None:
    child = make_child(id_number=ID_NUMBER)
    token = bytes(Child.objects.get().id_number.token)

    response = signed_in("officer").post(f"/children/{child.number}/edit/", edited(child, village="南门村"))

    child.refresh_from_db()
    assert response.status_code == 302, response.content.decode()
    assert (child.village, child.version) == ("南门村", 2)
    assert bytes(child.id_number.token) == token


def test_of_two_people_the_second_sees_both_values() -> None:
    child = make_child(id_number=ID_NUMBER)
    officer = signed_in("officer")
    first = edited(child, village="南门村")
    second = edited(child, village="北门村")
    officer.post(f"/children/{child.number}/edit/", first)

    response = signed_in("county").post(f"/children/{child.number}/edit/", second)

    answer = response.content.decode()
    assert response.status_code == 409
    assert "南门村" in answer
    assert "北门村" in answer
    assert Child.objects.get().village == "南门村"


def test_a_child_leaves_the_register_and_keeps_her_history() -> None:
    child = make_child()

    form = {"ended_on": "2026-09-01", "why": "01", "version": child.version}
    signed_in("officer").post(f"/children/{child.number}/exit/", form)

    child.refresh_from_db()
    assert child.status == ChildStatus.EXITED
    assert Child.objects.registered_on(date(2026, 8, 31)).exists()
    assert not Child.objects.registered_on(date(2026, 9, 1)).exists()


def test_a_voided_child_is_in_no_list_and_her_number_is_free() -> None:
    child = make_child(id_number=ID_NUMBER)

    signed_in("officer").post(f"/children/{child.number}/void/", {"why": "误登记", "version": child.version})

    assert child.name not in signed_in("officer").get("/children/").content.decode()
    assert make_child(id_number=ID_NUMBER).pk


def test_unmasking_needs_a_reason_and_is_logged() -> None:
    child = make_child(id_number=ID_NUMBER)
    client = signed_in("officer")
    url = f"/children/{child.number}/unmask/id_number/"

    refused = client.post(url, {}, headers={"Accept": "application/json"})
    shown = client.post(url, {"reason": "verify"}, headers={"Accept": "application/json"})

    assert refused.status_code == 400
    assert shown.json() == {"value": ID_NUMBER, "seconds": 60}
    event = Event.objects.get(action=Action.UNMASK)
    assert (event.number, event.reason) == (child.number, "入户或电话核实")


def test_the_province_cannot_unmask_without_approval() -> None:
    child = make_child(id_number=ID_NUMBER)

    response = signed_in("province").post(f"/children/{child.number}/unmask/id_number/", {"reason": "verify"})

    assert response.status_code == 403


@pytest.mark.parametrize("path", ["", "edit/", "history/", "exit/", "void/", "unmask/id_number/"])
def test_the_neighbour_countys_officer_gets_404(path: str) -> None:
    child = make_child(id_number=ID_NUMBER)
    client = signed_in("neighbour")

    assert client.get(f"/children/{child.number}/{path}").status_code == 404
    assert client.get(f"/children/GC0000000000/{path}").status_code == 404


@pytest.mark.parametrize(
    ("username", "status"), [("leader", 403), ("auditor", 403), ("system", 403), ("township", 404)]
)
def test_who_may_not_see_the_child(username: str, status: int) -> None:
    child = make_child("621124101")

    assert signed_in(username).get(f"/children/{child.number}/").status_code == status


def test_looking_at_a_child_leaves_an_event_and_shows_masks() -> None:
    child = make_child(id_number=ID_NUMBER)

    shown = signed_in("officer").get(f"/children/{child.number}/").content.decode()

    assert ID_NUMBER not in shown
    assert child.id_number.masked in shown
    assert Event.objects.filter(action=Action.READ, number=child.number).count() == 1


def test_history_tells_who_changed_what_and_why() -> None:
    child = make_child(id_number=ID_NUMBER)
    client = signed_in("officer")
    client.post(f"/children/{child.number}/edit/", edited(child, village="南门村", change_reason="入户核实"))

    shown = client.get(f"/children/{child.number}/history/").content.decode()

    assert "李晓梅" in shown
    assert "入户核实" in shown
    assert "南门村" in shown
    assert OTHER_ID_NUMBER not in shown
    assert ID_NUMBER not in shown


def test_beyond_the_county_names_are_masked_and_health_is_hidden_in_page_and_history() -> None:
    child = make_child(name="欧阳小满", health=["ill"], disease="哮喘病", id_number=ID_NUMBER)
    client = signed_in("prefecture")

    for path in ("", "history/"):
        shown = client.get(f"/children/{child.number}/{path}").content.decode()
        assert "欧阳小满" not in shown
        assert "哮喘病" not in shown
        assert "2010-09-01" not in shown


def test_a_child_who_left_is_registered_again_under_her_number() -> None:
    child = make_child(birth_date=date(2014, 9, 1), ended=(date(2020, 6, 1), "02"))
    client = signed_in("officer")
    url = f"/children/{child.number}/return/"

    early = client.post(url, {"registered_on": "2020-05-01", "why": "又外出", "version": child.version})
    kept = client.post(url, {"registered_on": "2026-03-01", "why": "父亲再次外出", "version": child.version})

    child.refresh_from_db()
    assert (early.status_code, kept.status_code) == (422, 302)
    assert child.status == ChildStatus.ACTIVE
    assert [episode.episode_no for episode in child.episodes.all()] == [1, 2]
    assert not Child.objects.registered_on(date(2025, 12, 31)).exists()
    assert Child.objects.registered_on(date(2026, 3, 1)).exists()


def test_why_a_child_is_registered_again_is_kept_whole() -> None:
    """The episode holds two hundred characters; the history, which holds a hundred, does not refuse them."""
    child = make_child(birth_date=date(2014, 9, 1), ended=(date(2020, 6, 1), "02"))
    why = "父母再次外出，由外祖母照护。" * 13
    form = {"registered_on": "2026-03-01", "why": why, "version": child.version}

    assert signed_in("officer").post(f"/children/{child.number}/return/", form).status_code == 302
    assert child.episodes.get(episode_no=2).note == why


def test_a_grown_child_and_one_still_registered_are_not_registered_again() -> None:
    grown = make_child(ended=(date(2020, 6, 1), "02"))
    held = make_child(name="李小禾", birth_date=date(2016, 1, 1), registered_on=date(2020, 1, 1))
    client = signed_in("officer")

    for child in (grown, held):
        form = {"registered_on": "2026-10-01", "why": "又外出", "version": child.version}
        assert client.post(f"/children/{child.number}/return/", form).status_code == 422


def test_the_neighbour_cannot_register_again() -> None:
    child = make_child(ended=(date(2020, 6, 1), "02"))

    assert signed_in("neighbour").get(f"/children/{child.number}/return/").status_code == 404


def test_a_healthy_child_reads_healthy_in_english() -> None:
    child = make_child(health=["healthy"])
    client = signed_in("officer")
    client.cookies["django_language"] = "en"

    shown = client.post(f"/children/{child.number}/unmask/health/", {"reason": "verify"})
    assert "Healthy" in shown.content.decode()
