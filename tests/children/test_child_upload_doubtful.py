"""Rows that may mean a child of the register: doubtful, decided by an officer, written as she decided, undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from children.models import Child
from gansu_care.spreadsheets.by_hand import Decision
from gansu_care.spreadsheets.models import RowAnswer, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, ask_undo, decide, take_back, undo_upload
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.uploading import (
    CHILD_HEAD,
    applied,
    changed_fields,
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    fresh,
    id_number,
    no_progress,
    registered,
    written,
)

pytestmark = pytest.mark.django_db
HEAD = [*CHILD_HEAD, "是否登记户口"]
NO_ID = {"身份证号": None, "是否登记户口": "否"}


def without_number(**cells):
    """王小花's row, her household not registered."""
    return NO_ID | cells


def file(*rows):
    return children_file(*rows, head=HEAD)


@pytest.fixture
def flower(officer) -> Child:
    """王小花, without ID number, in the register of 临洮县."""
    written(officer, file(without_number()), "children")
    return Child.objects.get()


def answered(upload, user, decision, target=None, row=2):
    """Decide a row of the first sheet; the upload as it stands afterwards."""
    return decide(upload, user, (0, row), decision, target, seen_check=upload.check_no)


# --- what is doubtful


@pytest.mark.parametrize(
    "cells",
    [
        {"姓名": "王晓花"},  # sounds the same
        {"出生日期": "2015-09-07"},  # one digit of the date, the same grandmother
        {"姓名": "王小化"},  # sounds the same
        {"姓名": "王小芬"},  # one character, the same date and people
        {"乡镇": "八里铺镇"},  # moved within the county
        {"姓名": "王晓花", "出生日期": "2015-09-07"},
    ],
)
def test_a_row_like_a_child_of_the_county_is_doubtful(officer, flower, cells):
    upload = checked(officer, file(without_number(**cells)), "children")
    assert (counts(upload), codes(upload)) == ({"doubtful": 1}, ["E_DOUBTFUL"])
    assert upload.staged.get().candidates == [flower.pk]
    assert "和登记册里的 1 条很像" in upload.problems.get().problem.message


@pytest.mark.parametrize(
    "cells",
    [
        {"姓名": "王建国"},
        {"出生日期": "2013-02-11"},
        {"性别": "男", "姓名": "王晓花"},
        {"姓名": "王小芬", "照护人姓名": "赵玉梅", "父亲姓名": "王二", "母亲姓名": "陈红"},
        {"出生日期": "2015-09-07", "照护人姓名": "赵玉梅", "父亲姓名": "王二", "母亲姓名": "陈红"},
    ],
)
def test_a_row_that_is_not_like_her_is_new(officer, flower, cells):
    assert counts(checked(officer, file(without_number(**cells)), "children")) == {"new": 1}


def test_two_id_numbers_are_two_children_however_alike(officer):
    registered(officer)
    other = {"姓名": "王晓花", "身份证号": id_number("62010020150901004")}
    assert counts(checked(officer, children_file(other), "children")) == {"new": 1}


def test_a_child_without_number_may_be_the_one_that_now_has_one(officer, flower):
    upload = checked(officer, children_file({"姓名": "王晓花"}), "children")
    assert counts(upload) == {"doubtful": 1}


def test_a_row_without_number_may_be_the_child_that_has_one(officer):
    child = registered(officer)
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    assert upload.staged.get().candidates == [child.pk]


def test_a_child_of_another_county_is_no_candidate(officer, neighbour, flower):
    upload = checked(neighbour, file(without_number(乡镇="武阳镇")), "children")
    assert counts(upload) == {"new": 1}


def test_whom_another_row_means_for_certain_is_no_candidate(officer, flower):
    """A twin: the same date and people, one character of the name. Her sister's row stands in the file too."""
    upload = checked(officer, file(without_number(), without_number(姓名="王小芬")), "children")
    assert counts(upload) == {"same": 1, "new": 1}


