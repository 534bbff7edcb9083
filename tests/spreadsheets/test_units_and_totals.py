"""What offices write around and into a table: units, 同上, ticks, several values, who filled it in, and sums."""

from decimal import Decimal

import pytest
from django.urls import reverse

from centers.models import Center, Equipment
from funding.models import Receipt
from gansu_care.spreadsheets.models import Upload
from tests.records import make_center
from tests.spreadsheets.files.xls import as_xls
from tests.upload_pages import page, text
from tests.uploading import checked, child_numbered, children_rows, codes, places, written, xlsx

pytestmark = pytest.mark.django_db

FILES = pytest.mark.parametrize("file", [as_xls, xlsx], ids=["xls", "xlsx"])
RECEIPTS = ["资金来源", "金额", "到账日期", "票据号"]


@FILES
@pytest.mark.parametrize(
    ("above", "heading", "cell"),
    [
        ([], "金额（万元）", 17.9),
        ([], "金额(单位:万元)", "17.9"),
        ([["2015年到账", None, None, "单位：万元"]], "金额", 17.9),
        ([["2015年到账", None, None, "金额单位：万元"]], "金额", "17.9"),
        ([], "金额", "17.9万元"),
        ([], "金额（元）", "179,000.00"),
        ([], "金额", "179000元"),
        ([], "金额（千元）", 179),
    ],
)
def test_money_in_the_unit_that_the_table_names(officer, file, above, heading, cell):
    head = [heading if name == "金额" else name for name in RECEIPTS]
    written(officer, file([*above, head, ["省级财政", cell, "2015-03-05", "A-1"]]), "funding")
    assert Receipt.objects.get().amount == Decimal("179000.00")


@FILES
@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("室内面积（㎡）", 120),
        ("室内面积（平方米）", "120"),
        ("室内面积", "120㎡"),
        ("室内面积", "120平方米"),
    ],
)
def test_areas(officer, file, heading, cell):
    rows = [["中心名称", "乡镇", "建成日期", heading], ["南门村之家", "洮阳镇", "2015-07-23", cell]]
    written(officer, file(rows), "centers")
    assert Center.objects.get().indoor_area == 120


@FILES
@pytest.mark.parametrize(("heading", "cell"), [("数量（台）", 5), ("数量", "5台"), ("数量", "５ 台")])
def test_quantities(officer, file, heading, cell):
    make_center(name="南门村之家", place="621124100")
    head = ["中心名称", "乡镇", "类别", "品名", heading]
    written(officer, file([head, ["南门村之家", "洮阳镇", "电脑", "台式电脑", cell]]), "equipment")
    lot = Equipment.objects.get()
    assert (lot.quantity, lot.unit) == (5, "台")


@FILES
def test_ditto_ticks_and_several_values(officer, file):
    head = ["中心名称", "乡镇", "建成日期", "功能区", "制度上墙", "档案齐全"]
    rows = [
        ["南门村之家", "洮阳镇", "2015-07-23", "图书阅览、电脑室", "√", "×"],
        ["北街村之家", "同上", "2015-07-23", "〃", "✓", None],
    ]
    written(officer, file([head, *rows]), "centers")
    first, second = Center.objects.order_by("pk")
    assert (first.rules_posted, first.files_kept, second.rules_posted) == (True, False, True)
    assert second.division.name == "洮阳镇"
    assert sorted(first.rooms) == sorted(second.rooms) == ["computers", "reading"]


@FILES
def test_who_filled_it_in_and_when_is_kept_and_shown(client, send, say_yes, officer, file):
    rows = [
        ["临洮县留守儿童登记表"],
        ["填报单位：临洮县洮阳镇", None, None, "填报日期：2026年11月2日"],
        *children_rows({}),
        ["填报人：王秀英"],
    ]
    send(officer, file(rows), name="登记表.xls", kind="children")
    upload = Upload.objects.get()
    assert upload.facts == {"unit": "临洮县洮阳镇", "filled_on": "2026-11-02", "filler": "王秀英"}
    shown = "表中写的： 填报单位：临洮县洮阳镇；填报日期：2026-11-02；填表人：王秀英"
    assert shown in text(page(client, "preview", upload))
    say_yes(upload)
    done = text(page(client, "done", upload))
    assert "填表人 王秀英 表中写的" in done
    assert reverse("children:list") in page(client, "done", upload)


# --- sums, for every kind

CENTERS = [
    ["中心名称", "乡镇", "建成日期", "服务儿童数"],
    ["南门村之家", "洮阳镇", "2015-07-23", 50],
    ["北街村之家", "洮阳镇", "2015-07-23", 30],
]
EQUIPMENT = [
    ["中心名称", "乡镇", "类别", "品名", "数量", "金额（元）"],
    ["南门村之家", "洮阳镇", "图书", "少儿百科", 30, 750],
    ["南门村之家", "洮阳镇", "图书", "故事书", 20, 400],
]
MONEY = [
    ["票据号", "资金来源", "金额（万元）", "到账日期"],
    ["A-1", "省级财政", 17.9, "2015-03-05"],
    ["A-2", "省级财政", 2.1, "2015-04-05"],
]
GIVEN = [
    ["分配文号", "资金来源", "金额（元）", "分配到", "下达日期"],
    ["1号", "省级财政", 20000, "临洮县", "2015-04-01"],
    ["2号", "省级财政", 30000, "临洮县", "2015-05-01"],
]
CHILDREN = children_rows({}, child_numbered(2))


@FILES
@pytest.mark.parametrize(
    ("kind", "rows", "right", "wrong", "said"),
    [
        ("centers", CENTERS, ["合计", None, None, 80], ["合计", None, None, 90], "“合计”写的是 90，表中实有 80"),
        ("centers", CENTERS, ["合计", "2个", None, 80], ["合计", "3个", None, 80], "“合计”写的是 3，表中实有 2"),
        (
            "equipment", EQUIPMENT, ["总计", None, None, None, 50, 1150], ["总计", None, None, None, 50, 1100],
            "“总计”写的是 1100.00，表中实有 1150.00",
        ),
        (
            "funding", MONEY, ["合计", None, 20, None], ["合计", None, 21, None],
            "“合计”写的是 210000.00，表中实有 200000.00",
        ),
        ("funding", GIVEN, ["合计", None, 50000], ["合计", None, 50001], "“合计”写的是 50001.00，表中实有 50000.00"),
        ("children", CHILDREN, ["合计", 2], ["合计", 3], "“合计”写的是 3，表中实有 2"),
    ],
)  # fmt: skip
def test_a_sum_that_does_not_fit_is_asked_about(officer, file, kind, rows, right, wrong, said):
    make_center(name="南门村之家", place="621124100")
    assert codes(checked(officer, file([*rows, right]), kind)) == []
    upload = checked(officer, file([*rows, wrong]), kind)
    (problem,) = [one.problem for one in upload.problems.all()]
    assert (problem.code, problem.row, problem.message) == ("W_TOTAL_MISMATCH", len(rows) + 1, said)
    assert upload.rows == 2


@FILES
def test_sums_of_parts(officer, file):
    rows = [CENTERS[0], CENTERS[1], ["洮阳镇小计", None, None, 50], CENTERS[2], ["小计", None, None, 40]]
    upload = checked(officer, file([*rows, ["合计", None, None, 80]]), "centers")
    assert places(upload) == ["D5 W_TOTAL_MISMATCH"]
