"""Taking an upload back: new rows go, changed fields return, what was edited since is kept and listed."""

from datetime import date
from decimal import Decimal

import pytest

from centers.models import Center, CenterState, Equipment
from children.facts import entrust_carer, state_parent
from children.models import Carer, Child, Episode, ParentState
from funding.models import Receipt
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, ask_undo, recheck, undo_upload
from gansu_care.spreadsheets.uploads.checking import check_upload
from gansu_care.trail.models import Action, Event, RecordNumberCounter
from tests.people import person
from tests.records import make_center, make_equipment, make_receipt, make_source
from tests.register_rows import register_rows
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    applied,
    checked,
    child_numbered,
    children_file,
    fresh,
    no_progress,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

TWO = ({}, child_numbered(2))
WHY = "传错了文件"


def undone(upload: Upload, user: User) -> Upload:
    ask_undo(upload, user, WHY, queue=False)
    undo_upload(upload.pk, no_progress)
    return fresh(upload)


def lines(upload: Upload) -> list[tuple]:
    """outcome, number, act, fields, why"""
    return [(line.outcome, line.number, line.act, line.fields, line.why) for line in upload.undo_lines.all()]


def one_child() -> Child:
    return Child.objects.get(id_number=A_CHILD["身份证号"])


# --- applied, undone: the register as before, row for row


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


EXIT = [
    ["姓名", "身份证号", "退出日期", "退出原因"],
    ["王小花", A_CHILD["身份证号"], "2026-10-01", "父（母）返乡共同生活"],
]


def registered_long_ago(officer: User) -> Child:
    head = [*CHILD_HEAD, "登记日期"]
    written(officer, children_file({"登记日期": "2026-03-01"}, head=head), "children")
    return one_child()


def test_an_exit_is_taken_back_with_the_status_that_follows_from_it(officer, county):
    registered_long_ago(officer)
    before = register_rows()
    upload = written(officer, xlsx(EXIT), "children")
    assert one_child().status == "exited"
    undone(upload, county)
    assert one_child().status == "active"
    assert register_rows() == before


CENTERS = ["中心名称", "乡镇", "建成日期", "状态", "状态日期", "状态原因", "负责人电话"]


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


# --- what was edited since is kept, and said


def edited(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save_version(record.version)
    return record


def test_a_new_child_that_somebody_edited_stays(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    child = edited(one_child(), village="别人改的村")
    back = undone(upload, county)
    assert list(Child.objects.all()) == [child]
    assert Child.objects.get().village == "别人改的村"
    kept = back.undo_lines.get(outcome="kept")
    assert (kept.number, kept.act, kept.why, kept.fields) == (child.number, "remove", "edited", [])
    assert kept.when == child.history.latest("history_id").history_date
    assert back.undo_lines.filter(outcome="undone").count() == 1


@pytest.mark.parametrize("part", ["carer", "parent"])
def test_a_new_child_whose_family_was_edited_stays_whole(officer, county, part):
    upload = written(officer, children_file({}), "children")
    child = one_child()
    if part == "carer":
        entrust_carer(child, date(2026, 11, 1), name="王桂芳")
    else:
        state_parent(child.parents.get(kind="father"), "home", date(2026, 11, 1))
    before = register_rows(())
    back = undone(upload, county)
    assert register_rows(()) == before
    assert lines(back) == [("kept", child.number, "remove", [], "edited")]


def test_only_the_fields_that_still_hold_what_the_upload_wrote_return(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    edited(one_child(), village="东街村")
    back = undone(upload, county)
    child = one_child()
    assert (child.village, child.grade, child.version) == ("东街村", "P3", 4)
    assert lines(back) == [
        ("undone", child.number, "restore", ["children.child.grade"], ""),
        ("kept", child.number, "restore", ["children.child.village"], "edited"),
    ]


def test_the_line_names_who_edited_the_field_not_who_edited_last(officer, county, prefecture):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    for user, values in ((county, {"village": "东街村"}), (prefecture, {"school": "县一小"})):
        child = one_child()
        child._history_user = user
        edited(child, **values)
    kept = undone(upload, county).undo_lines.get(outcome="kept")
    assert kept.who == "赵玉兰"


def test_what_a_person_has_set_back_by_hand_needs_no_line(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    edited(one_child(), village="南门村")
    assert lines(undone(upload, county)) == [
        ("undone", one_child().number, "restore", ["children.child.grade"], "")
    ]


def test_dated_facts_on_which_somebody_built_stay_all(officer, county):
    """The upload ended one carer and began the next; a third was entered since: none of it can return."""
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"照护人姓名": "李桂芳", "村": "北街村"}), "children")
    child = one_child()
    entrust_carer(child, date(2026, 11, 20), name="王桂芳")
    before = list(child.carers.values("name", "since", "until"))
    back = undone(upload, county)
    assert list(child.carers.values("name", "since", "until")) == before
    assert lines(back) == [
        ("undone", child.number, "restore", ["children.child.village"], ""),
        ("kept", child.number, "restore", ["children.carer"], "edited"),
    ]


def test_an_exit_stays_when_the_child_has_come_back_since(officer, county):
    child = registered_long_ago(officer)
    upload = written(officer, xlsx(EXIT), "children")
    Episode.objects.create(child=child, episode_no=2, registered_on=date(2026, 11, 1))
    back = undone(upload, county)
    assert list(child.episodes.values_list("ended_on", flat=True)) == [date(2026, 10, 1), None]
    assert (one_child().status, lines(back)[-1][3:]) == ("active", (["children.episode"], "edited"))


def test_a_record_voided_since_stays_whole(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"村": "北街村"}), "children")
    edited(one_child(), voided_on=date(2026, 11, 20), void_reason="重复登记")
    assert lines(undone(upload, county)) == [("kept", one_child().number, "restore", [], "edited")]
    assert one_child().village == "北街村"


