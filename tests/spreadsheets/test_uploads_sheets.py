"""Which sheets of a workbook are read, what the lines around a table say, and totals that do not fit."""

from datetime import date

import pytest

from children.models import Child
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.models import UploadState
from tests.uploading import (
    CHILD_HEAD,
    checked,
    child_numbered,
    child_row,
    children_file,
    children_rows,
    codes,
    counts,
    places,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

WITHOUT_TOWNSHIP = [name for name in CHILD_HEAD if name != "乡镇"]


def sheets(upload) -> list[tuple]:
    return [(one["name"], one["imported"], one["reason"]) for one in upload.sheets]


def test_every_visible_sheet_whose_headings_are_known(officer):
    data = xlsx(
        children_rows({}),
        children_rows(child_numbered(2)),
        children_rows(child_numbered(3)),
        [["身份证号怎么填"]],
        [["随便写的"], ["什么"]],
        names=["洮阳镇", "八里铺镇", "藏起来的", "填表说明", "Sheet3"],
        hidden=["藏起来的"],
    )
    upload = checked(officer, data, "children")
    assert sheets(upload) == [
        ("洮阳镇", True, None),
        ("八里铺镇", True, None),
        ("藏起来的", False, "hidden"),
        ("填表说明", False, "explanations"),
        ("Sheet3", False, "no_header"),
    ]
    assert counts(upload) == {"new": 2}
    assert [(one["rows"], one["new"]) for one in upload.sheets[:2]] == [(1, 1), (1, 1)]
    assert upload.sheets[0]["header_rows"] == [1]


def test_ticked_sheets_are_read_and_no_others(officer):
    data = xlsx(children_rows({}), children_rows(child_numbered(2)), names=["一", "二"], hidden=["二"])
    upload = checked(officer, data, "children", sheets=["二"])
    assert sheets(upload) == [("一", False, "not_chosen"), ("二", True, None)]


def test_one_sheet_a_township(officer):
    data = xlsx(
        children_rows({}, head=WITHOUT_TOWNSHIP),
        children_rows(child_numbered(2), head=WITHOUT_TOWNSHIP),
        names=["洮阳镇", "八里铺镇"],
    )
    written(officer, data, "children")
    assert sorted(Child.objects.values_list("division__name", flat=True)) == ["八里铺镇", "洮阳镇"]


def test_a_row_without_township_belongs_to_the_county(officer):
    written(officer, children_file({}, head=WITHOUT_TOWNSHIP), "children")
    assert Child.objects.get().division.name == "临洮县"


def test_the_same_child_on_two_sheets_names_the_other_sheet(officer):
    data = xlsx(children_rows({}), children_rows({}), names=["洮阳镇", "八里铺镇"])
    upload = checked(officer, data, "children")
    (found,) = [one.problem for one in upload.problems.all()]
    assert (found.sheet, found.row, found.message) == ("八里铺镇", 2, "和工作表“洮阳镇”第 2 行重复")


def test_a_workbook_of_another_kind_is_refused(officer):
    upload = checked(officer, xlsx([["品名", "数量", "单价"], ["图书", 30, 25]]), "children")
    assert (upload.state, upload.refusal) == (UploadState.REFUSED, "no_table")


def test_headings_without_rows_are_refused(officer):
    upload = checked(officer, xlsx([CHILD_HEAD]), "children")
    assert (upload.state, upload.refusal) == (UploadState.REFUSED, "no_rows")


def test_two_row_headings_and_merged_cells(officer):
    upper = [
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生日期",
        "身份证号",
        "乡镇",
        "就学情况",
        "父亲情况",
        None,
        "母亲情况",
        None,
        "监护情况",
        None,
        None,
    ]
    lower = [None] * 8 + ["姓名", "联系电话", "姓名", "务工地点", "姓名", "与被监护人关系", "监护类型"]
    row = child_row(CHILD_HEAD)[:9]
    del row[7]
    row += ["王大山", "13800000000", "李秀兰", "浙江", "李桂英", "祖母", "4"]
    written(officer, xlsx([upper, lower, row]), "children", consent=("李晓梅", date(2026, 9, 1)))
    child = Child.objects.get()
    assert child.parents.get(kind="father").phone.open() == "13800000000"
    assert child.parents.get(kind="mother").states.get().work_place == "浙江"
    assert (child.carers.get().name, child.carers.get().relation) == ("李桂英", "62")


def test_a_total_that_does_not_fit_is_asked_about(officer):
    rows = children_rows({}, child_numbered(2))
    upload = checked(officer, xlsx([*rows, ["合计", 3]]), "children")
    assert (counts(upload), places(upload)) == ({"new": 2}, ["B4 W_TOTAL_MISMATCH"])
    assert checked(officer, xlsx([*rows, ["合计：2人"]]), "children").problems.count() == 0


def test_totals_of_parts_and_of_the_whole(officer):
    rows = children_rows({}, child_numbered(2), child_numbered(3))
    table = [*rows[:3], ["小计", 2], rows[3], ["小计", 1], ["合计", 3]]
    assert codes(checked(officer, xlsx(table), "children")) == []


def test_the_example_row_of_our_own_form_is_no_data(officer):
    rows = children_rows({"序号": "示例"}, child_numbered(2))
    assert counts(checked(officer, xlsx(rows), "children")) == {"new": 1}


def test_a_column_twice_is_read_once(officer):
    head = [*CHILD_HEAD, "村"]
    row = [*child_row(CHILD_HEAD), "北街村"]
    upload = checked(officer, xlsx([head, row]), "children")
    assert codes(upload) == ["W_HEADING_REPEATED"]


def test_ditto_and_blank_rows(officer):
    rows = children_rows({}, child_numbered(2, 村="同上"))
    written(officer, xlsx([rows[0], rows[1], [None] * 5, rows[2]]), "children")
    assert set(Child.objects.values_list("village", flat=True)) == {"南门村"}


def test_more_problems_than_anybody_reads_are_counted(officer, monkeypatch):
    monkeypatch.setattr(limits, "PROBLEMS", 5)
    upload = checked(
        officer, children_file(*(child_numbered(place, 性别="0") for place in range(20))), "children"
    )
    assert (upload.errors, upload.problems.count(), counts(upload)) == (20, 5, {"refused": 20})
