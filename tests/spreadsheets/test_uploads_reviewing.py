"""A second person, where a division asks for one: who may be it, what she sees of it happens, and once."""

import pytest

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Division
from gansu_care.spreadsheets import bulk
from gansu_care.spreadsheets.models import SecondPerson, Upload, UploadState
from gansu_care.spreadsheets.uploads import (
    CannotApply,
    accept,
    apply_confirmed,
    apply_upload,
    confirm,
    keep_out,
    recheck,
    send_back,
)
from gansu_care.spreadsheets.uploads.checking import check_upload
from gansu_care.trail.models import Action, Event
from tests.people import DINGXI, LINTAO, PROVINCE, ZHANG, make_user
from tests.uploading import checked, child_numbered, children_file, counts, fresh, no_progress

pytestmark = pytest.mark.django_db

TWO = ({}, child_numbered(2))


def asks(code: str, user: User) -> None:
    SecondPerson.objects.create(division=Division.objects.get(code=code), set_by=user)


@pytest.fixture
def waiting(officer, county) -> Upload:
    """Two new children, confirmed by the officer of a county that asks for a second person."""
    asks(LINTAO, county)
    upload = checked(officer, children_file(*TWO), "children")
    return confirm(upload, officer, queue=False)


def refusal(act, *args, **options) -> str:
    with pytest.raises(CannotApply) as caught:
        act(*args, **options)
    assert caught.value.message
    return caught.value.refusal


@pytest.mark.parametrize(("code", "state"), [
    (LINTAO, UploadState.REVIEWING),
    (DINGXI, UploadState.REVIEWING),
    (PROVINCE, UploadState.REVIEWING),
    (ZHANG, UploadState.APPLYING),
])  # fmt: skip
def test_a_setting_holds_for_the_division_and_all_below_it(officer, admin, code, state):
    asks(code, admin)
    upload = checked(officer, children_file(*TWO), "children")
    assert confirm(upload, officer, queue=False).state == state


def test_nothing_is_written_before_the_second_person_agrees(waiting, officer):
    apply_upload(waiting.pk, no_progress)
    assert (waiting.state, waiting.applied_by) == (UploadState.REVIEWING, officer)
    assert not Child.objects.exists()


def test_she_agrees_and_it_is_written(waiting, county):
    accept(waiting, county, seen_check=waiting.check_no, queue=False)
    apply_upload(waiting.pk, no_progress)
    done = fresh(waiting)
    assert (done.state, done.written, done.accepted_by) == (UploadState.APPLIED, 2, county)
    assert Child.objects.count() == 2
    event = Event.objects.get(action=Action.REVIEW)
    assert (event.username, event.kind, event.number, event.rows) == (
        "county", "upload.accept", waiting.number, 2,
    )  # fmt: skip


def test_a_second_click_writes_nothing_twice(waiting, county, prefecture):
    accept(waiting, county, queue=False)
    accept(waiting, county, queue=False)
    assert refusal(accept, waiting, prefecture, queue=False) == "not_reviewing"
    apply_upload(waiting.pk, no_progress)
    apply_upload(waiting.pk, no_progress)
    assert accept(waiting, county, queue=False)
    assert (Child.objects.count(), Event.objects.filter(action=Action.REVIEW).count()) == (2, 1)


def test_neither_the_uploader_nor_who_confirmed_is_the_second_person(officer, county, prefecture):
    asks(LINTAO, county)
    User.objects.filter(pk=officer.pk).update(role=Role.STAFF_COUNTY)
    officer = User.objects.get(pk=officer.pk)
    upload = checked(officer, children_file(*TWO), "children")
    confirm(upload, county, queue=False)
    for one in (officer, county):
        for act in (accept, send_back, keep_out):
            more = {accept: (), send_back: ("不对",), keep_out: ([], "不对")}[act]
            assert refusal(act, upload, one, *more) == "same_person"
    accept(upload, prefecture, queue=False)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.LEADER])
def test_without_the_right_she_is_not_the_second_person(waiting, role):
    assert refusal(accept, waiting, make_user(role, LINTAO), queue=False) == "out_of_scope"


