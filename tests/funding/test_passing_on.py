"""Money on its way: allocated out of a receipt, paid out of an allocation, taken back by an entry of its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from funding.models import Allocation, Disbursement, Expenditure, Receipt
from gansu_care.spreadsheets.kinds import kind_of
from tests.people import person
from tests.records import division, make_allocation, make_center, make_equipment, make_receipt, make_source
from tests.uploading import checked, codes, counts, places, written, xlsx

pytestmark = pytest.mark.django_db


def signed_in(username: str = "province") -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def receipt() -> Receipt:
    """100,000 yuan of the provincial budget."""
    return make_receipt(amount=Decimal(100000))


@pytest.fixture
def allocation(receipt: Receipt) -> Allocation:
    """60,000 of it for 临洮县."""
    return make_allocation(amount=Decimal(60000), receipt=receipt)


def allocate(receipt: Receipt, **values: Any) -> Any:
    form = {"division": str(division("621124").pk), "allocated_on": "2009-06-01", "amount": "40000",
            "source": str(make_source().pk), "receipt_number": receipt.number}  # fmt: skip
    return signed_in().post("/funding/allocations/new/", form | values)


def pay(allocation: Allocation, **values: Any) -> Any:
    form = {"allocation_number": allocation.number, "disbursed_on": "2009-07-01", "payee": "临洮县妇联",
            "amount": "50000", "voucher_no": "P-1", "bank_slip_no": "B-1"}  # fmt: skip
    return signed_in().post("/funding/disbursements/new/", form | values)


def reverse(record: Any, **values: Any) -> Any:
    record.refresh_from_db()
    form = {
        "how": "returned",
        "amount": "10000",
        "on": "2009-08-01",
        "why": "项目取消",
        "version": record.version,
    }
    return signed_in().post(f"{record.get_absolute_url()}reverse/", form | values)


# --- allocations out of a receipt


def test_the_rest_of_a_receipt_and_no_more(receipt, allocation) -> None:
    too_much = allocate(receipt, amount="40000.01")
    rest = allocate(receipt)

    assert too_much.status_code == 422
    assert "这笔到账还有 40,000.00 元没有分配，金额不能大于它。" in too_much.content.decode()
    assert rest.status_code == 302
    assert receipt.left() == 0
    page = signed_in().get(receipt.get_absolute_url()).content.decode()
    assert "已分配 100,000.00 元，尚未分配 0.00 元" in page


def test_its_own_amount_is_free_again_when_it_is_edited(receipt, allocation) -> None:
    form = {"division": str(division("621124").pk), "allocated_on": "2009-06-01", "source": str(make_source().pk),
            "receipt_number": receipt.number, "version": allocation.version}  # fmt: skip
    path = f"{allocation.get_absolute_url()}edit/"

    assert signed_in().post(path, form | {"amount": "100000"}).status_code == 302
    allocation.refresh_from_db()
    refused = signed_in().post(path, form | {"amount": "100001", "version": allocation.version})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"receipt_number": "GC9999999999"}, "在您的范围内找不到这个编号的到账，请核对。"),
        ({"source": "county"}, "这笔到账不是来自这个来源，请核对。"),
    ],
)
def test_a_receipt_that_does_not_fit_is_said(receipt, values: dict[str, str], sentence: str) -> None:
    if values.get("source"):
        values = {"source": str(make_source("县区财政", "county").pk)}

    response = allocate(receipt, **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_receipt_does_not_shrink_below_what_was_allocated(receipt, allocation) -> None:
    form = {"division": str(division("620000").pk), "received_on": "2009-05-01", "amount": "59999", "in_kind": "0",
            "given_by": [str(make_source().pk)], "version": receipt.version}  # fmt: skip

    response = signed_in().post(f"{receipt.get_absolute_url()}edit/", form)

    assert response.status_code == 422
    assert "已经分配和冲销 60,000.00 元，金额不能小于它。" in response.content.decode()


def test_what_others_build_on_is_not_voided(receipt, allocation) -> None:
    response = signed_in().post(
        f"{receipt.get_absolute_url()}void/", {"why": "误登记", "version": receipt.version}
    )

    assert response.status_code == 422
    assert "已经有分配或拨付出自这条记录，不能作废；请先作废它们，或者用“冲销”。" in response.content.decode()


# --- disbursements out of an allocation


def test_paid_out_in_parts_and_no_more(allocation) -> None:
    first, too_much, rest = pay(allocation), pay(allocation, amount="10001"), pay(allocation, amount="10000")

    assert [one.status_code for one in (first, too_much, rest)] == [302, 422, 302]
    assert "这笔分配还有 10,000.00 元没有拨付，金额不能大于它。" in too_much.content.decode()
    paid = Disbursement.objects.order_by("pk").first()
    assert (paid.division, paid.county.code, paid.bank_slip_no) == (allocation.division, "621124", "B-1")
    page = signed_in("officer").get(allocation.get_absolute_url()).content.decode()
    assert "已拨付 60,000.00 元，尚未拨付 0.00 元" in page
    assert paid.number in page
    assert "合计 60,000.00 元" in signed_in("officer").get("/funding/disbursements/").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"disbursed_on": "2009-05-31"}, "早于分配的下达日期 2009-06-01，请核对。"),
        ({"disbursed_on": "2099-05-31"}, "日期还没有到。"),
        ({"allocation_number": "GC9999999999"}, "在您的范围内找不到这个编号的分配，请核对。"),
        ({"payee": ""}, "这个字段是必填项。"),
    ],
)
def test_a_payment_that_does_not_fit_is_said(allocation, values: dict[str, str], sentence: str) -> None:
    response = pay(allocation, **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Disbursement.objects.exists()


def test_the_neighbour_sees_no_payment(allocation) -> None:
    pay(allocation)
    paid = Disbursement.objects.get()

    for path in ("", "edit/", "history/", "void/", "reverse/"):
        assert signed_in("neighbour").get(f"{paid.get_absolute_url()}{path}").status_code == 404
    assert signed_in("neighbour").get("/funding/disbursements/").context["page"].rows == []


def test_payments_leave_as_a_workbook(province, allocation) -> None:
    pay(allocation)
    resource = kind_of("disbursements").resources[0]()

    row = dict(
        zip(resource.export_headers(), next(resource.export_rows(Disbursement.objects.all())), strict=True)
    )

    assert (row["收款单位"], row["金额（元）"], row["分配编号"]) == ("临洮县妇联", 50000, allocation.number)
    assert (row["资金来源"], row["单位"], row["银行回单号"]) == ("省级财政", "甘肃省定西市临洮县", "B-1")
    assert signed_in().get("/funding/disbursements/export/").status_code == 200


# --- taken back


def test_money_that_came_back_is_a_row_of_its_own(receipt, allocation) -> None:
    pay(allocation)
    paid = Disbursement.objects.get()

    assert reverse(paid).status_code == 302
    entry = Disbursement.objects.get(reverses=paid)
    assert (entry.amount, entry.reversal, entry.disbursed_on) == (-10000, "returned", date(2009, 8, 1))
    assert (entry.payee, entry.remarks) == ("临洮县妇联", f"冲销 {paid.number}：项目取消")
    assert (paid.net(), allocation.left()) == (40000, 20000)
    assert "合计 40,000.00 元" in signed_in().get("/funding/disbursements/").content.decode()
    page = signed_in().get(entry.get_absolute_url()).content.decode()
    assert "退回" in page
    assert f"{entry.get_absolute_url()}edit/" not in page


def test_every_step_can_go_back_as_far_as_it_is_free(receipt, allocation) -> None:
    pay(allocation)

    too_much = reverse(allocation, amount="10000.01")
    back = reverse(allocation, amount="10000")
    of_receipt = reverse(receipt, amount="50000.01")

    assert "最多能冲销 10,000.00 元。" in too_much.content.decode()
    assert back.status_code == 302
    assert "最多能冲销 50,000.00 元。" in of_receipt.content.decode()
    assert (allocation.left(), receipt.left()) == (0, 50000)


def test_a_joint_receipt_goes_back_with_its_shares() -> None:
    acwf, cctf = make_source("全国妇联", "acwf"), make_source("中国儿童少年基金会", "cctf")
    joint = make_receipt("620000", acwf, cctf, amount=Decimal(100))
    joint.shares.filter(source=acwf).update(amount=70)
    joint.shares.filter(source=cctf).update(amount=30)

    assert reverse(joint, amount="100", on="2009-05-01", how="corrected").status_code == 302
    entry = Receipt.objects.get(reverses=joint)
    assert dict(entry.shares.values_list("source__kind", "amount")) == {"acwf": -70, "cctf": -30}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "2009-04-30"}, "早于这笔资金的日期 2009-05-01，请核对。"),
        ({"on": "2099-04-30"}, "日期还没有到。"),
        ({"amount": "0"}, "确保该值大于或等于0.01。"),
        ({"version": "9"}, "这条记录刚刚被别人改过，请返回看过新的内容再操作。"),
    ],
)
def test_an_entry_that_does_not_fit_is_said(receipt, values: dict[str, str], sentence: str) -> None:
    response = reverse(receipt, **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_an_entry_is_neither_edited_nor_reversed(receipt) -> None:
    reverse(receipt, amount="1", on="2009-05-01")
    entry = Receipt.objects.get(reverses=receipt)

    assert signed_in().get(f"{entry.get_absolute_url()}edit/").status_code == 404
    assert signed_in().get(f"{entry.get_absolute_url()}reverse/").status_code == 404


def test_what_was_reversed_is_voided_in_turn(receipt) -> None:
    reverse(receipt, amount="1", on="2009-05-01")
    receipt.refresh_from_db()
    entry = Receipt.objects.get(reverses=receipt)

    def void(record: Receipt) -> Any:
        form = {"why": "误登记", "version": record.version}
        return signed_in().post(f"{record.get_absolute_url()}void/", form)

    assert "这条记录已经冲销过，不能作废；要恢复的，请先作废冲销的记录。" in void(receipt).content.decode()
    assert void(entry).status_code == 302
    assert void(receipt).status_code == 302


def test_an_entry_that_is_needed_stays(receipt, allocation) -> None:
    reverse(allocation, amount="60000")
    allocate(receipt, amount="100000")
    entry = Allocation.objects.get(reverses=allocation)

    form = {"why": "误登记", "version": entry.version}
    response = signed_in().post(f"{entry.get_absolute_url()}void/", form)

    assert response.status_code == 422
    assert "作废这笔冲销以后，支出去的会多于来的，不能作废。" in response.content.decode()


# --- what it bought


def test_an_expenditure_names_what_it_bought() -> None:
    item = make_equipment(make_center())
    form = {"division": str(division("621124").pk), "spent_on": "2015-05-01", "amount": "6000", "category": "equipment",
            "equipment_number": item.number, "voucher_no": "Z-1"}  # fmt: skip

    assert signed_in("officer").post("/funding/expenditures/new/", form).status_code == 302
    spent = Expenditure.objects.get()
    assert (spent.equipment, spent.center) == (item, item.center)
    page = signed_in("officer").get(item.get_absolute_url()).content.decode()
    assert "2015-05-01 Z-1" in page
    assert "6,000.00" in page


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("GC9999999999", "在您的范围内找不到这个编号的设备物资，请核对。"),
        ("", "这件物品不在所填的活动中心，请核对。"),
    ],
)
def test_a_thing_that_does_not_fit_is_said(number: str, sentence: str) -> None:
    item, other = make_equipment(make_center()), make_center("621124100")
    form = {"division": str(division("621124").pk), "spent_on": "2015-05-01", "amount": "6000", "category": "equipment",
            "equipment_number": number or item.number, "center_number": other.number}  # fmt: skip

    response = signed_in("officer").post("/funding/expenditures/new/", form)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_center_shows_its_money_by_source(receipt) -> None:
    center = make_center()
    allocation = make_allocation(center=center, amount=Decimal(20000))
    Expenditure.objects.create(
        division=center.division, center=center, spent_on=date(2015, 5, 1), category="books", amount=5000
    )

    page = signed_in("officer").get(center.get_absolute_url()).content.decode()

    assert "分配：省级财政" in page
    assert "20,000.00" in page
    assert "15,000.00" in page
    assert f"/funding/allocations/?center={center.number}&amp;source={allocation.source_id}" in page
    assert "省级财政" not in signed_in("system").get(center.get_absolute_url()).content.decode()


# --- the overview


def test_the_overview_adds_up(receipt, allocation) -> None:
    pay(allocation)
    client = signed_in()
    client.get("/stand/?year=2009")

    page = client.get("/funding/")

    first, second, _third = page.context["equations"]
    assert [part["value"] for part in first["parts"]] == [60000, 40000]
    assert [part["value"] for part in second["parts"]] == [50000, 10000]
    assert "不平" not in page.content.decode()
    county = signed_in("officer").get("/funding/")
    assert len(county.context["equations"]) == 2


# --- by workbook

HEAD = ["档案编号", "分配文号", "资金来源", "分配到", "金额", "下达日期", "到账编号"]


def sheet(receipt: Receipt, *amounts: Any, **cells: Any) -> bytes:
    row = {
        "资金来源": "省级财政",
        "分配到": "临洮县",
        "下达日期": "2009-06-01",
        "到账编号": receipt.number,
    } | cells
    rows = [row | {"金额": amount, "分配文号": f"{place}号"} for place, amount in enumerate(amounts)]
    return xlsx([HEAD, *([one.get(name) for name in HEAD] for one in rows)])


def test_a_workbook_names_the_receipt(province, receipt) -> None:
    written(province, sheet(receipt, 60000, 40000), "funding")

    assert {one.receipt for one in Allocation.objects.all()} == {receipt}
    assert counts(checked(province, sheet(receipt, 60000, 40000), "funding")) == {"same": 2}
    over = checked(province, sheet(receipt, 60000, 40000, 1), "funding")
    assert places(over) == ["E4 E_OVER_ALLOCATED"]
    assert over.problems.get().problem.message == "这笔到账还有 0.00 元没有分配，这里分配 1.00 元"


def test_rows_of_one_file_together_are_not_more_than_came(province, receipt) -> None:
    upload = checked(province, sheet(receipt, 60000, 50000), "funding")

    assert (counts(upload), places(upload)) == ({"new": 1, "refused": 1}, ["E3 E_OVER_ALLOCATED"])


def test_an_unknown_receipt_and_a_foreign_source(province, receipt) -> None:
    make_source("县区财政", "county")

    assert codes(checked(province, sheet(receipt, 1, 到账编号="GC9999999999"), "funding")) == [
        "E_RECEIPT_UNKNOWN"
    ]
    assert codes(checked(province, sheet(receipt, 1, 资金来源="县区财政"), "funding")) == ["E_RECEIPT_SOURCE"]


def test_a_county_sends_back_what_came_out_of_the_provinces_money(officer, allocation) -> None:
    resource = kind_of("funding").resources[1]()
    rows = list(resource.export_rows(Allocation.objects.visible_to(officer), officer))
    assert allocation.receipt.number in rows[0]

    upload = checked(officer, xlsx([resource.export_headers(), *rows]), "funding")

    assert (counts(upload), codes(upload)) == ({"same": 1}, [])


def test_entries_below_zero_come_back_the_same_and_new_ones_are_refused(
    province, receipt, allocation
) -> None:
    reverse(receipt, amount="1", on="2009-05-01")
    reverse(allocation, amount="2")
    for place, model in enumerate((Receipt, Allocation)):
        resource = kind_of("funding").resources[place]()
        rows = list(resource.export_rows(model.objects.order_by("pk"), province))
        upload = checked(province, xlsx([resource.export_headers(), *rows]), "funding")
        assert (counts(upload), codes(upload)) == ({"same": 2}, [])
    refused = checked(province, sheet(receipt, -5), "funding")
    assert places(refused) == ["E2 E_RANGE"]


def test_a_receipt_of_a_workbook_does_not_shrink_either(province, receipt, allocation) -> None:
    data = xlsx([["档案编号", "金额", "到账日期"], [receipt.number, 59999, "2009-05-01"]])

    assert places(checked(province, data, "funding")) == ["B2 E_BELOW_ALLOCATED"]
