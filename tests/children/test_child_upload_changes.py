"""What a row changes in a child's record, and what it never does."""

import pytest

from children.models import Child
from gansu_care.spreadsheets.uploads import CannotApply
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    applied,
    changed_fields,
    checked,
    children_file,
    codes,
    counts,
    places,
    registered,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db


# --- what a row changes


def test_an_empty_cell_never_erases(officer):
    registered(officer)
    empty = dict.fromkeys(CHILD_HEAD) | {"身份证号": A_CHILD["身份证号"]}
    upload = checked(officer, children_file(empty), "children")
    assert counts(upload) == {"same": 1}


def test_the_word_clears_and_required_fields_cannot_be_cleared(officer):
    registered(officer)
    upload = written(officer, children_file({"村": "清空", "照护人电话": "清空"}), "children")
    assert changed_fields(upload) == ["village", "carer_phone"]
    child = Child.objects.get()
    assert (child.village, child.carers.get().phone) == ("", None)
    assert codes(checked(officer, children_file({"姓名": "清空"}), "children")) == ["E_CLEAR_FORBIDDEN"]


def test_a_change_is_shown_with_masks(officer):
    registered(officer)
    upload = checked(officer, children_file({"父亲电话": "13900000001", "年级": "四年级"}), "children")
    assert upload.staged.get().changes == [
        {"field": "grade", "old": "小学三年级", "new": "小学四年级"},
        {"field": "father_phone", "old": "138****0000", "new": "139****0001"},
    ]


def test_changing_one_value_leaves_the_other_ciphertexts(officer):
    child = registered(officer)
    token = child.id_number.token
    written(officer, children_file({"村": "北街村"}), "children")
    child.refresh_from_db()
    assert (child.id_number.token, child.village, child.version) == (token, "北街村", 2)
    assert [past.history_type for past in child.history.order_by("history_id")] == ["+", "~"]


def test_parts_that_do_not_change_leave_no_trace(officer):
    child = registered(officer)
    written(officer, children_file({"父亲电话": "13900000001"}), "children")
    father, mother = child.parents.order_by("kind")
    parts = (father, mother, father.states.get(), child.carers.get(), child.episodes.get(), child.consent)
    assert [part.history.count() for part in parts] == [2, 1, 1, 1, 1, 1]


def test_a_township_that_is_not_named_is_kept(officer):
    registered(officer)
    upload = checked(officer, children_file({"乡镇": None}), "children")
    assert counts(upload) == {"same": 1}


# --- masked cells and versions


def number_row(child: Child, **cells) -> bytes:
    head = ["档案编号", "档案版本", "姓名", "身份证号", "父亲电话"]
    values = {"档案编号": child.number, "档案版本": child.version, "姓名": child.name} | cells
    return xlsx([head, [values.get(name) for name in head]])


def test_the_mask_of_the_stored_value_means_unchanged(officer):
    child = registered(officer)
    cells = {"身份证号": child.id_number.masked, "父亲电话": "138****0000"}
    assert counts(checked(officer, number_row(child, **cells), "children")) == {"same": 1}


def test_any_other_mask_is_refused(officer):
    child = registered(officer)
    upload = checked(officer, number_row(child, 身份证号="6201**********9999"), "children")
    assert places(upload) == ["D2 E_MASKED_VALUE"]


def test_a_mask_without_record_number_is_refused(officer):
    registered(officer)
    upload = checked(officer, children_file({"父亲电话": "138****0000"}), "children")
    assert codes(upload) == ["E_MASKED_VALUE"]


def test_a_row_older_than_its_record_is_refused(officer):
    child = registered(officer)
    data = number_row(child, 父亲电话="13900000001")
    written(officer, children_file({"村": "北街村"}), "children")
    upload = checked(officer, data, "children")
    assert codes(upload) == ["E_STALE_ROW"]
    assert (
        upload.problems.get().problem.message == "导出以后，这条记录已被别人改过：村（社区）：南门村 → 北街村"
    )
    with pytest.raises(CannotApply):
        applied(upload, officer)
    child.refresh_from_db()
    assert (child.village, child.version) == ("北街村", 2)


def test_a_record_moved_on_in_a_sealed_value_is_told_by_its_mask(officer):
    child = registered(officer)
    data = number_row(child, 村="东关村")
    child.address = "二里铺村3号"
    child.save_version(child.version)
    upload = checked(officer, data, "children")
    assert upload.problems.get().problem.message.endswith("现住详细地址：— → ******")
