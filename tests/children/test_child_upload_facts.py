"""Consent, and the dated facts of a child: parents, carer, episodes."""

from datetime import date

import pytest

from children.models import Child, ChildStatus, Consent
from tests.uploading import (
    CHILD_HEAD,
    checked,
    child_numbered,
    children_file,
    children_rows,
    codes,
    counts,
    places,
    registered,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

FILLED_LATER = [["临洮县留守儿童登记表"], ["填报单位：临洮县妇联", None, None, "填报日期：2026年11月1日"]]


# --- consent


def no_consent(**cells):
    return dict.fromkeys(("是否取得同意", "同意人", "同意人身份", "同意日期")) | cells


def test_without_consent_a_draft_that_no_figure_counts(officer):
    upload = written(officer, children_file(no_consent()), "children")
    assert codes(upload) == ["W_NOT_KEPT", "W_NO_CONSENT"]
    assert Child.objects.get().status == ChildStatus.DRAFT
    assert not Child.objects.counted().exists()


def test_a_carer_alone_cannot_consent(officer):
    registered(officer, 同意人="李桂英", 同意人身份="受委托照护人")
    assert Child.objects.get().status == ChildStatus.DRAFT


def test_a_parent_named_as_consenting_needs_no_word_for_her_capacity(officer):
    upload = written(officer, children_file({"同意人身份": None}), "children")
    assert codes(upload) == []
    assert Child.objects.get().consent.capacity == "parent"


def test_a_yes_without_a_name_is_incomplete(officer):
    upload = checked(officer, children_file({"同意人": None}), "children")
    assert places(upload) == ["U2 E_CONSENT_INCOMPLETE"]


def test_consent_declared_for_the_whole_upload(officer):
    data = children_file(no_consent(), child_numbered(2, **no_consent()))
    upload = written(officer, data, "children", consent=("李晓梅", date(2026, 9, 1)))
    assert codes(upload) == []
    assert set(Child.objects.values_list("status", flat=True)) == {ChildStatus.ACTIVE}
    for consent in Consent.objects.all():
        assert (consent.given, consent.given_by, consent.given_on) == (True, "李晓梅", date(2026, 9, 1))
        assert (consent.capacity, consent.paper_place) == ("declared", upload.number)


def test_a_declaration_brought_later_makes_the_drafts_active(officer):
    data = children_file(no_consent())
    written(officer, data, "children")
    upload = written(officer, data, "children", consent=("李晓梅", date(2026, 9, 1)))
    assert counts(upload) == {"changed": 1}
    assert Child.objects.get().status == ChildStatus.ACTIVE
    assert counts(checked(officer, data, "children", consent=("李晓梅", date(2026, 9, 2)))) == {"same": 1}


def test_a_declaration_does_not_overrule_a_no(officer):
    data = children_file(no_consent(是否取得同意="否"))
    written(officer, data, "children", consent=("李晓梅", date(2026, 9, 1)))
    assert Child.objects.get().status == ChildStatus.DRAFT


def test_consent_brought_later_makes_the_draft_active(officer):
    written(officer, children_file(no_consent()), "children")
    upload = written(officer, children_file({}), "children")
    assert upload.changed == 1
    assert Child.objects.get().status == ChildStatus.ACTIVE


# --- dated facts


def father_states(child: Child) -> list[tuple]:
    return [
        (one.condition, one.since, one.until, one.work_place)
        for one in child.parents.get(kind="father").states.order_by("pk")
    ]


def test_a_parent_who_came_home_ends_one_fact_and_begins_the_next(officer):
    head = [*CHILD_HEAD, "父亲务工地点", "父亲外出起始年月", "登记日期"]
    away = {"父亲务工地点": "浙江宁波", "父亲外出起始年月": "2022年3月", "登记日期": "2026-09-01"}
    written(officer, children_file(away, head=head), "children")
    child = Child.objects.get()
    assert father_states(child) == [("away", date(2022, 3, 1), None, "浙江宁波")]
    later = away | {"父亲状态": "在家", "父亲务工地点": None}
    written(officer, xlsx([*FILLED_LATER, *children_rows(later, head=head)]), "children")
    assert father_states(child) == [
        ("away", date(2022, 3, 1), date(2026, 11, 1), "浙江宁波"),
        ("home", date(2026, 11, 1), None, ""),
    ]


def test_a_work_place_says_that_the_parent_is_away(officer):
    head = [*CHILD_HEAD, "父亲务工地点"]
    registered_row = {"父亲状态": None, "父亲务工地点": "广东"}
    written(officer, children_file(registered_row, head=head), "children")
    (state,) = father_states(Child.objects.get())
    assert (state[0], state[3]) == ("away", "广东")


def test_the_dash_says_that_a_parent_is_dead(officer):
    upload = written(
        officer, children_file({"父亲姓名": "—", "父亲状态": None, "父亲电话": None}), "children"
    )
    assert codes(upload) == ["W_CONFIRM_DECEASED"]
    father = Child.objects.get().parents.get(kind="father")
    assert (father.name, father.states.get().condition) == ("", "deceased")
    assert counts(
        checked(officer, children_file({"父亲姓名": "—", "父亲状态": None, "父亲电话": None}), "children")
    ) == {"same": 1}


def test_another_carer_ends_the_former_entrustment(officer):
    registered(officer)
    data = xlsx([*FILLED_LATER, *children_rows({"照护人姓名": "张秀英", "与儿童关系": "外祖母"})])
    head_date = date(2026, 11, 1)
    written(officer, data, "children")
    former, now = Child.objects.get().carers.order_by("pk")
    assert (former.name, former.until is not None) == ("李桂英", True)
    assert (now.name, now.relation, now.until) == ("张秀英", "64", None)
    assert now.since >= head_date


def test_exit_and_return(officer):
    head = [*CHILD_HEAD, "登记日期", "退出日期", "退出原因"]
    came = {"登记日期": "2024-09-01"}
    written(officer, children_file(came, head=head), "children")
    left = came | {"退出日期": "2025-06-30", "退出原因": "父（母）返乡共同生活"}
    written(officer, children_file(left, head=head), "children")
    child = Child.objects.get()
    assert (child.status, child.episodes.get().reason) == (ChildStatus.EXITED, "02")
    written(officer, children_file({"登记日期": "2026-03-01"}, head=head), "children")
    child.refresh_from_db()
    assert child.status == ChildStatus.ACTIVE
    assert list(child.episodes.values_list("episode_no", "registered_on", "ended_on")) == [
        (1, date(2024, 9, 1), date(2025, 6, 30)),
        (2, date(2026, 3, 1), None),
    ]


def test_an_exit_needs_a_reason_and_comes_after_the_registration(officer):
    head = [*CHILD_HEAD, "登记日期", "退出日期", "退出原因"]
    bad = {"登记日期": "2024-09-01", "退出日期": "2024-06-30"}
    upload = checked(officer, children_file(bad, head=head), "children")
    assert sorted(codes(upload)) == ["E_DATE_ORDER", "E_REQUIRED"]
