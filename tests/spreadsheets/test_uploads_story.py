"""The officer's story: a messy workbook with three broken rows, mended, applied, uploaded again."""

from datetime import date

import pytest

from children.models import Child, ChildStatus
from gansu_care.spreadsheets.models import UploadState
from gansu_care.spreadsheets.uploads import receive
from gansu_care.trail.models import Action, Event
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    applied,
    checked,
    child_numbered,
    child_row,
    codes,
    counts,
    csv_file,
    id_number,
    places,
    xls,
    xlsx,
)

pytestmark = pytest.mark.django_db

ABOVE = [
    ["临洮县农村留守儿童基本情况登记表"],
    ["填报单位（盖章）：临洮县妇联", None, None, "填报日期：2026年9月1日"],
]
BELOW = [
    ["合计", 5],
    ["注：1.农村留守儿童是指父母双方外出务工的未成年人。"],
    ["单位负责人（签名）：", None, None, "填表人（签名）：李晓梅"],
]
MENDED = [
    {"序号": 1},
    child_numbered(2, 序号=2, 性别="男", 身份证号=id_number("62010020150901003"), 出生日期="2015.9.1"),
    child_numbered(3, 序号=3),
    child_numbered(4, 序号=4),
    child_numbered(5, 序号=5),
]
BROKEN = {
    1: {"身份证号": 6.20100201509010e17},
    2: {"性别": "0"},
    4: {"与儿童关系": "祖孙"},
}


def workbook(broken: bool) -> list[list]:
    rows = [
        child_row(**(row | (BROKEN.get(place, {}) if broken else {}))) for place, row in enumerate(MENDED)
    ]
    return [*ABOVE, CHILD_HEAD, *rows, *BELOW]


def test_three_broken_rows_then_mended_then_applied_then_all_the_same(officer):
    first = checked(officer, xls(workbook(broken=True)), "children", name="登记表.xls")
    assert first.state == UploadState.CHECKED
    assert counts(first) == {"new": 2, "refused": 3}
    assert places(first) == ["F5 E_ID_PRECISION", "C6 E_CODE_UNKNOWN", "Q8 E_CODE_UNKNOWN"]
    assert not Child.objects.exists()

    second = checked(officer, xls(workbook(broken=False)), "children", name="登记表改.xls", replaces=first)
    assert (counts(second), codes(second)) == ({"new": 5}, [])
    assert second.facts == {"unit": "临洮县妇联", "filler": "李晓梅", "filled_on": "2026-09-01"}
    done = applied(second, officer)
    assert (done.state, done.written) == (UploadState.APPLIED, 5)
    assert Child.objects.count() == 5

    again = checked(officer, xlsx(workbook(broken=False)), "children")
    assert counts(again) == {"same": 5}
    assert applied(again, officer).written == 0


def test_the_same_table_in_every_kind_of_file_means_the_same(officer):
    rows = workbook(broken=False)
    applied(checked(officer, xlsx(rows), "children"), officer)
    for data in (xls(rows), csv_file(rows), csv_file(rows, "utf-8-sig"), csv_file(rows, "utf-16")):
        assert counts(checked(officer, data, "children")) == {"same": 5}


def test_a_written_child_is_whole(officer):
    upload = applied(checked(officer, xlsx(workbook(broken=False)), "children"), officer)
    child = Child.objects.get(id_number=A_CHILD["身份证号"])
    assert (child.name, child.sex, child.birth_date) == ("王小花", "2", date(2015, 9, 1))
    assert (child.division.name, child.county.name, child.prefecture.name) == ("洮阳镇", "临洮县", "定西市")
    assert (child.village, child.schooling, child.grade) == ("南门村", "primary", "P3")
    assert (child.status, child.registered_on) == (ChildStatus.ACTIVE, date(2026, 9, 1))
    assert (child.name_sort, child.upload_number) == ("wangxiaohua", upload.number)
    father = child.parents.get(kind="father")
    assert (father.name, father.phone.open()) == ("王大山", "13800000000")
    assert father.states.get().condition == "away"
    assert child.carers.get().phone.open() == "13800000001"
    assert child.episodes.get().registered_on == date(2026, 9, 1)
    assert child.consent.given_by == "王大山"
    assert child.name_keys.filter(initials="wxh").exists()


def test_history_names_who_why_and_the_upload(officer):
    upload = applied(checked(officer, xlsx(workbook(broken=False)), "children"), officer)
    child = Child.objects.get(id_number=A_CHILD["身份证号"])
    for row in (child, child.parents.first(), child.carers.get(), child.episodes.get(), child.consent):
        past = row.history.get()
        assert (past.history_type, past.history_user) == ("+", officer)
        assert past.history_change_reason == f"upload:{upload.number}"
    assert child.history.get().upload_number == upload.number


def test_the_trail_tells_of_upload_and_application(officer):
    upload = applied(checked(officer, xlsx(workbook(broken=False)), "children"), officer)
    events = Event.objects.filter(number=upload.number).order_by("pk")
    assert [(one.action, one.username, one.rows) for one in events] == [
        (Action.UPLOAD, "officer", None),
        (Action.APPLY, "officer", 5),
    ]


def test_a_file_applied_before_is_answered_with_that_result(officer):
    data = xlsx(workbook(broken=False))
    done = applied(checked(officer, data, "children"), officer)
    answer = receive(data, "另一个名字.xlsx", "children", officer, queue=False)
    assert (answer.upload, answer.is_known) == (done, True)
    assert receive(data, "表格.xlsx", "children", officer, again=True, queue=False).upload != done
