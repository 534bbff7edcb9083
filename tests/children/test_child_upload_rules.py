"""What a new child's row must say, and the rules between its fields."""

from datetime import date

import pytest

from children.models import Child
from gansu_care.spreadsheets.uploads.staging import taken_out
from tests.uploading import (
    CHILD_HEAD,
    applied,
    checked,
    child_numbered,
    children_file,
    children_rows,
    codes,
    counts,
    id_number,
    places,
    registered,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2026-08-31", {"new": 1}), ("2026-09-01", {"refused": 1}), ("2026-09-02", {"refused": 1})],
)
def test_age_is_measured_on_the_day_of_registration(officer, day, outcome):
    head = [*CHILD_HEAD, "登记日期"]
    cells = {
        "登记日期": day,
        "出生日期": "2010-09-01",
        "身份证号": id_number("62010020100901002"),
        "就学情况": "初中",
        "年级": "初三",
    }
    upload = checked(officer, children_file(cells, head=head), "children")
    assert counts(upload) == outcome


def test_age_is_measured_on_the_day_of_the_sheet(officer):
    cells = {
        "出生日期": "2009-01-01",
        "身份证号": id_number("62010020090101002"),
        "就学情况": "小学",
        "年级": "六年级",
    }
    rows = children_rows(cells)
    above = [["填报日期：2020年3月1日"]]
    upload = checked(officer, xlsx([*above, *rows]), "children")
    assert counts(upload) == {"new": 1}
    assert counts(checked(officer, xlsx(rows), "children")) == {"refused": 1}


def test_a_child_in_difficulty_may_be_16(officer):
    head = [*CHILD_HEAD, "困境儿童类别"]
    cells = {
        "出生日期": "2009-12-01",
        "身份证号": id_number("62010020091201002"),
        "就学情况": "高中",
        "年级": "高一",
    }
    assert codes(checked(officer, children_file(cells, head=head), "children")) == ["E_AGE_OVER"]
    upload = checked(officer, children_file(cells | {"困境儿童类别": "事实无人抚养"}, head=head), "children")
    assert counts(upload) == {"new": 1}


def test_a_registered_child_may_grow_older(officer):
    head = [*CHILD_HEAD, "登记日期"]
    cells = {
        "登记日期": "2020-09-01",
        "出生日期": "2009-09-01",
        "身份证号": id_number("62010020090901002"),
        "就学情况": "小学",
        "年级": "五年级",
    }
    written(officer, children_file(cells, head=head), "children")
    later = cells | {"登记日期": None, "就学情况": "高中", "年级": "高一"}
    assert counts(checked(officer, children_file(later, head=head), "children")) == {"changed": 1}


def test_birth_date_and_sex_may_come_from_the_id_number(officer):
    head = [name for name in CHILD_HEAD if name not in ("出生日期", "性别")]
    written(officer, children_file({}, head=head), "children")
    child = Child.objects.get()
    assert (child.sex, child.birth_date) == ("2", date(2015, 9, 1))


def test_schooling_may_come_from_the_grade(officer):
    written(officer, children_file({"就学情况": None, "年级": "三年级"}), "children")
    assert Child.objects.get().schooling == "primary"


def test_a_missing_column_is_said_once_and_keeps_new_rows_out(officer):
    head = [name for name in CHILD_HEAD if name != "民族"]
    upload = checked(officer, children_file({}, child_numbered(2), head=head), "children")
    assert (counts(upload), codes(upload)) == ({"refused": 2}, ["E_HEADING_MISSING"])


def test_what_changes_is_judged_with_what_stays(officer):
    child = registered(officer)
    data = xlsx([["档案编号", "姓名", "性别"], [child.number, "王小花", "男"]])
    assert codes(checked(officer, data, "children")) == ["E_SEX_ID_MISMATCH"]


def test_a_household_outside_the_province_stays_as_text(officer):
    head = [*CHILD_HEAD, "户籍所在地"]
    written(officer, children_file({"户籍所在地": "四川省成都市"}, head=head), "children")
    child = Child.objects.get()
    assert (child.household_division, child.household_address.open()) == (None, "四川省成都市")


def test_a_telephone_beside_nobody_is_nobodys(officer):
    head = [name for name in CHILD_HEAD if not name.startswith("照护人")] + ["联系电话"]
    cells = {"联系电话": "13800000009", "与儿童关系": None, "监护类型": None}
    written(officer, children_file(cells, head=head), "children")
    assert not Child.objects.get().carers.exists()


def test_all_problems_of_a_row_are_told_at_once(officer):
    cells = {
        "性别": "0",
        "民族": "火星族",
        "出生日期": "2015-02-30",
        "乡镇": "无此镇",
        "就学情况": None,
        "年级": None,
    }
    upload = checked(officer, children_file(cells), "children")
    assert places(upload) == [
        "C2 E_CODE_UNKNOWN",
        "D2 E_CODE_UNKNOWN",
        "E2 E_DATE_INVALID",
        "G2 E_DIVISION_UNKNOWN",
        "I2 E_REQUIRED",
    ]


def test_application_of_good_rows_leaves_the_rest(officer):
    upload = checked(officer, children_file({}, child_numbered(2, 性别="0")), "children")
    done = applied(upload, officer, good_rows=True)
    assert (done.written, done.refused, done.good_rows_only) == (1, 1, True)
    assert Child.objects.count() == 1


@pytest.mark.parametrize(
    ("county", "township", "code", "said"),
    [
        ("白银", None, None, ["E_DIVISION_AMBIGUOUS"]),
        ("临夏", None, None, ["E_DIVISION_AMBIGUOUS"]),
        ("兰州新区", None, None, ["E_REPORTING_UNIT"]),
        ("无此县", None, None, ["E_DIVISION_UNKNOWN"]),
        ("华亭县", None, "620881", ["W_RENAMED"]),
        ("嘉峪关", None, "620200", []),
        ("临洮县", "洮阳镇", "621124100", []),
        ("621124", None, "621124", []),
        (621124, "621124100", "621124100", []),
        ("临洮", "洮阳", "621124100", []),
    ],
)
def test_how_a_county_may_be_written(province, county, township, code, said):
    head = ["县区", *CHILD_HEAD]
    upload = checked(province, children_file({"县区": county, "乡镇": township}, head=head), "children")
    assert codes(upload) == said
    division = taken_out(upload.staged.get()).get("division")
    assert (division.code if division else None) == code


def test_the_whole_address_in_one_cell(officer):
    head = [*(name for name in CHILD_HEAD if name not in ("乡镇", "村")), "现居住地"]
    written(
        officer, children_file({"现居住地": "甘肃省定西市临洮县洮阳镇南门村三社12号"}, head=head), "children"
    )
    child = Child.objects.get()
    assert (child.division.name, child.village, child.address.open()) == ("洮阳镇", "南门村", "三社12号")


def test_headings_that_were_not_read_are_named(officer):
    upload = checked(officer, children_file({}, head=[*CHILD_HEAD, "照片", "鞋码"]), "children")
    assert upload.sheets[0]["unread"] == ["序号", "照片", "鞋码"]


def test_a_grade_says_the_schooling_where_nothing_else_does(officer):
    written(officer, children_file({"就学情况": None, "年级": "三年级"}), "children")
    child = Child.objects.get()
    assert (child.schooling, child.grade) == ("primary", "P3")
