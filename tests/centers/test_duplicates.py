"""A center registered twice: the duplicate is voided with a reason, what hangs on it goes to the one that stays."""

from typing import Any

import pytest
from django.test import Client

from centers.models import Center
from funding.models import Allocation
from tests.people import person
from tests.records import division, make_allocation, make_center, make_equipment

pytestmark = pytest.mark.django_db


def void(center: Center, **values: str) -> Any:
    client = Client()
    client.force_login(person("officer"))
    form = {"why": "重复登记", "version": center.version}
    return client.post(f"/centers/{center.number}/void/", form | values)


@pytest.fixture
def kept() -> Center:
    return make_center("621124100", name="洮阳镇留守儿童之家")


@pytest.fixture
def double() -> Center:
    return make_center(name="洮阳镇之家")


def test_equipment_and_money_go_to_the_center_that_stays(kept: Center, double: Center) -> None:
    item = make_equipment(double)
    allocation = make_allocation(center=double)
    third = make_center(name="第三家", status="merged")
    third.states.update(successor=double)

    response = void(double, into=kept.name)

    assert response.status_code == 302, response.content.decode()
    for record in (item, allocation, double):
        record.refresh_from_db()
    assert (item.center, item.division, item.history.first().history_change_reason) == (
        kept,
        division("621124100"),
        "重复登记",
    )
    assert (allocation.center, allocation.division) == (kept, division("621124100"))
    assert third.states.get().successor == kept
    assert (double.void_reason, Center.objects.in_force().count()) == ("重复登记", 2)


def test_one_that_has_something_cannot_simply_go(kept: Center, double: Center) -> None:
    make_equipment(double)
    make_allocation(center=double)

    response = void(double)

    assert response.status_code == 422
    sentence = "名下还有：设备物资 1、资金分配 1。重复登记的，请填保留的中心；误登记的，请先把这些作废。"
    assert sentence in response.content.decode()
    double.refresh_from_db()
    assert double.voided_on is None


def test_one_entered_by_mistake_goes_by_itself_and_says_why(double: Center) -> None:
    Allocation.objects.all().delete()

    assert void(double, why="误登记").status_code == 302
    client = Client()
    client.force_login(person("officer"))
    page = client.get(f"/centers/{double.number}/").content.decode()
    assert "作废，原因：误登记。不进任何名单和数字，历史保留。" in page


def test_the_same_asset_number_in_both_is_said_first(kept: Center, double: Center) -> None:
    make_equipment(kept, asset_no="DN-001")
    make_equipment(double, asset_no="DN-001")

    response = void(double, into=kept.number)

    assert response.status_code == 422
    assert "两个中心都有资产编号 DN-001，请先改好其中一个。" in response.content.decode()


def test_a_long_reason_is_kept_whole(double: Center) -> None:
    why = "重复登记，" * 39

    assert void(double, why=why).status_code == 302
    double.refresh_from_db()
    assert double.void_reason == why
    assert double.history.first().history_change_reason == why[:100]
