"""Without a guardian's consent a child stays a draft with the minimum, whichever way she comes in."""

from datetime import date
from typing import Any

import pytest

from children.models import Carer, Child, ChildStatus, Grandparent, Parent
from gansu_care.spreadsheets.uploads import mend
from gansu_care.spreadsheets.uploads.checking import check_upload
from tests.children.child_form import edited, filled, signed_in
from tests.children.whole_database import holding
from tests.records import invented_id_number, make_child
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    applied,
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    fresh,
    no_progress,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db
NO_CONSENT: dict[str, Any] = dict.fromkeys(("是否取得同意", "同意人", "同意人身份", "同意日期"))
BEYOND = {A_CHILD["身份证号"], "王大山", "李秀兰", "李桂英", "13800000000", "13800000001", "南门村"}
"""What 王小花's row says beyond the minimum."""


def minimum(child: Child) -> dict[str, Any]:
    """What her record says, without what no record can be without."""
    plain = ("id_number", "village", "grade", "guardianship_type", "school", "address")
    return {name: value for name in plain if (value := getattr(child, name))}


# --- by upload


def test_of_a_row_without_consent_only_the_minimum_is_written(officer) -> None:
    upload = written(officer, children_file(NO_CONSENT), "children")

    child = Child.objects.get()
    assert (child.status, child.name, child.sex, child.birth_date) == (
        ChildStatus.DRAFT, "王小花", "2", date(2015, 9, 1),
    )  # fmt: skip
    assert (child.ethnic_group, child.schooling, child.division.name) == ("01", "primary", "洮阳镇")
    assert minimum(child) == {}
    assert not Parent.objects.exists()
    assert not Carer.objects.exists()
    assert not Grandparent.objects.exists()
    said = upload.problems.get(code="W_NOT_KEPT").problem
    assert said.message == (
        "1 行没有监护人同意，只登记姓名、性别、民族、出生日期、现居住地到乡镇、就学情况、登记和同意的情况；没有保存："
        "身份证号、村（社区）、年级、父亲姓名、父亲状态、父亲联系电话、母亲姓名、母亲状态、照护人姓名、与儿童关系、照护人电话、监护类型"
    )
    assert said.remedy == "取得同意后，填上同意人、身份和日期，再上传这份表"


def test_neither_register_nor_history_nor_staged_values_hold_more(officer) -> None:
    upload = written(officer, children_file(NO_CONSENT), "children")

    assert {place for place in holding(BEYOND) if place.startswith(("children_", "spreadsheets_staged"))} <= {
        "spreadsheets_stagedrow.cells_json"  # the row as it stands in her file, as long as that is kept
    }
    assert not any(marker in str(upload.staged.get().values) for marker in BEYOND)


def test_the_same_file_again_changes_nothing_and_says_again_what_is_not_kept(officer) -> None:
    written(officer, children_file(NO_CONSENT), "children")

    again = checked(officer, children_file(NO_CONSENT), "children")

    assert counts(again) == {"same": 1}
    assert codes(again) == ["W_NOT_KEPT"]


def test_the_whole_row_is_written_once_consent_is_there(officer) -> None:
    written(officer, children_file(NO_CONSENT), "children")

    upload = written(officer, children_file({}), "children")

    child = Child.objects.get()
    assert counts(upload) == {"changed": 1}
    assert codes(upload) == []
    assert (child.status, child.id_number.open(), child.village) == (
        ChildStatus.ACTIVE, A_CHILD["身份证号"], "南门村",
    )  # fmt: skip
    assert set(child.parents.values_list("name", flat=True)) == {"王大山", "李秀兰"}
    assert counts(checked(officer, children_file({}), "children")) == {"same": 1}


def test_consent_without_the_rest_of_the_row_asks_for_the_id_number(officer) -> None:
    written(officer, children_file(NO_CONSENT), "children")
    head = ["姓名", "出生日期", "乡镇", "是否取得同意", "同意人", "同意人身份", "同意日期"]

    upload = checked(officer, children_file({}, head=head), "children")

    assert codes(upload) == ["E_REQUIRED"]


def test_a_row_without_consent_needs_no_id_number(officer) -> None:
    upload = written(officer, children_file(NO_CONSENT | {"身份证号": None}), "children")

    assert counts(upload) == {"new": 1}
    assert Child.objects.get().status == ChildStatus.DRAFT


