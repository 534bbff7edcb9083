"""Money by workbook: joint sources, ten thousands of yuan, and what makes two payments the same."""

from datetime import date
from decimal import Decimal

import pytest

from funding.models import Allocation, Receipt
from tests.uploading import checked, codes, counts, places, written, xlsx

pytestmark = pytest.mark.django_db

RECEIPTS = ["资金来源", "捐赠方", "金额", "其中实物折价", "到账日期", "票据号"]
RECEIPT = ["省级财政", None, 20000, None, "2009-03-05", "A-1"]
ALLOCATIONS = ["分配文号", "资金来源", "分配到", "金额", "下达日期", "用途"]
ALLOCATION = ["甘妇发〔2009〕1号", "省级财政", "临洮县", 20000, "2009-04-01", "建设"]


def receipts(*rows: dict, head=RECEIPTS) -> bytes:
    held = dict(zip(RECEIPTS, RECEIPT, strict=True))
    return xlsx([head, *([(held | row).get(name) for name in head] for row in rows)])


def allocations(*rows: dict, head=ALLOCATIONS) -> bytes:
    held = dict(zip(ALLOCATIONS, ALLOCATION, strict=True))
    return xlsx([head, *([(held | row).get(name) for name in head] for row in rows)])


def shares(receipt: Receipt) -> list[tuple]:
    return sorted(receipt.shares.values_list("source__name", "amount"))


def test_joint_sources_on_one_receipt_split_unknown(province):
    head = ["金额（万元）" if name == "金额" else name for name in RECEIPTS]
    row = {"资金来源": "全国妇联、中国儿童少年基金会", "金额（万元）": "１７９"}
    written(province, receipts(row, head=head), "funding")
    receipt = Receipt.objects.get()
    assert receipt.amount == Decimal("1790000.00")
    assert shares(receipt) == [("中国儿童少年基金会", None), ("全国妇联", None)]
    assert (receipt.division.name, receipt.county, receipt.prefecture) == ("甘肃省", None, None)
    assert counts(checked(province, receipts(row | {"资金来源": "CCTF和ACWF"}, head=head), "funding")) == {
        "same": 1
    }


def test_one_source_gave_the_whole_amount(officer):
    written(officer, receipts({}), "funding")
    receipt = Receipt.objects.get()
    assert shares(receipt) == [("省级财政", Decimal("20000.00"))]
    assert (receipt.division.name, receipt.received_on) == ("临洮县", date(2009, 3, 5))


def test_a_corrected_amount_goes_to_its_one_source(officer):
    written(officer, receipts({}), "funding")
    receipt = Receipt.objects.get()
    data = xlsx([["档案编号", "金额", "到账日期"], [receipt.number, 30000, "2009-03-05"]])
    assert written(officer, data, "funding").changed == 1
    assert shares(receipt) == [("省级财政", Decimal("30000.00"))]


def test_a_corrected_source_leaves_its_trace(officer):
    written(officer, receipts({}), "funding")
    receipt = Receipt.objects.get()
    data = xlsx(
        [["档案编号", "资金来源", "金额", "到账日期"], [receipt.number, "企业捐赠", 30000, "2009-03-05"]]
    )
    upload = written(officer, data, "funding")
    assert upload.changed == 1
    assert shares(receipt) == [("企业捐赠", Decimal("30000.00"))]
    history = receipt.shares.model.history.order_by("history_id")
    assert [one.history_type for one in history] == ["+", "-", "+"]


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({}, {"same": 1}),
        ({"捐赠方": "中国移动甘肃公司"}, {"changed": 1}),
        ({"票据号": "A-2"}, {"new": 1}),
        ({"金额": 20001}, {"new": 1}),
        ({"到账日期": "2009-03-06"}, {"new": 1}),
        ({"资金来源": "企业捐赠"}, {"new": 1}),
        ({"票据号": None}, {"new": 1}),
    ],
)
def test_what_makes_a_receipt_the_same(officer, cells, outcome):
    written(officer, receipts({}), "funding")
    assert counts(checked(officer, receipts(cells), "funding")) == outcome


def test_without_a_number_several_are_doubtful(officer):
    head = [*RECEIPTS, "备注"]
    for turn in ("一", "二"):
        data = receipts(
            {"票据号": None, "备注": turn} if turn == "一" else {"票据号": "B-2", "备注": turn}, head=head
        )
        written(officer, data, "funding")
    Receipt.objects.update(voucher_no="")
    upload = checked(officer, receipts({"票据号": None}), "funding")
    assert (counts(upload), codes(upload)) == ({"doubtful": 1}, ["E_DOUBTFUL"])


def test_the_same_payment_twice_in_a_file(officer):
    upload = checked(officer, receipts({}, {}), "funding")
    assert (counts(upload), places(upload)) == ({"new": 1, "refused": 1}, ["F3 E_DUP_IN_FILE"])


def test_a_source_that_is_none(officer):
    upload = checked(officer, receipts({"资金来源": "市县自筹"}), "funding")
    assert codes(upload) == ["E_CODE_UNKNOWN"]


def test_goods_are_part_of_the_amount(officer):
    upload = checked(officer, receipts({"其中实物折价": 30000}), "funding")
    assert places(upload) == ["D2 E_RANGE"]


def test_one_document_gives_the_same_to_many(province):
    rows = ({}, {"分配到": "漳县"}, {"分配到": "定西市"})
    data = allocations(*rows)
    assert written(province, data, "funding").new == 3
    assert counts(checked(province, data, "funding")) == {"same": 3}
    assert sorted(Allocation.objects.values_list("division__name", flat=True)) == ["临洮县", "定西市", "漳县"]


def test_an_allocation_to_a_center(officer):
    written(officer, xlsx([["中心名称", "乡镇"], ["南门村留守儿童之家", "洮阳镇"]]), "centers")
    head = [*(name for name in ALLOCATIONS if name != "分配到"), "活动中心"]
    written(officer, allocations({"活动中心": "南门村留守儿童之家"}, head=head), "funding")
    allocation = Allocation.objects.get()
    assert (allocation.center.name, allocation.division.name) == ("南门村留守儿童之家", "洮阳镇")


def test_money_of_another_county_is_out_of_scope(officer):
    upload = checked(officer, allocations({}, {"分配到": "漳县"}), "funding")
    assert (counts(upload), codes(upload)) == ({"new": 1, "refused": 1}, ["E_OUT_OF_SCOPE"])


def test_receipts_and_allocations_in_one_workbook(province):
    both = xlsx([RECEIPTS, RECEIPT], [ALLOCATIONS, ALLOCATION], names=["到账", "分配"])
    upload = written(province, both, "funding")
    assert [sheet["resource"] for sheet in upload.sheets] == ["receipt", "allocation"]
    assert (upload.written, Receipt.objects.count(), Allocation.objects.count()) == (2, 1, 1)