def test_the_number_of_queries_does_not_depend_on_the_rows(officer, flower):
    def queries(count):
        rows = [child_numbered(n, 身份证号=None, 是否登记户口="否") for n in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            checked(officer, file(*rows, without_number(姓名="王晓花")), "children")
        return len(seen)

    queries(2)  # whatever is remembered from now on
    assert queries(3) == queries(40)


# --- what she decides


def test_the_same_child_is_updated(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花", 年级="四年级")), "children")
    upload = answered(upload, officer, Decision.SAME, flower.pk)
    assert (upload.state, counts(upload)) == (UploadState.CHECKED, {"changed": 1})
    assert changed_fields(upload) == ["name", "grade"]
    assert applied(upload, officer).written == 1
    assert Child.objects.get().name == "王晓花"


def test_another_child_is_registered_as_new(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    upload = answered(upload, officer, Decision.ANOTHER)
    assert (counts(upload), codes(upload)) == ({"new": 1}, [])
    applied(upload, officer)
    assert sorted(Child.objects.values_list("name", flat=True)) == ["王小花", "王晓花"]


def test_left_out_is_refused_and_the_rest_is_written(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花"), child_numbered(3)), "children")
    upload = answered(upload, officer, Decision.LEAVE_OUT)
    assert (counts(upload), codes(upload)) == ({"new": 1, "refused": 1}, ["E_LEFT_OUT"])
    assert applied(upload, officer, good_rows=True).written == 1
    assert not Child.objects.filter(name="王晓花").exists()


def test_what_is_not_decided_is_not_written(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花"), child_numbered(3)), "children")
    assert applied(upload, officer, good_rows=True).written == 1
    assert not Child.objects.filter(name="王晓花").exists()


def test_two_rows_cannot_be_the_same_child(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花"), without_number(姓名="王小化")), "children")
    upload = answered(upload, officer, Decision.SAME, flower.pk, row=2)
    assert counts(upload) == {"changed": 1, "doubtful": 1}
    upload = answered(upload, officer, Decision.SAME, flower.pk, row=3)
    assert (counts(upload), codes(upload)) == ({"changed": 1, "refused": 1}, ["E_DUP_IN_FILE"])
    assert upload.problems.get().problem.message == "和第 2 行重复"


def test_a_decision_can_be_taken_back(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    upload = answered(upload, officer, Decision.ANOTHER)
    upload = take_back(upload, officer, (0, 2), seen_check=upload.check_no)
    assert counts(upload) == {"doubtful": 1}
    assert not RowAnswer.objects.exists()


def test_a_decision_outlives_a_check_of_the_same_file_and_tells_who_made_it(officer, flower):
    upload = answered(
        checked(officer, file(without_number(姓名="王晓花")), "children"), officer, Decision.ANOTHER
    )
    answer = RowAnswer.objects.get()
    assert (answer.user, answer.decision, answer.candidates) == (officer, "another", [flower.pk])
    event = Event.objects.filter(action=Action.REVIEW).get()
    assert (event.kind, event.number, event.username) == ("upload.another", upload.number, "officer")


def test_the_like_child_registered_after_the_decision_holds_the_row_again(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    upload = answered(upload, officer, Decision.ANOTHER)
    late = checked(officer, file(without_number(姓名="王晓花", 年级="四年级")), "children")
    applied(answered(late, officer, Decision.ANOTHER), officer)
    upload = applied(upload, officer)
    assert (upload.state, upload.refusal) == (UploadState.CHECKED, "stale")
    assert Child.objects.count() == 2


def test_what_was_decided_is_undone_like_any_other_row(officer, county, flower):
    upload = checked(officer, file(without_number(姓名="王晓花"), child_numbered(3)), "children")
    upload = applied(answered(upload, officer, Decision.SAME, flower.pk), officer)
    assert Child.objects.get(pk=flower.pk).name == "王晓花"
    ask_undo(upload, county, "传错了", queue=False)
    undo_upload(upload.pk, no_progress)
    assert fresh(upload).state == UploadState.UNDONE
    assert list(Child.objects.values_list("name", flat=True)) == ["王小花"]


# --- what is no answer


@pytest.mark.parametrize("decision", ["same", "other", "", "same-1"])
def test_an_answer_that_is_none_of_those_offered_is_refused(officer, flower, decision):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    with pytest.raises(CannotApply):
        answered(upload, officer, decision, 10**9 if decision == "same" else None)
    assert not RowAnswer.objects.exists()
    assert fresh(upload).check_no == upload.check_no


def test_of_two_windows_the_second_sees_that_the_check_moved_on(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    answered(upload, officer, Decision.ANOTHER)
    with pytest.raises(CannotApply, match="seen_other_check"):
        answered(upload, officer, Decision.SAME, flower.pk)


def test_who_may_not_upload_decides_nothing(officer, flower):
    upload = checked(officer, file(without_number(姓名="王晓花")), "children")
    with pytest.raises(CannotApply):
        answered(upload, person("township"), Decision.ANOTHER)