def test_rows_with_and_without_consent_in_one_file(officer) -> None:
    upload = written(officer, children_file({}, child_numbered(2, **NO_CONSENT)), "children")

    active, draft = Child.objects.order_by("pk")
    assert upload.problems.get(code="W_NOT_KEPT").problem.params["rows"] == 1
    assert (active.id_number.open(), minimum(draft)) == (A_CHILD["身份证号"], {})


def test_an_older_one_in_difficulty_is_registered_without_saying_why(officer) -> None:
    head = [*CHILD_HEAD, "困境儿童类别", "登记日期"]
    sixteen = {"出生日期": "2009-12-01", "登记日期": "2026-09-01", "身份证号": None, "困境儿童类别": "孤儿"}

    upload = checked(officer, children_file(NO_CONSENT | sixteen, head=head), "children")

    assert counts(upload) == {"new": 1}
    assert "difficulty" not in upload.staged.get().values


def test_a_draft_of_before_keeps_what_it_holds(officer) -> None:
    child = make_child(consent=False, village="南门村", address="三社12号", name="王小花", sex="2",
                       birth_date=date(2015, 9, 1), registered_on=date(2020, 3, 1))  # fmt: skip
    head = ["档案编号", "姓名", "村", "现住详细地址", "学校名称"]
    file = xlsx([head, [child.number, "王小花", "南门村", "四社1号", "洮阳小学"]])

    upload = checked(officer, file, "children")

    assert counts(upload) == {"same": 1}
    assert upload.problems.get().problem.params["headings"] == ["现住详细地址", "学校名称"]
    child.refresh_from_db()
    assert (child.village, child.address.open()) == ("南门村", "三社12号")


def test_a_row_mended_on_the_page_is_cut_like_any_other(officer) -> None:
    upload = checked(officer, children_file(NO_CONSENT | {"村": "字" * 300}), "children")
    place = CHILD_HEAD.index("村")
    mend(upload, officer, (0, 2), {place: "南门村"}, seen_check=upload.check_no)
    check_upload(upload.pk, no_progress)

    applied(fresh(upload), officer)

    assert minimum(Child.objects.get()) == {}


# --- on the page


def test_the_form_keeps_the_minimum_and_names_what_it_left_out() -> None:
    client = signed_in("officer")
    typed = filled(village="南门村", health=["ill"], **{"consent-given": "", "father-phone": "13800000000"})

    answer = client.post("/children/new/", typed, follow=True).content.decode()

    child = Child.objects.get()
    assert (child.status, child.name, child.schooling) == (ChildStatus.DRAFT, "赵小满", "primary")
    assert minimum(child) == {}
    assert child.health == []
    assert not Parent.objects.exists()
    assert not Carer.objects.exists()
    assert "没有保存：身份证号、村（社区）、身体情况、" in answer
    assert "父亲、母亲、受委托照护人。取得同意后请再填。" in answer


def test_without_consent_the_form_asks_for_no_more_than_the_minimum() -> None:
    names = (
        "name",
        "sex",
        "ethnic_group",
        "birth_date",
        "document_type",
        "division",
        "schooling",
        "registered_on",
    )
    typed = {name: filled()[name] for name in names}

    response = signed_in("officer").post("/children/new/", typed)

    assert response.status_code == 302, response.content.decode()
    assert Child.objects.get().status == ChildStatus.DRAFT


def test_the_form_of_a_draft_of_before_leaves_what_it_holds() -> None:
    number = invented_id_number(date(2010, 9, 1), 3)
    child = make_child(consent=False, village="南门村", id_number=number)
    typed = edited(child, village="北门村", school="洮阳小学", **{"consent-given": ""})

    signed_in("officer").post(f"/children/{child.number}/edit/", typed)

    child.refresh_from_db()
    assert (child.village, child.school, child.id_number.open()) == ("南门村", "", number)
    assert set(child.parents.values_list("name", flat=True)) == {"张某"}


def test_consent_on_the_form_brings_the_rest() -> None:
    client = signed_in("officer")
    client.post("/children/new/", filled(**{"consent-given": ""}))
    draft = Child.objects.get()

    response = client.post(f"/children/{draft.number}/edit/", filled(version=str(draft.version)))

    draft.refresh_from_db()
    assert response.status_code == 302, response.content.decode()
    assert (draft.status, draft.id_number.open()) == (ChildStatus.ACTIVE, filled()["id_number"])
    assert draft.parents.count() == 2
