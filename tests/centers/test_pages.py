"""Pages of centers and equipment: what they show, whom they refuse, what a form says."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from centers.models import Center, Equipment
from tests.people import person
from tests.records import division, make_center, make_equipment

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def center_form(**values: Any) -> dict[str, Any]:
    return {"name": "南门村留守儿童之家", "type": "left_behind_home", "division": str(division("621124100").pk),
            "built_on": "2026-05-01", "free_of_charge": "on", "manager": "王秀英",
            "manager_phone": "13800000000"} | values  # fmt: skip


def test_officer_registers_a_center_and_it_is_operating_from_the_day_it_was_built() -> None:
    response = signed_in("officer").post("/centers/new/", center_form())

    center = Center.objects.get()
    assert response.status_code == 302, response.content.decode()
    assert center.county.code == "621124"
    assert Center.objects.operating_on(date(2026, 5, 1)).get() == center
    assert not Center.objects.built_by(date(2026, 4, 30)).exists()


def test_a_closed_center_still_counts_as_built_but_not_as_operating() -> None:
    center = make_center()
    form = {"status": "closed", "since": "2015-09-01", "why": "学校撤并", "version": center.version}

    response = signed_in("officer").post(f"/centers/{center.number}/status/", form)

    assert response.status_code == 302, response.content.decode()
    assert Center.objects.operating_on(date(2015, 8, 31)).exists()
    assert not Center.objects.operating_on(date(2015, 9, 1)).exists()
    assert Center.objects.closed_on(date(2015, 12, 31)).get().pk == center.pk
    assert Center.objects.built_by(date(2015, 12, 31)).exists()


def test_the_same_name_twice_in_one_division_is_refused_in_words() -> None:
    make_center("621124100", name="南门村留守儿童之家")

    response = signed_in("officer").post("/centers/new/", center_form())

    assert response.status_code == 422
    assert Center.objects.count() == 1


def test_equipment_belongs_to_a_center_in_scope_and_its_amount_is_computed() -> None:
    own, foreign = make_center(), make_center("621125")
    form = {
        "category": "01",
        "item": "台式电脑",
        "quantity": "3",
        "unit": "台",
        "unit_price": "2500",
        "condition": "good",
    }
    officer = signed_in("officer")

    refused = officer.post("/centers/equipment/new/", {**form, "center_number": foreign.number})
    kept = officer.post("/centers/equipment/new/", {**form, "center_number": own.number})

    assert refused.status_code == 422
    assert kept.status_code == 302, kept.content.decode()
    assert Equipment.objects.get().amount == 7500
    assert Equipment.objects.get().county.code == "621124"


def test_what_is_gone_keeps_its_date() -> None:
    item = make_equipment(make_center(), condition="lost", disposed_on=date(2015, 6, 30))
    form = {
        "center_number": item.center.number,
        "category": "01",
        "item": "台式电脑",
        "quantity": "2",
        "condition": "lost",
        "version": item.version,
    }

    response = signed_in("officer").post(f"/centers/equipment/{item.number}/edit/", form)

    assert response.status_code == 422
    assert "丢失、报废、调出的，请填处置日期。" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"built_on": "2007-05-01"}, "第一批中心2008年12月才建成，请核对年份。"),
        ({"opened_on": "2099-05-01"}, "日期还没有到。"),
        ({"opened_on": "2026-04-01"}, "启用日期早于建成日期，请核对。"),
        ({"indoor_area": "0"}, "确保该值大于或等于0.01。"),
        ({"manager_phone": ""}, "这个字段是必填项。"),
        ({"longitude": "103.86"}, "经度、纬度和坐标系要一起填。"),
        ({"village_code": "6211241"}, "村（社区）代码是12位数字。"),
        ({"children_served": "5", "left_behind_served": "6"}, "其中留守儿童数大于服务儿童数，请核对。"),
    ],
)
def test_what_cannot_be_of_a_center_is_said(values: dict[str, str], sentence: str) -> None:
    response = signed_in("officer").post("/centers/new/", center_form(**values))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Center.objects.exists()


def test_a_center_that_takes_money_is_marked() -> None:
    center = make_center(free_of_charge=False)
    officer = signed_in("officer")

    assert "否，依法要对未成年人免费开放" in officer.get(f"/centers/{center.number}/").content.decode()
    assert center.name in officer.get("/centers/?free=False").content.decode()
    assert center.name not in officer.get("/centers/?free=True").content.decode()


@pytest.mark.parametrize("path", ["", "edit/", "history/", "status/", "void/", "stocktake/", "phone/"])
def test_the_neighbour_gets_404(path: str) -> None:
    center = make_center()

    assert signed_in("neighbour").get(f"/centers/{center.number}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "edit/", "history/", "void/", "dispose/", "lend/", "return/"])
def test_the_neighbour_gets_404_for_equipment(path: str) -> None:
    item = make_equipment(make_center())

    assert signed_in("neighbour").get(f"/centers/equipment/{item.number}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("username", "lists", "writes"),
    [
        ("officer", 200, 200),
        ("township", 200, 403),
        ("leader", 200, 403),
        ("auditor", 200, 403),
        ("system", 403, 403),
    ],
)
def test_who_sees_and_who_writes(username: str, lists: int, writes: int) -> None:
    client = signed_in(username)

    assert client.get("/centers/").status_code == lists
    assert client.get("/centers/new/").status_code == writes


def test_lists_and_record_pages_show_what_there_is() -> None:
    center = make_center()
    item = make_equipment(center)
    officer = signed_in("officer")

    assert center.name in officer.get("/centers/?q=留守&status=operating&built=2009").content.decode()
    assert (
        "台式电脑" in officer.get(f"/centers/equipment/?center={center.number}&category=01").content.decode()
    )
    assert "电脑及外设" in officer.get(f"/centers/{center.number}/").content.decode()
    assert center.name in officer.get(f"/centers/equipment/{item.number}/").content.decode()
    assert officer.get(f"/centers/{center.number}/history/").status_code == 200


def test_suggestions_stay_inside_the_scope() -> None:
    make_center("621125", name="洮阳之家")
    make_center("621124", name="洮阳学校之家")

    options = signed_in("officer").get("/centers/options/?q=洮阳").json()["options"]

    assert [option["name"] for option in options] == ["洮阳学校之家"]


@pytest.mark.parametrize(("username", "offered"), [("officer", True), ("township", False), ("leader", False)])
def test_a_button_is_shown_only_to_who_may_use_it(username: str, offered: bool) -> None:
    shown = signed_in(username).get("/centers/").content.decode()

    assert ("/centers/export/" in shown) == offered
    assert ("/uploads/new/" in shown) == offered


def test_equipment_goes_where_its_center_goes() -> None:
    center = make_center(manager="王秀英", manager_phone="13800000000")
    item = make_equipment(center)
    form = center_form(name=center.name, version=str(center.version), built_on="2009-06-01")

    assert signed_in("officer").post(f"/centers/{center.number}/edit/", form).status_code == 302
    item.refresh_from_db()
    assert item.division == division("621124100")
