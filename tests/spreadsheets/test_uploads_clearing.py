"""Files, staged rows and quoted cells are deleted when they have served; what happened is still told."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from children.models import Child
from gansu_care.jobs.rounds import _Rounds, go_round
from gansu_care.spreadsheets.models import StoredProblem, Upload, UploadFile, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, ask_undo, clear_due, confirm, recheck, undo_upload
from gansu_care.spreadsheets.uploads.clearing import clear_each_hour, kept_until
from gansu_care.trail.models import Action, Event
from tests.uploading import checked, child_numbered, children_file, counts, fresh, no_progress, written

pytestmark = pytest.mark.django_db

TWO = ({}, child_numbered(2))
ONE_BROKEN = ({}, child_numbered(2, 身份证号="62010020150301999"))


def after(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def holds(upload: Upload) -> tuple[bool, int]:
    """Whether its file is there, and how many staged rows."""
    return UploadFile.objects.filter(upload=upload).exists(), upload.staged.count()


def test_a_check_that_nobody_confirms_expires_and_all_goes_at_once(officer):
    upload = checked(officer, children_file(*TWO), "children")
    with after(13.9):
        assert clear_due() == (0, 0)
    assert holds(upload) == (True, 2)
    with after(14.1):
        assert clear_due() == (1, 0)
    gone = fresh(upload)
    assert (gone.state, gone.cleared_at is not None, holds(gone)) == (UploadState.EXPIRED, True, (False, 0))
    assert counts(gone) == {"new": 2}, "what the check had found is still told"


def test_an_applied_upload_keeps_its_file_for_a_month(officer):
    upload = written(officer, children_file(*TWO), "children")
    with after(29.9):
        assert clear_due() == (0, 0)
    with after(30.1):
        assert clear_due() == (0, 1)
        assert clear_due() == (0, 0)
    gone = fresh(upload)
    assert (gone.state, holds(gone)) == (UploadState.APPLIED, (False, 0))
    assert Child.objects.count() == 2


@pytest.mark.parametrize("state", [UploadState.REFUSED, UploadState.FAILED])
def test_what_ended_without_an_import_goes_likewise(officer, state):
    upload = checked(officer, children_file(*TWO), "children")
    Upload.objects.update(state=state)
    with after(31):
        assert clear_due() == (0, 1)
    assert (fresh(upload).state, holds(upload)) == (state, (False, 0))


def test_days_count_from_the_undo(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    with after(20):
        ask_undo(upload, county, "传错了", queue=False)
        undo_upload(upload.pk, no_progress)
    with after(40):
        assert clear_due() == (0, 0)
    with after(51):
        assert clear_due() == (0, 1)
    assert fresh(upload).undo_lines.count() == 2


def test_an_applied_upload_can_be_undone_without_its_file(officer, county):
    upload = written(officer, children_file(*TWO), "children")
    with after(60):
        clear_due()
        ask_undo(upload, county, "传错了", queue=False)
        undo_upload(upload.pk, no_progress)
    assert not Child.objects.exists()


@override_settings(UPLOAD_EXPIRES_DAYS=2, UPLOAD_KEPT_DAYS=0)
def test_the_days_are_settings(officer):
    done = written(officer, children_file({}), "children")
    waiting = checked(officer, children_file(child_numbered(2)), "children")
    with after(0.1):
        assert clear_due() == (0, 1)
    with after(2.1):
        assert clear_due() == (1, 0)
    assert (holds(done), holds(waiting)) == ((False, 0), (False, 0))


def test_problems_stay_without_the_cells_they_quoted(officer):
    upload = checked(officer, children_file(*ONE_BROKEN), "children")
    before = upload.problems.get().problem
    with after(15):
        clear_due()
    held = StoredProblem.objects.get()
    assert (held.code, held.row, held.column) == ("E_ID_LENGTH", 3, "F")
    assert before.value.startswith("6201")
    assert (held.problem.value, "6201" in held.packed.decode()) == ("******", False)
    assert held.problem.message == "身份证号应是 18 位，这里是 17 位"


def test_what_is_under_way_is_left_alone(officer):
    upload = checked(officer, children_file(*TWO), "children")
    confirm(upload, officer, queue=False)
    with after(100):
        assert clear_due() == (0, 0)
    assert holds(upload) == (True, 2)


def test_each_deletion_is_in_the_trail_and_tells_nobodys_name(officer):
    upload = checked(officer, children_file(*TWO), "children")
    with after(15):
        clear_due()
    event = Event.objects.get(action=Action.CLEAR)
    assert (event.number, event.kind, event.rows, event.user_id) == (upload.number, "children", 2, None)
    assert event.reason == "14天没有确认"


def test_what_is_gone_is_asked_for_again(officer):
    upload = checked(officer, children_file(*TWO), "children")
    with after(15):
        clear_due()
        with pytest.raises(CannotApply) as refused:
            recheck(upload, officer, queue=False)
    assert refused.value.message == "原始文件已经按规定删除，不能重新检查。请重新上传这份表格。"
    assert fresh(upload).state == UploadState.EXPIRED


def test_a_page_may_say_until_when_the_file_is_kept(officer):
    upload = checked(officer, children_file(*TWO), "children")
    assert kept_until(upload) == upload.checked_at + timedelta(days=14)
    done = written(officer, children_file(child_numbered(3)), "children")
    assert kept_until(done) == done.applied_at + timedelta(days=30)
    with after(31):
        clear_due()
    assert kept_until(fresh(done)) is None


def test_the_command_does_the_same_and_may_only_count(officer, capsys):
    checked(officer, children_file(*TWO), "children")
    with after(15):
        call_command("clear_uploads", "--dry-run")
        assert Upload.objects.get().state == UploadState.CHECKED
        call_command("clear_uploads")
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "到期没有确认的 1 批，应清除的已结束的 0 批。什么也没有删除。",
        "过期 1 批，清除已结束的 0 批。",
    ]


def test_the_worker_goes_its_round_by_itself(officer, monkeypatch):
    upload = checked(officer, children_file(*TWO), "children")
    assert clear_each_hour in _Rounds.every
    monkeypatch.setattr(_Rounds, "every", {clear_each_hour: 3600.0})
    monkeypatch.setattr(_Rounds, "last", {})
    with after(15):
        assert go_round() == 1
        assert go_round() == 0, "not before an hour has passed"
    assert fresh(upload).state == UploadState.EXPIRED
