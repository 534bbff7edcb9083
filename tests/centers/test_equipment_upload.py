"""Equipment by workbook: named by its center, found by asset number; equal lots are told by their turn."""

from decimal import Decimal

import pytest

from centers.models import Center, Equipment, Stocktake
from gansu_care.spreadsheets.kinds import kind_of
from tests.uploading import checked, codes, counts, places, written, xlsx

pytestmark = pytest.mark.django_db

CENTERS = xlsx([
    ["中心名称", "乡镇", "建成日期"],
    ["南门村留守儿童之家", "洮阳镇", "2009-09-01"],
    ["儿童之家", "洮阳镇", "2010-09-01"],
    ["儿童之家", "八里铺镇", "2010-09-01"],
])  # fmt: skip
HEAD = [
    "中心名称",
    "乡镇",
    "资产编号",
    "类别",
    "品名",
    "规格型号",
    "数量",
    "单价",
    "金额",
    "购置日期",
    "状况",
    "处置日期",
]
BOOKS = [
    "南门村留守儿童之家",
    "洮阳镇",
    None,
    "图书",
    "少儿百科",
    None,
    "30册",
    25,
    750,
    "2010-01-01",
    "完好",
    None,
]


@pytest.fixture
def centers(officer):
    written(officer, CENTERS, "centers")


def table(*rows: dict, head=HEAD) -> bytes:
    held = dict(zip(HEAD, BOOKS, strict=True))
    return xlsx([head, *([(held | row).get(name) for name in head] for row in rows)])


def test_a_lot_takes_its_place_from_its_center(officer, centers):
    written(officer, table({}), "equipment")
    lot = Equipment.objects.get()
    assert (lot.center.name, lot.division.name, lot.county.name) == ("南门村留守儿童之家", "洮阳镇", "临洮县")
    assert (lot.quantity, lot.unit, lot.unit_price, lot.amount) == (
        30,
        "册",
        Decimal("25.00"),
        Decimal("750.00"),
    )
    assert lot.history.get().upload_number == lot.upload_number


def test_the_amount_is_counted_where_it_is_not_given(officer, centers):
    written(officer, table({"金额": None}), "equipment")
    assert Equipment.objects.get().amount == Decimal("750.00")


def test_an_amount_that_does_not_fit_is_asked_about(officer, centers):
    assert places(checked(officer, table({"金额": 700}), "equipment")) == ["I2 W_AMOUNT_MISMATCH"]


def test_the_nth_equal_lot_of_the_file_is_the_nth_of_the_register(officer, centers):
    data = table({}, {}, {"金额": None, "数量": "10册"})
    assert written(officer, data, "equipment").new == 3
    assert counts(checked(officer, data, "equipment")) == {"same": 3}
    upload = written(
        officer, table({}, {"数量": "40册", "金额": 1000}, {"数量": "10册", "金额": None}, {}), "equipment"
    )
    assert counts(upload) == {"new": 1, "changed": 1, "same": 2}
    assert list(Equipment.objects.order_by("pk").values_list("quantity", flat=True)) == [30, 40, 10, 30]


def test_an_item_is_found_by_its_asset_number(officer, centers):
    written(officer, table({"资产编号": "T-1", "品名": "电视机", "类别": "电视"}), "equipment")
    upload = checked(
        officer,
        table({"资产编号": "T-1", "品名": "液晶电视", "类别": "电视", "单价": 30, "金额": 900}),
        "equipment",
    )
    assert counts(upload) == {"changed": 1}


def test_an_asset_number_that_another_item_has_is_not_given_to_a_second(officer, centers):
    written(officer, table({"资产编号": "T-1"}, {"资产编号": "T-2"}), "equipment")
    number = Equipment.objects.get(asset_no="T-2").number
    data = xlsx([["档案编号", "中心名称", "资产编号"], [number, "南门村留守儿童之家", "T-1"]])
    assert codes(checked(officer, data, "equipment")) == ["E_DOUBTFUL"]


def test_the_same_asset_number_twice(officer, centers):
    upload = checked(officer, table({"资产编号": "T-1"}, {"资产编号": "T-1"}), "equipment")
    assert (counts(upload), places(upload)) == ({"new": 1, "refused": 1}, ["A3 E_DUP_IN_FILE"])


def test_a_name_that_two_centers_have_wants_the_township_or_the_number(officer, centers):
    head = [name for name in HEAD if name != "乡镇"]
    assert codes(checked(officer, table({"中心名称": "儿童之家"}, head=head), "equipment")) == [
        "E_CENTER_AMBIGUOUS"
    ]
    assert counts(checked(officer, table({"中心名称": "儿童之家"}), "equipment")) == {"new": 1}
    number = Center.objects.get(name="儿童之家", division__name="八里铺镇").number
    head = ["中心编号", *head]
    written(officer, table({"中心名称": "儿童之家", "中心编号": number}, head=head), "equipment")
    assert Equipment.objects.get().division.name == "八里铺镇"


def test_unknown_and_foreign_centers_give_the_same_answer(officer, neighbour, centers):
    foreign = checked(neighbour, table({"乡镇": None}), "equipment")
    number = Center.objects.first().number
    head = ["中心编号", *(name for name in HEAD if name not in ("中心名称", "乡镇"))]
    by_number = checked(neighbour, table({"中心编号": number}, head=head), "equipment")
    unknown = checked(neighbour, table({"乡镇": None, "中心名称": "没有的中心"}), "equipment")
    assert codes(foreign) == codes(by_number) == codes(unknown) == ["E_CENTER_UNKNOWN"]


