"""Pages of money: exact sums, joint sources, scope."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from funding.models import Receipt
from tests.people import person
from tests.records import division, make_allocation, make_center, make_receipt, make_source

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def test_province_registers_a_receipt_of_two_sources_without_a_split() -> None:
    sources = [make_source("全国妇联", "acwf"), make_source("中国儿童少年基金会", "cctf")]
    form = {"division": str(division("620000").pk), "received_on": "2015-07-01", "amount": "120000.00", "in_kind": "0",
            "given_by": [str(source.pk) for source in sources]}  # fmt: skip

    response = signed_in("province").post("/funding/receipts/new/", form)

    receipt = Receipt.objects.get()
    assert response.status_code == 302, response.content.decode()
    assert list(Receipt.objects.joint()) == [receipt]
    assert {(share.source.kind, share.amount) for share in receipt.shares.all()} == {
        ("acwf", None),
        ("cctf", None),
    }


def test_lists_sum_exactly_and_open_by_year() -> None:
    make_receipt(amount=Decimal("0.10"), received_on=date(2015, 12, 31))
    make_receipt(amount=Decimal("0.20"), received_on=date(2016, 1, 1))
    province = signed_in("province")

    assert "合计 0.30 元" in province.get("/funding/receipts/").content.decode()
    assert "合计 0.10 元" in province.get("/funding/receipts/?year=2015").content.decode()
    assert "合计 0.10 元" in province.get("/funding/receipts/?until=2015-12-31").content.decode()


def test_the_provinces_receipt_is_not_the_countys() -> None:
    receipt = make_receipt()

    assert signed_in("officer").get(f"/funding/receipts/{receipt.number}/").status_code == 404
    assert receipt.number not in signed_in("officer").get("/funding/receipts/").content.decode()


def test_an_allocation_is_seen_where_it_went_and_by_no_neighbour() -> None:
    allocation = make_allocation("621124")

    assert signed_in("officer").get(f"/funding/allocations/{allocation.number}/").status_code == 200
    assert signed_in("prefecture").get(f"/funding/allocations/{allocation.number}/").status_code == 200
    for path in ("", "edit/", "history/", "void/"):
        assert (
            signed_in("neighbour").get(f"/funding/allocations/{allocation.number}/{path}").status_code == 404
        )


def test_a_center_of_another_place_is_said() -> None:
    form = {"division": str(division("621125").pk), "allocated_on": "2015-06-01", "amount": "100",
            "source": str(make_source().pk), "center_number": make_center("621124").number}  # fmt: skip

    response = signed_in("province").post("/funding/allocations/new/", form)

    assert response.status_code == 422
    assert "这个活动中心不在所选的接收单位。请改选接收单位或活动中心。" in response.content.decode()


def test_money_for_a_center_of_a_township_may_stand_in_its_county() -> None:
    form = {"division": str(division("621124").pk), "allocated_on": "2015-06-01", "amount": "100",
            "source": str(make_source().pk), "center_number": make_center("621124100").number}  # fmt: skip

    assert signed_in("province").post("/funding/allocations/new/", form).status_code == 302


@pytest.mark.parametrize(
    ("username", "status"),
    [("province", 200), ("officer", 200), ("leader", 403), ("auditor", 403), ("admin", 403)],
)
def test_who_may_write_money(username: str, status: int) -> None:
    assert signed_in(username).get("/funding/receipts/new/").status_code == status


def test_amounts_must_be_above_zero_and_days_not_in_the_future() -> None:
    form = {"division": str(division("620000").pk), "received_on": "2099-01-01", "amount": "0", "in_kind": "0",
            "given_by": [str(make_source().pk)]}  # fmt: skip

    response = signed_in("province").post("/funding/receipts/new/", form)

    assert response.status_code == 422
    assert "日期还没有到" in response.content.decode()
    assert not Receipt.objects.exists()


def test_the_overview_answers_for_every_year_of_the_project() -> None:
    make_receipt()

    client = signed_in("province")
    client.get("/stand/?year=2009")
    assert "1,000,000.00" in client.get("/funding/").content.decode()