def test_she_keeps_a_row_out_with_her_reason(waiting, county):
    row = waiting.staged.get(row=2)
    assert keep_out(waiting, county, [row.pk], "身份证号和户口本不一致") == 1
    accept(waiting, county, queue=False)
    apply_upload(waiting.pk, no_progress)
    done = fresh(waiting)
    assert (counts(done), done.written, done.errors) == ({"new": 1, "refused": 1}, 1, 1)
    assert (done.sheets[0]["new"], done.sheets[0]["refused"]) == (1, 1)
    assert not Child.objects.filter(name="王小花").exists()
    problem = done.problems.get()
    assert (problem.sheet, problem.row, problem.level) == ("Sheet1", 2, "error")
    assert problem.problem.message == "复核人没有同意这一行：身份证号和户口本不一致"
    assert problem.problem.remedy == "按复核人说的改好，再重新上传"


def test_she_may_let_it_in_again(waiting, county):
    row = waiting.staged.get(row=2)
    keep_out(waiting, county, [row.pk], "不对")
    keep_out(waiting, county, [row.pk], "")
    accept(waiting, county, queue=False)
    assert counts(fresh(waiting)) == {"new": 2}


def test_only_good_rows_of_this_very_upload_are_kept_out(waiting, officer, county):
    other = checked(officer, children_file(child_numbered(3)), "children")
    assert keep_out(waiting, county, list(other.staged.values_list("pk", flat=True)), "不对") == 0
    assert not other.staged.exclude(kept_out=None).exists()


def test_when_no_row_is_left_the_whole_file_is_sent_back(waiting, county):
    keep_out(waiting, county, list(waiting.staged.values_list("pk", flat=True)), "不对")
    assert refusal(accept, waiting, county, queue=False) == "no_rows_left"
    assert (fresh(waiting).state, counts(fresh(waiting))) == (UploadState.REVIEWING, {"new": 2})


def test_sent_back_it_is_not_written_and_says_why(waiting, officer, county):
    send_back(waiting, county, "要先核对户口本")
    back = fresh(waiting)
    assert (back.state, back.refusal, back.sent_back_why) == ("refused", "sent_back", "要先核对户口本")
    assert refusal(confirm, back, officer, queue=False) == "not_checked"
    event = Event.objects.get(action=Action.REVIEW)
    assert (event.kind, event.reason) == ("upload.send_back", "要先核对户口本")


def test_sent_back_it_may_be_checked_again_and_needs_her_yes_again(waiting, officer, county):
    send_back(waiting, county, "要先核对户口本")
    recheck(waiting, officer, queue=False)
    check_upload(waiting.pk, no_progress)
    again = confirm(fresh(waiting), officer, queue=False)
    assert (again.state, again.accepted_by, again.sent_back_why) == (UploadState.REVIEWING, None, "")


def test_a_yes_to_an_older_check_is_not_a_yes(waiting, county):
    assert refusal(accept, waiting, county, seen_check=0, queue=False) == "seen_other_check"


def test_a_record_changed_since_the_check_is_not_overwritten_and_she_is_asked_again(officer, county):
    upload = checked(officer, children_file({}), "children")
    confirm(upload, officer, queue=False)
    apply_upload(upload.pk, no_progress)
    asks(LINTAO, county)
    upload = checked(officer, children_file({"村": "北街村"}), "children")
    confirm(upload, officer, queue=False)
    child = Child.objects.get()
    child.village = "别人改的村"
    child.save_version(child.version)
    accept(upload, county, queue=False)
    apply_upload(upload.pk, no_progress)
    back = fresh(upload)
    assert (back.state, back.refusal, back.stale) == (UploadState.CHECKED, "stale", 1)
    assert confirm(back, officer, queue=False).state == UploadState.REVIEWING


def test_what_breaks_off_after_her_yes_waits_for_it_again(waiting, county, monkeypatch):
    accept(waiting, county, queue=False)
    monkeypatch.setattr(bulk, "take_ids", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply_confirmed(waiting.pk, no_progress)
    back = fresh(waiting)
    assert (back.state, back.refusal, back.accepted_by) == (UploadState.REVIEWING, "broken_off", None)


def test_her_right_is_asked_for_again_when_it_is_written(waiting, county):
    accept(waiting, county, queue=False)
    User.objects.filter(pk=county.pk).update(role=Role.COUNTY_OFFICER)
    apply_upload(waiting.pk, no_progress)
    assert (fresh(waiting).state, fresh(waiting).refusal) == (UploadState.REVIEWING, "out_of_scope")
    assert not Child.objects.exists()
