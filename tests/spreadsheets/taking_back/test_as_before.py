"""Applied and taken back, the register is as before, row for row."""

from decimal import Decimal

import pytest

from centers.models import Center, CenterState
from children.models import Carer, Child, ParentState
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.models import UploadState
from gansu_care.trail.models import RecordNumberCounter
from tests.records import make_center, make_equipment, make_receipt, make_source
from tests.register_rows import register_rows
from tests.spreadsheets.taking_back.undoing import (
    CENTERS,
    EXIT,
    TWO,
    lines,
    one_child,
    registered_long_ago,
    undone,
)
from tests.uploading import (
    A_CHILD,
    child_numbered,
    children_file,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db


def test_new_children_go_with_all_that_hangs_on_them(officer, county):
    written(officer, children_file(child_numbered(7)), "children")
    before, counter = register_rows(()), RecordNumberCounter.objects.get().next
    upload = written(officer, children_file(*TWO), "children")
    numbers = set(Child.objects.filter(upload_number=upload.number).values_list("number", flat=True))
    back = undone(upload, county)
    assert back.state == UploadState.UNDONE
    assert register_rows(()) == before
    assert {number for _outcome, number, *_rest in lines(back)} == numbers
    assert {(line[0], line[2]) for line in lines(back)} == {("undone", "remove")}
    assert RecordNumberCounter.objects.get().next == counter + 2, "record numbers are never used again"


def test_what_was_removed_stays_in_the_history(officer, county):
    upload = written(officer, children_file({}), "children")
    child = one_child()
    undone(upload, county)
    last = Child.history.filter(number=child.number).latest("history_id")
    assert (last.history_type, last.history_user, last.name) == ("-", county, "王小花")
    assert last.history_change_reason == f"undo:{upload.number}"
    assert Carer.history.filter(child_id=child.pk, history_type="-").count() == 1
    assert ParentState.history.filter(history_type="-").count() == 2


CHANGES = {
    "村": "北街村", "父亲状态": "在家", "父亲电话": "13800000009", "照护人姓名": "李桂芳", "年级": "四年级",
    "身份证号": A_CHILD["身份证号"], "姓名": "王小华",
}  # fmt: skip


def test_changed_children_return_to_what_they_were(officer, county):
    written(officer, children_file(*TWO), "children")
    before, held = register_rows(), one_child()
    upload = written(officer, children_file(CHANGES), "children")
    assert register_rows() != before
    back = undone(upload, county)
    assert register_rows() == before
    assert one_child().version == held.version + 2, "versions rise"
    assert one_child().id_number.token == held.id_number.token
    (line,) = lines(back)
    assert line[:3] == ("undone", held.number, "restore")
    assert set(line[3]) == {
        "children.child.name", "children.child.village", "children.child.grade", "children.parent.phone",
        "children.parentstate", "children.parentstate.until", "children.carer", "children.carer.until",
    }  # fmt: skip
    assert Child.objects.called("wxh", anywhere=True).filter(name="王小花").exists(), (
        "found by her name again"
    )


def test_an_exit_is_taken_back_with_the_status_that_follows_from_it(officer, county):
    registered_long_ago(officer)
    before = register_rows()
    upload = written(officer, xlsx(EXIT), "children")
    assert one_child().status == "exited"
    undone(upload, county)
    assert one_child().status == "active"
    assert register_rows() == before


def test_centers_return_with_their_states(officer, county):
    rows = [["南门村留守儿童之家", "洮阳镇", "2009-09-01", "运行", "2009-09-01", "", "13800000001"]]
    written(officer, xlsx([CENTERS, *rows]), "centers")
    before = register_rows()
    rows[0][3:] = ["暂停", "2026-05-01", "修缮", "13800000002"]
    rows.append(["北街村留守儿童之家", "洮阳镇", "2010-09-01", "运行", "", "", ""])
    upload = written(officer, xlsx([CENTERS, *rows]), "centers")
    assert (upload.new, upload.changed, CenterState.objects.count()) == (1, 1, 3)
    undone(upload, county)
    assert register_rows() == before
    assert Center.objects.get().status == "operating"


EQUIPMENT = ["活动中心", "类别", "品名", "资产编号", "数量", "单位", "单价", "资金来源", "存放地点"]


def test_equipment_goes_back_with_the_center_that_was_moved(officer, county):
    center = make_center(Division.objects.get(name="八里铺镇", parent__code="621124").code)
    item = make_equipment(center)
    moved = written(
        officer, xlsx([["中心编号", "中心名称", "乡镇"], [center.number, center.name, "洮阳镇"]]), "centers"
    )
    item.refresh_from_db()
    assert item.division.code == "621124100"

    assert undone(moved, county).state == UploadState.UNDONE
    item.refresh_from_db()
    center.refresh_from_db()
    assert item.division == center.division
    assert center.division.name == "八里铺镇"


def test_equipment_returns(officer, county):
    make_center("621124100", name="甲中心")
    make_center("621124100", name="乙中心")
    rows = [["甲中心", "电脑", "台式电脑", "A-1", 2, "台", 3000, "省级财政", "一楼"]]
    written(officer, xlsx([EQUIPMENT, *rows]), "equipment")
    before = register_rows()
    rows[0][4:9] = [3, "台", 3100, "全国妇联", "二楼"]
    rows.append(["乙中心", "电视", "电视机", "A-2", 1, "台", 2000, "省级财政", ""])
    upload = written(officer, xlsx([EQUIPMENT, *rows]), "equipment")
    assert (upload.new, upload.changed) == (1, 1)
    undone(upload, county)
    assert register_rows() == before


RECEIPTS = ["资金来源", "接收单位", "金额", "到账日期", "票据号", "项目", "档案编号"]
ALLOCATIONS = ["分配文号", "下达日期", "资金来源", "分配到", "金额", "用途"]


def test_money_returns_with_the_shares_of_its_sources(province, admin):
    receipt = make_receipt("620000", make_source("全国妇联", "acwf"), voucher_no="P-1", amount=Decimal(1000))
    # The twelve standard sources are entered with the first file of money, and stay.
    written(province, xlsx([RECEIPTS, ["省级财政", "甘肃省", 500, "2015-01-05", "P-9", "", ""]]), "funding")
    before = register_rows()
    receipts = [
        ["全国妇联、中国儿童少年基金会", "甘肃省", 2000, "2009-05-01", "P-1", "建设", receipt.number],
        ["省级财政", "甘肃省", 300, "2016-03-01", "P-2", "", ""],
    ]
    allocations = [["甘妇发〔2015〕12号", "2015-03-20", "省级财政", "临洮县", 200, "建设"]]
    upload = written(province, xlsx([RECEIPTS, *receipts], [ALLOCATIONS, *allocations]), "funding")
    assert (upload.new, upload.changed) == (2, 1)
    assert {share.source.name for share in receipt.shares.all()} == {"全国妇联", "中国儿童少年基金会"}
    undone(upload, admin)
    assert register_rows() == before
