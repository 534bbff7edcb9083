"""A unit's month: reconciled by one person, closed by another, and then only reversed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from funding.closing import is_closed
from funding.models import Receipt, Reconciliation
from tests.people import person
from tests.records import division, make_receipt, make_source
from tests.uploading import checked, counts, places, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False):
        yield


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def reconcile(username: str = "officer", **values: Any) -> Any:
    form = {"division": str(division("621124").pk), "month": "2026-03", "book": "1000", "vouchers": "1000"}
    return signed_in(username).post("/funding/reconciliations/new/", form | values)


def close(month: Reconciliation, username: str = "county", **values: Any) -> Any:
    month.refresh_from_db()
    form = {"why": "账证相符", "version": month.version}
    return signed_in(username).post(f"{month.get_absolute_url()}close/", form | values)


@pytest.fixture
def month() -> Reconciliation:
    """March 2026 of 临洮县, reconciled by its officer."""
    assert reconcile().status_code == 302
    return Reconciliation.objects.get()


@pytest.fixture
def closed(month: Reconciliation) -> Reconciliation:
    assert close(month).status_code == 302
    month.refresh_from_db()
    return month


def test_two_persons_close_a_month(month) -> None:
    assert (month.month, month.reconciled_by.username, month.closed_on) == (date(2026, 3, 1), "officer", None)

    same = close(month, "officer")
    assert same.status_code == 422
    assert "对账人和复核人不能是同一个人，请由另一个人复核结账。" in same.content.decode()
    assert close(month).status_code == 302
    month.refresh_from_db()
    assert (month.reviewed_by.username, month.closed_on) == ("county", date(2026, 11, 23))
    page = signed_in("officer").get(month.get_absolute_url()).content.decode()
    assert "已结账" in page
    assert "赵玉兰" in page
    assert "2026-03" in signed_in("officer").get("/funding/reconciliations/?state=closed").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"vouchers": "999"}, "账面数和凭证合计不同，请写明差异的原因。"),
        ({"month": "2026-12"}, "这个月还没有到。"),
        ({"month": "三月"}, "月份填成 2026-03 这样。"),
    ],
)
def test_what_does_not_fit_is_said(values: dict[str, str], sentence: str) -> None:
    response = reconcile(**values)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_month_is_reconciled_once(month) -> None:
    response = reconcile()

    assert response.status_code == 422
    assert "这个单位这个月已经对过账。" in response.content.decode()


def test_a_month_that_is_not_over_is_not_closed() -> None:
    reconcile(month="2026-11")

    response = close(Reconciliation.objects.get())

    assert response.status_code == 422
    assert "这个月还没有过完，过完再结账。" in response.content.decode()


def test_the_page_shows_what_the_register_holds_of_the_month(month) -> None:
    make_receipt("621124100", amount=Decimal("12.50"), received_on=date(2026, 3, 31))
    make_receipt("621124", amount=Decimal(7), received_on=date(2026, 4, 1))
    make_receipt("620000", amount=Decimal(9), received_on=date(2026, 3, 31))

    books = signed_in("officer").get(month.get_absolute_url()).context["books"]

    assert [(line["sum"], line["count"]) for line in books] == [(Decimal("12.50"), 1), (0, 0), (0, 0), (0, 0)]


# --- what a closed month takes


def add(day: str, place: str = "621124") -> Any:
    form = {"division": str(division(place).pk), "received_on": day, "amount": "100", "in_kind": "0",
            "given_by": [str(make_source().pk)]}  # fmt: skip
    return signed_in("county").post("/funding/receipts/new/", form)


SENTENCE = "2026年3月已经结账，不能再增改这个月的记录；要更正的，请用“冲销”。"


@pytest.mark.parametrize("place", ["621124", "621124100"])
def test_nothing_is_added_to_a_closed_month(closed, place: str) -> None:
    response = add("2026-03-31", place)

    assert response.status_code == 422
    assert SENTENCE in response.content.decode()
    assert add("2026-04-01", place).status_code == 302


def test_nothing_is_moved_out_of_a_closed_month_or_voided(closed) -> None:
    receipt = make_receipt("621124", received_on=date(2026, 3, 5))
    form = {"division": str(division("621124").pk), "received_on": "2026-04-05", "amount": "100", "in_kind": "0",
            "given_by": [str(make_source().pk)], "version": receipt.version}  # fmt: skip

    moved = signed_in("county").post(f"{receipt.get_absolute_url()}edit/", form)
    voided = signed_in("county").post(
        f"{receipt.get_absolute_url()}void/", {"why": "误登记", "version": receipt.version}
    )

    assert (moved.status_code, voided.status_code) == (422, 422)
    assert SENTENCE in moved.content.decode()
    assert SENTENCE in voided.content.decode()


def test_a_reversing_entry_may_stand_in_it(closed) -> None:
    receipt = make_receipt("621124", received_on=date(2026, 3, 5), amount=Decimal(100))
    form = {"how": "corrected", "amount": "30", "on": "2026-03-31", "why": "记错", "version": receipt.version}

    assert signed_in("county").post(f"{receipt.get_absolute_url()}reverse/", form).status_code == 302
    assert Receipt.objects.get(reverses=receipt).amount == -30


def test_a_workbook_is_refused_what_a_page_is(closed, officer) -> None:
    receipt = make_receipt("621124", received_on=date(2026, 3, 5), amount=Decimal(100), voucher_no="A-1")
    head = ["档案编号", "资金来源", "金额", "到账日期", "票据号", "备注"]
    rows = [
        [None, "省级财政", 5, "2026-03-31", "A-2", None],
        [None, "省级财政", 5, "2026-04-01", "A-3", None],
        [receipt.number, "省级财政", 100, "2026-03-05", "A-1", "改备注"],
        [None, "省级财政", 100, "2026-02-05", "A-4", None],
    ]

    upload = checked(officer, xlsx([head, *rows]), "funding")

    assert (counts(upload), places(upload)) == (
        {"new": 2, "refused": 2},
        ["D2 E_MONTH_CLOSED", "D4 E_MONTH_CLOSED"],
    )
    assert upload.problems.first().problem.message == "2026-03 已经结账，不能再增改这个月的记录"


def test_another_units_month_is_its_own(closed) -> None:
    for place in ("621125", "621100", "620000"):
        assert not is_closed(division(place), date(2026, 3, 5))
    assert is_closed(division("621124100"), date(2026, 3, 31))


# --- opened again


def void(month: Reconciliation, username: str) -> Any:
    month.refresh_from_db()
    return signed_in(username).post(
        f"{month.get_absolute_url()}void/", {"why": "漏记一张凭证", "version": month.version}
    )


def test_a_closed_month_is_opened_by_the_unit_above(closed) -> None:
    own = void(closed, "county")
    assert own.status_code == 422
    assert "已经结账的月份，要由上级妇联作废这次对账才能重新打开。" in own.content.decode()

    assert void(closed, "prefecture").status_code == 302
    assert add("2026-03-31").status_code == 302
    assert reconcile().status_code == 302


def test_a_closed_month_is_not_edited(closed) -> None:
    form = {"division": str(division("621124").pk), "month": "2026-03", "book": "1", "vouchers": "1",
            "version": closed.version}  # fmt: skip

    response = signed_in("county").post(f"{closed.get_absolute_url()}edit/", form)

    assert response.status_code == 422
    assert "这个月已经结账，不能再改。" in response.content.decode()


@pytest.mark.parametrize("path", ["", "edit/", "history/", "close/", "void/"])
def test_the_neighbour_gets_404(month, path: str) -> None:
    assert signed_in("neighbour").get(f"{month.get_absolute_url()}{path}").status_code == 404