def test_a_sealed_value_somebody_changed_stays(officer, county):
    written(officer, children_file({}), "children")
    upload = written(officer, children_file({"父亲电话": "13800000009"}), "children")
    father = one_child().parents.get(kind="father")
    father.phone = "13800000005"
    father.save()
    back = undone(upload, county)
    assert one_child().parents.get(kind="father").phone == "13800000005"
    assert lines(back) == [("kept", one_child().number, "restore", ["children.parent.phone"], "edited")]


# --- what is pointed at, what clashes, what is gone


def test_a_new_center_with_equipment_stays_until_the_equipment_is_gone(officer, county):
    head = ["中心名称", "乡镇", "建成日期"]
    upload = written(officer, xlsx([head, ["甲中心", "洮阳镇", "2009-09-01"]]), "centers")
    center = Center.objects.get()
    make_equipment(center)
    kept = undone(upload, county).undo_lines.get()
    assert (kept.outcome, kept.why, kept.pointing) == ("kept", "pointed_at", {"centers.equipment": 1})
    assert (Center.objects.count(), Equipment.objects.count()) == (1, 1)


def test_a_center_that_only_rows_of_the_same_upload_point_at_goes_with_them(officer, county):
    """The new center took over from another one of the same file."""
    head = ["中心名称", "乡镇", "建成日期"]
    upload = written(
        officer,
        xlsx([head, ["甲中心", "洮阳镇", "2009-09-01"], ["乙中心", "洮阳镇", "2010-09-01"]]),
        "centers",
    )
    first, second = Center.objects.order_by("pk")
    # As a file that names the successor writes it: within the application, under its stamp.
    state = second.states.get()
    CenterState.objects.filter(pk=state.pk).update(successor=first)
    undone(upload, county)
    assert not Center.objects.exists()


def test_an_id_number_that_another_child_has_by_now_is_said_to_clash(officer, county):
    free = child_numbered(5)["身份证号"]
    born = {"出生日期": child_numbered(5)["出生日期"]}
    written(officer, children_file({}, child_numbered(2)), "children")
    child = one_child()
    head = ["档案编号", "姓名", "身份证号", "出生日期", "村"]
    row = [child.number, "王小花", free, born["出生日期"], "北街村"]
    upload = written(
        officer, xlsx([head, row, [None, "王小草", None, None, None]]), "children", good_rows=True
    )
    Child.objects.exclude(pk=child.pk).update(id_number=None, id_number_digest=None)
    other = Child.objects.exclude(pk=child.pk).get()
    other.id_number = A_CHILD["身份证号"]
    other.save()
    before = register_rows(())
    back = undone(upload, county)
    assert lines(back) == [("failed", child.number, "restore", [], "clash")]
    assert register_rows(()) == before, "a record that clashes is left wholly as it is"


def test_one_clash_does_not_hold_the_others_back(officer, county):
    written(officer, xlsx([CENTERS[:3], ["甲中心", "洮阳镇", "2009-09-01"]]), "centers")
    number = Center.objects.get().number
    head = ["档案编号", "中心名称", "乡镇", "建成日期"]
    rows = [[number, "乙中心", "洮阳镇", "2009-09-01"], [None, "丙中心", "洮阳镇", "2009-09-01"]]
    upload = written(officer, xlsx([head, *rows]), "centers")
    make_center("621124100", name="甲中心")
    back = undone(upload, county)
    assert [line[:1] + line[4:] for line in lines(back)] == [("failed", "clash"), ("undone", "")]
    assert set(Center.objects.values_list("name", flat=True)) == {"甲中心", "乙中心"}