def test_what_is_gone_has_a_day(officer, centers):
    upload = checked(officer, table({"状况": "已报废"}), "equipment")
    assert (counts(upload), places(upload)) == ({"refused": 1}, ["L2 E_REQUIRED"])
    assert counts(checked(officer, table({"状况": "已报废", "处置日期": "2020-06-30"}), "equipment")) == {
        "new": 1
    }


def test_money_in_ten_thousands(officer, centers):
    head = ["金额（万元）" if name == "金额" else name for name in HEAD]
    data = table({"金额（万元）": "0.075"}, head=head)
    written(officer, data, "equipment")
    assert Equipment.objects.get().amount == Decimal("750.00")


def test_vague_and_negative_numbers(officer, centers):
    upload = checked(officer, table({"数量": "约30"}, {"数量": "-2"}), "equipment")
    assert codes(upload) == ["E_NUMBER_VAGUE", "E_RANGE"]


def test_a_total_of_quantities_is_checked(officer, centers):
    rows = [HEAD, BOOKS, BOOKS, ["合计", None, None, None, None, None, 61, None, 1500]]
    assert places(checked(officer, xlsx(rows), "equipment")) == ["G4 W_TOTAL_MISMATCH"]


def test_a_column_for_source_or_donor(officer, centers):
    head = [*HEAD, "资金来源/捐赠方"]
    written(
        officer,
        table({"资金来源/捐赠方": "全国妇联"}, {"品名": "字典", "资金来源/捐赠方": "某公司"}, head=head),
        "equipment",
    )
    assert list(Equipment.objects.order_by("pk").values_list("source_kind", "donor")) == [
        ("acwf", ""),
        ("", "某公司"),
    ]


def test_two_persons_accept_what_arrives(officer, centers):
    head = [*HEAD, "验收人"]
    written(officer, table({"验收人": "王秀英，李建国"}, head=head), "equipment")
    assert Equipment.objects.get().accepted_by == "王秀英、李建国"
    assert counts(checked(officer, table({"验收人": "王秀英/李建国"}, head=head), "equipment")) == {"same": 1}
    assert codes(checked(officer, table({"验收人": "王秀英、李□国"}, head=head), "equipment")) == [
        "E_NAME_LOST_CHAR"
    ]


def test_a_disposal_with_its_names(officer, centers):
    head = [*HEAD, "处置方式", "处置签字：保管人", "处置批准人"]
    cells = {"状况": "已调出", "处置日期": "2020-06-30", "处置方式": "捐赠", "处置签字：保管人": "王秀英"}
    written(officer, table(cells | {"处置批准人": "赵玉兰"}, head=head), "equipment")
    item = Equipment.objects.get()
    assert (item.disposal, item.disposal_keeper, item.disposal_approver) == ("given", "王秀英", "赵玉兰")


COUNTED = [*HEAD, "盘点日期", "实盘数", "差异说明"]


def test_the_yearly_count_is_kept_year_by_year(officer, centers):
    first = {"盘点日期": "2025-07-03", "实盘数": 28, "差异说明": "少两册"}
    written(officer, table(first, head=COUNTED), "equipment")
    assert counts(checked(officer, table(first, head=COUNTED), "equipment")) == {"same": 1}
    written(officer, table({"盘点日期": "2026-07-03", "实盘数": "30册"}, head=COUNTED), "equipment")
    taken = Stocktake.objects.order_by("counted_on")
    assert [(one.book, one.counted, one.explanation) for one in taken] == [(30, 28, "少两册"), (30, 30, "")]
    written(
        officer,
        table({"盘点日期": "2026-07-03", "实盘数": 29, "差异说明": "借出"}, head=COUNTED),
        "equipment",
    )
    assert [one.counted for one in taken.all()] == [28, 29]
    assert Equipment.objects.get().history.count() == 3


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"盘点日期": "2026-07-03"}, "N2 E_COUNT_INCOMPLETE"),
        ({"实盘数": 30}, "M2 E_COUNT_INCOMPLETE"),
        ({"差异说明": "少两册"}, "M2 E_COUNT_INCOMPLETE"),
        ({"盘点日期": "2026-07-03", "实盘数": 28}, "O2 E_COUNT_UNEXPLAINED"),
        ({"盘点日期": "2099-07-03", "实盘数": 30}, "M2 E_DATE_FUTURE"),
    ],
)
def test_a_count_that_does_not_fit_is_said(officer, centers, cells, problem):
    upload = checked(officer, table(cells, head=COUNTED), "equipment")
    assert (counts(upload), places(upload)) == ({"refused": 1}, [problem])


def test_what_was_exported_comes_back_the_same(officer, centers):
    head = [*COUNTED, "验收人", "处置方式"]
    rows = table(
        {"盘点日期": "2026-07-03", "实盘数": 28, "差异说明": "少两册", "验收人": "王秀英、李建国"},
        {"品名": "字典", "状况": "已报废", "处置日期": "2020-06-30", "处置方式": "报废"},
        head=head,
    )
    written(officer, rows, "equipment")
    resource = kind_of("equipment").resources[0]()
    exported = resource.export_rows(Equipment.objects.order_by("pk"), officer)
    upload = checked(officer, xlsx([resource.export_headers(), *exported]), "equipment")
    assert (counts(upload), codes(upload)) == ({"same": 2}, [])
