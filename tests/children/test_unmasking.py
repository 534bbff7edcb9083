"""Looking behind a mask: who opens what with a reason, and what the province asks for first."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from children.field_classes import CLASSES, HIDDEN, FieldClass
from children.models import Carer, Child, UnmaskRequest, UnmaskState
from children.unmasking import VALUES, AlreadyDecided, agree_to_open, ask_to_open, refuse_to_open
from gansu_care.accounts.roles import Role
from gansu_care.sealed.fields import SealedTextField
from gansu_care.trail.models import Action, Event
from tests.people import make_user, person
from tests.records import make_child

pytestmark = pytest.mark.django_db
ID_NUMBER = "620100201009010013"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(person(user) if isinstance(user, str) else user)
    return client


def a_child(place: str = "621124100", **values) -> Child:
    told = {"id_number": ID_NUMBER, "health": ["ill"], "disease": "哮喘病", "difficulty": ["orphan"]}
    child = make_child(place, **told | values)
    Carer.objects.create(child=child, name="李桂英", phone="13800000001", since=child.registered_on)
    return child


def opens(user, child: Child, value: str) -> int:
    """The answer to the click with a reason."""
    path = f"/children/{child.number}/unmask/{value}/"
    return (
        signed_in(user).post(path, {"reason": "verify"}, headers={"Accept": "application/json"}).status_code
    )


# --- the four rights

PERSONAL, SENSITIVE = "carer_phone", "id_number"


@pytest.mark.parametrize(
    ("who", "personal", "sensitive"),
    [
        ("officer", 200, 200),
        ("county", 200, 200),
        ("prefecture", 200, 200),
        ("township", 403, 403),
        ("province", 403, 403),
        ("admin", 403, 403),
        ("leader", 403, 403),
        ("auditor", 403, 403),
        ("system", 403, 403),
        ("neighbour", 404, 404),
    ],
)
def test_who_opens_what_of_her_own_accord(who: str, personal: int, sensitive: int) -> None:
    child = a_child()
    assert opens(who, child, PERSONAL) == personal
    assert opens(who, child, SENSITIVE) == sensitive
    assert Event.objects.filter(action=Action.UNMASK).count() == (personal == 200) + (sensitive == 200)


def test_a_prefecture_that_acts_as_a_county_opens_its_own() -> None:
    child = a_child("620200")
    assert opens(make_user(Role.STAFF_PREFECTURE, "620200", username="jyg"), child, SENSITIVE) == 200


def test_every_sealed_field_of_a_person_stands_in_the_table() -> None:
    """A new sealed field is personal or sensitive, and is opened one by one, or this test says so."""
    classed = set(CLASSES)
    assert classed == set(VALUES)
    sealed = {field.name for field in Child._meta.concrete_fields if isinstance(field, SealedTextField)}
    sealed |= {
        f"carer_{field.name}" for field in Carer._meta.concrete_fields if isinstance(field, SealedTextField)
    }
    assert sealed <= classed
    assert {name for name in classed if CLASSES[name] == FieldClass.SENSITIVE} >= {*HIDDEN, "id_number"}


# --- hidden by default, everywhere


@pytest.mark.parametrize("who", ["officer", "county", "township", "prefecture", "province"])
def test_health_and_difficulty_stand_on_no_page_by_default(who: str) -> None:
    child = a_child()
    other = make_child("621124100", name="张小明")
    client = signed_in(who)
    pages = [f"/children/{child.number}/", f"/children/{child.number}/history/", "/children/"]
    if who in ("officer", "county"):
        pages.append(f"/children/{child.number}/edit/")
    shown = [client.get(page).content.decode() for page in pages]
    if who == "officer":
        merging = {"into": other.number, "why": "重复登记", "version": child.version}
        shown.append(client.post(f"/children/{child.number}/merge/", merging).content.decode())
    for page, text in zip([*pages, "merge"], shown, strict=False):
        assert "哮喘病" not in text, page
        assert "孤儿" not in text or "/edit/" in page, page
        assert ID_NUMBER not in text, page


def test_the_reason_opens_health_for_one_child() -> None:
    child = a_child()
    shown = signed_in("officer").post(f"/children/{child.number}/unmask/disease/", {"reason": "aid"})
    assert "哮喘病" in shown.content.decode()
    event = Event.objects.get(action=Action.UNMASK)
    assert (event.kind, event.number) == ("child.disease", child.number)


def test_beyond_the_county_the_name_itself_is_opened_with_a_reason() -> None:
    child = a_child(name="欧阳小满")
    client = signed_in("prefecture")
    assert "欧阳小满" not in client.get(f"/children/{child.number}/").content.decode()
    shown = client.post(f"/children/{child.number}/unmask/name/", {"reason": "verify"}).content.decode()
    assert "欧阳小满" in shown


def test_the_form_shows_health_only_when_asked_and_leaves_it_alone_otherwise() -> None:
    child = a_child()
    client = signed_in("officer")
    plain = client.get(f"/children/{child.number}/edit/")
    assert "health" not in plain.context["form"].fields
    assert not Event.objects.filter(action=Action.UNMASK).exists()

    full = client.get(f"/children/{child.number}/edit/?with=hidden")
    assert "哮喘病" in full.content.decode()
    assert Event.objects.get(action=Action.UNMASK).kind == "child.health"

    form = plain.context["form"]
    names = [(bound.html_name, bound.value()) for one in [form, *form.parts] for bound in one]
    posted = {name: value for name, value in names if value not in (None, "", False)}
    answer = client.post(f"/children/{child.number}/edit/", posted | {"village": "南门村"})
    child.refresh_from_db()
    assert answer.status_code == 302
    assert (child.village, child.health, child.disease) == ("南门村", ["ill"], "哮喘病")


# --- the province asks first


def test_the_province_opens_after_another_has_agreed_for_a_day() -> None:
    child = a_child()
    her, other = signed_in("province"), signed_in("admin")
    page = her.get(f"/children/{child.number}/").content.decode()
    assert f"/children/{child.number}/unmask/?value=id_number" in page

    her.post(f"/children/{child.number}/unmask/", {"values": ["id_number"], "reason": "来信核实"})
    request = UnmaskRequest.objects.get()
    assert opens("province", child, "id_number") == 403
    assert str(child.number) in other.get("/").content.decode()
    other.post(f"/children/unmasking/{request.pk}/", {"act": "agree"})

    assert opens("province", child, "id_number") == 200
    assert opens("province", child, "carer_phone") == 403
    assert opens("admin", child, "id_number") == 403
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert opens("province", child, "id_number") == 403
    told = [
        (event.action, event.kind, event.username)
        for event in Event.objects.filter(number=child.number)
        .exclude(action__in=(Action.READ, Action.REFUSED))
        .order_by("id")
    ]
    assert told == [
        (Action.REQUEST, "unmask.ask", "province"),
        (Action.REVIEW, "unmask.approve", "admin"),
        (Action.UNMASK, "child.id_number", "province"),
    ]


def test_nobody_agrees_to_her_own_and_no_county_agrees() -> None:
    request = ask_to_open(person("province"), a_child(), ["id_number"], "核对")
    with pytest.raises(PermissionDenied):
        agree_to_open(request, person("province"))
    for who in ("county", "prefecture"):
        assert signed_in(who).post(f"/children/unmasking/{request.pk}/", {"act": "agree"}).status_code == 403
        with pytest.raises(PermissionDenied):
            ask_to_open(person(who), Child.objects.get(), ["id_number"], "核对")
    with pytest.raises(IntegrityError), transaction.atomic():
        UnmaskRequest.objects.update(state=UnmaskState.APPROVED, decided_by=person("province"))


def test_a_refusal_has_a_reason_and_is_final() -> None:
    request = ask_to_open(person("province"), a_child(), ["id_number"], "核对")
    other = signed_in("admin")
    assert other.post(f"/children/unmasking/{request.pk}/", {"why": ""}).status_code == 422
    other.post(f"/children/unmasking/{request.pk}/", {"why": "请先问县里"})
    assert "请先问县里" in signed_in("province").get(f"/children/unmasking/{request.pk}/").content.decode()
    with pytest.raises(AlreadyDecided):
        agree_to_open(request, person("admin"))


def test_an_unanswered_request_runs_out() -> None:
    request = ask_to_open(person("province"), a_child(), ["id_number"], "核对")
    with time_machine.travel(timezone.now() + timedelta(days=8)), pytest.raises(AlreadyDecided):
        refuse_to_open(request, person("admin"), "晚了")


def test_another_child_stays_closed() -> None:
    child, other = a_child(), make_child(name="张小明", id_number="620100201009010021")
    agree_to_open(ask_to_open(person("province"), child, ["id_number"], "核对"), person("admin"))
    assert opens("province", other, "id_number") == 403