def test_a_record_out_of_the_administrators_scope_is_not_touched(prefecture, officer):
    upload = written(prefecture, xlsx([CENTERS[:3], ["甲中心", "临洮县洮阳镇", "2009-09-01"]]), "centers")
    if not upload.written:
        pytest.fail([problem.code for problem in upload.problems.all()])
    Center.objects.update(division=person("admin").division, county=None, prefecture=None)
    assert [line[4] for line in lines(undone(upload, prefecture))] == ["out_of_scope"]
    assert Center.objects.count() == 1


# --- who, when, once


def test_the_undo_is_itself_recorded(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    back = undone(upload, county)
    event = Event.objects.get(action=Action.UNDO)
    assert (event.username, event.number, event.rows, event.reason) == ("county", upload.number, 2, WHY)
    assert (back.undone_by, back.undo_reason, back.undone_at is not None) == (county, WHY, True)


@pytest.mark.parametrize("who", ["officer", "neighbour", "leader", "auditor", "system", "township"])
def test_who_may_not_undo(request, officer, who):
    upload = written(officer, children_file({}), "children")
    with pytest.raises(CannotApply) as refused:
        ask_undo(upload, request.getfixturevalue(who), WHY, queue=False)
    assert refused.value.refusal == "out_of_scope"


def test_an_administrator_of_another_county_is_stopped_even_when_asked_past_the_page(officer, neighbour):
    upload = written(officer, children_file({}), "children")
    User.objects.filter(pk=neighbour.pk).update(role=Role.STAFF_COUNTY)
    ask_undo(upload, User.objects.get(pk=neighbour.pk), WHY, queue=False)
    undo_upload(upload.pk, no_progress)
    assert (fresh(upload).state, fresh(upload).refusal) == (UploadState.APPLIED, "out_of_scope")
    assert Child.objects.count() == 1


@pytest.mark.parametrize("state", [UploadState.CHECKED, UploadState.REFUSED, UploadState.EXPIRED])
def test_only_what_was_applied_can_be_undone(officer, county, state):
    upload = written(officer, children_file({}), "children")
    Upload.objects.update(state=state)
    with pytest.raises(CannotApply) as refused:
        ask_undo(upload, county, WHY, queue=False)
    assert refused.value.refusal == "not_applied"


def test_asked_twice_and_run_twice_it_is_undone_once(officer, county, prefecture):
    upload = written(officer, children_file(*TWO), "children")
    ask_undo(upload, county, WHY, queue=False)
    ask_undo(upload, prefecture, "再来一次", queue=False)
    undo_upload(upload.pk, no_progress)
    undo_upload(upload.pk, no_progress)
    ask_undo(upload, county, WHY, queue=False)
    back = fresh(upload)
    assert (back.state, back.undone_by, back.undo_reason) == (UploadState.UNDONE, county, WHY)
    assert (back.undo_lines.count(), Event.objects.filter(action=Action.UNDO).count()) == (2, 1)


def test_rows_without_their_history_are_not_guessed_at(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    Child.history.filter(name="王小花").delete()
    back = undone(upload, county)
    assert (back.state, back.refusal) == (UploadState.APPLIED, "no_trace")
    assert Child.objects.count() == 2


# --- and again


def test_undone_it_can_be_applied_again_and_undone_again(officer, county):
    before = register_rows(())
    upload = undone(written(officer, children_file(*TWO), "children"), county)
    recheck(upload, officer, queue=False)
    check_upload(upload.pk, no_progress)
    again = applied(fresh(upload), officer)
    assert (again.state, again.written, Child.objects.count()) == (UploadState.APPLIED, 2, 2)
    numbers = set(Child.objects.values_list("number", flat=True))
    back = undone(again, county)
    assert register_rows(()) == before
    assert {line[1] for line in lines(back)} == numbers


def test_undone_the_same_file_may_be_sent_again(officer, county):
    undone(written(officer, children_file(*TWO), "children"), county)
    assert checked(officer, children_file(*TWO), "children").new == 2


def test_two_uploads_of_one_child_are_undone_each_for_itself(officer, county):
    written(officer, children_file({}), "children")
    before = register_rows()
    first = written(officer, children_file({"村": "北街村"}), "children")
    second = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    undone(first, county)
    assert (one_child().village, one_child().grade) == ("南门村", "P4")
    undone(second, county)
    assert register_rows() == before
    assert Receipt.objects.count() == 0
