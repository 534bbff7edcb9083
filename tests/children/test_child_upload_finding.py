"""Which child a row of a workbook means, and what lies outside one's scope."""

import pytest

from children.models import Child
from gansu_care.spreadsheets.models import UploadState
from tests.people import person
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    changed_fields,
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


# --- which child a row means


def test_found_by_record_number_even_when_name_and_id_change(officer):
    child = registered(officer)
    head = ["档案编号", "姓名", "身份证号", "出生日期"]
    data = xlsx([head, [child.number, "王晓花", id_number("62010020150902002"), "2015-09-02"]])
    upload = checked(officer, data, "children")
    assert counts(upload) == {"changed": 1}
    assert changed_fields(upload) == ["name", "birth_date", "id_number"]


def test_unknown_and_foreign_record_numbers_give_the_same_answer(officer, neighbour):
    child = registered(officer)
    head = ["档案编号", "姓名"]
    said = []
    for number in (child.number, "GC9999999994"):
        upload = checked(neighbour, xlsx([head, [number, "王小花"]]), "children")
        problem = upload.problems.get().problem
        said.append((problem.code, problem.message.replace(number, ""), counts(upload)))
    assert said[0] == said[1]
    assert said[0][0] == "E_RECORD_NUMBER_UNKNOWN"


def test_found_by_id_number_in_another_township(officer):
    registered(officer)
    upload = checked(officer, children_file({"乡镇": "八里铺镇"}), "children")
    assert counts(upload) == {"changed": 1}
    assert changed_fields(upload) == ["division"]


def test_found_by_name_birth_date_and_township_without_id(officer):
    head = [*CHILD_HEAD, "是否登记户口"]
    without = {"身份证号": "未上户", "是否登记户口": "否"}
    written(officer, children_file(without, head=head), "children")
    upload = checked(officer, children_file(without | {"年级": "四年级"}, head=head), "children")
    assert counts(upload) == {"changed": 1}
    assert changed_fields(upload) == ["grade"]


def test_two_of_the_same_name_and_date_are_doubtful_and_not_written(officer):
    head = [*CHILD_HEAD, "是否登记户口"]
    without = {"身份证号": None, "是否登记户口": "否"}
    written(officer, children_file(without, without, head=head), "children")
    upload = checked(officer, children_file(without | {"年级": "四年级"}, head=head), "children")
    assert (counts(upload), codes(upload)) == ({"doubtful": 1}, ["E_DOUBTFUL"])
    assert upload.state == UploadState.REFUSED


def test_the_same_name_and_date_with_another_id_number_is_another_child(officer):
    registered(officer)
    upload = checked(officer, children_file({"身份证号": id_number("62010020150901004")}), "children")
    assert counts(upload) == {"new": 1}


def test_a_child_registered_without_id_gets_one(officer):
    head = [*CHILD_HEAD, "是否登记户口"]
    written(officer, children_file({"身份证号": None, "是否登记户口": "否"}, head=head), "children")
    upload = written(officer, children_file({"是否登记户口": "是"}, head=head), "children")
    assert upload.changed == 1
    assert Child.objects.get().id_number.open() == A_CHILD["身份证号"]


def test_the_same_number_twice_in_a_file_names_the_first_row(officer):
    upload = checked(officer, children_file({}, child_numbered(2), {"姓名": "王小朵"}), "children")
    assert (counts(upload), places(upload)) == ({"new": 2, "refused": 1}, ["F4 E_DUP_IN_FILE"])
    assert upload.problems.get().problem.message == "和第 2 行重复"


def test_two_without_id_of_one_name_and_date_are_asked_about(officer):
    head = [*CHILD_HEAD, "是否登记户口"]
    without = {"身份证号": None, "是否登记户口": "否"}
    upload = checked(officer, children_file(without, without, head=head), "children")
    assert (counts(upload), places(upload)) == ({"new": 2}, ["B3 W_POSSIBLE_DUP"])


# --- scope, both ways


def test_rows_of_another_county_are_refused(officer):
    head = ["县区", *CHILD_HEAD]
    rows = ({"县区": "漳县", "乡镇": "武阳镇"}, child_numbered(2) | {"县区": "临洮县"})
    upload = checked(officer, children_file(*rows, head=head), "children")
    assert (counts(upload), places(upload)) == ({"new": 1, "refused": 1}, ["A2 E_OUT_OF_SCOPE"])


def test_a_sheet_of_another_county_is_not_read_as_ones_own(neighbour):
    """洮阳镇 lies in 临洮县; the sheet says so, and 漳县 has none."""
    above = [["填报单位：临洮县妇联"]]
    upload = checked(neighbour, xlsx([*above, *children_rows({}, child_numbered(2, 乡镇=None))]), "children")
    assert counts(upload) == {"refused": 2}
    assert codes(upload) == ["E_OUT_OF_SCOPE", "E_OUT_OF_SCOPE"]


def test_a_child_registered_elsewhere_is_held_without_a_word_about_her(officer, neighbour):
    registered(officer)
    upload = checked(neighbour, children_file({"乡镇": "武阳镇"}), "children")
    assert (counts(upload), codes(upload)) == ({"refused": 1}, ["W_TRANSFER_CANDIDATE"])
    said = upload.problems.get().problem
    assert not any(word in said.message + said.remedy for word in ("临洮", "王", "GC"))
    child = Child.objects.get()
    assert (child.county.name, child.version) == ("临洮县", 1)


def test_the_prefecture_uploads_for_its_counties(officer):
    prefecture = person("prefecture")
    head = ["县区", *CHILD_HEAD]
    upload = written(prefecture, children_file({"县区": "漳县", "乡镇": "武阳镇"}, head=head), "children")
    assert upload.new == 1
    assert Child.objects.get().county.name == "漳县"


def test_above_the_counties_a_row_must_say_where_it_belongs(province):
    upload = checked(province, children_file({"乡镇": None}), "children")
    assert (counts(upload), codes(upload)) == ({"refused": 1}, ["E_REQUIRED"])
